import { expect } from 'chai';
import { problemsOf } from '../../src/channels/check-text.js';
import type { MessageFacts } from '../../src/channels/kinds.js';
import { MESSAGE_LANGUAGES, TEMPLATES } from '../../src/channels/kinds.js';
import { DEFAULT_TEXTS, requireFacts, writeMessage } from '../../src/channels/messages.js';

const facts: MessageFacts = {
  reference: '26-K3F9-2XQ7',
  service: 'Ny dunk',
  expectedBy: new Date('2026-03-16T22:59:59.999Z'),
  unit: 'Renovasjon',
  link: 'https://saksflyt.example',
  contact: 'post@fjordvik.example',
};
const full: MessageFacts = {
  ...facts,
  outcome: 'utført',
  answer: 'Dette er svaret.',
  reason: 'vi mangler deler',
  promisedBy: new Date('2026-04-01T10:00:00Z'),
  mainReference: '26-AAAA-AAAA',
  missing: 'Kopi av leiekontrakten',
  dueAt: new Date('2026-03-20T10:00:00Z'),
  notice: 'Vannet er stengt i dag.',
};

describe('the messages', () => {
  it('all have number, contact and link, in every language, with little known and with all', () => {
    for (const template of TEMPLATES) {
      for (const language of MESSAGE_LANGUAGES) {
        for (const known of [facts, full, { ...full, isAnswerWithheld: true }]) {
          const { subject, text } = writeMessage(template, language, known);
          expect(subject, template)
            .to.include(facts.reference)
            .and.not.match(/[\r\n]/);
          expect(text, template).to.include(facts.reference);
          expect(text, template).to.include(facts.contact).and.include(facts.link);
          expect(text, template).to.not.match(/undefined|null|[{}[\]]|\n\n\n|\.\.| {2}/);
        }
      }
    }
  });

  it('name in their own texts what their kind requires', () => {
    for (const template of TEMPLATES) {
      for (const language of MESSAGE_LANGUAGES) {
        const text = DEFAULT_TEXTS[language][template];
        expect(problemsOf(template, text), template).to.deep.equal([]);
      }
    }
  });

  it('say nothing of what somebody wrote where mail is no safe way', () => {
    for (const template of TEMPLATES) {
      const { text } = writeMessage(template, 'nb', { ...full, isAnswerWithheld: true });
      expect(text).to.not.match(/Dette er svaret|mangler deler|leiekontrakten|Vannet/);
    }
    const guarded = writeMessage('deficiency', 'nb', { ...facts, isAnswerWithheld: true });
    expect(guarded.text).to.include('Av hensyn til taushetsplikten');
  });

  it('acknowledge with the date of the promise, in Oslo', () => {
    expect(writeMessage('acknowledgement', 'nb', facts).text).to.include(
      'Vi har mottatt henvendelsen din om ny dunk. Saksnummer 26-K3F9-2XQ7. Du får svar senest 16. mars 2026.',
    );
    expect(writeMessage('acknowledgement', 'nn', facts).text).to.include(
      'Du får svar seinast 16. mars 2026.',
    );
    expect(writeMessage('acknowledgement', 'en', facts).text).to.include('by 16 March 2026.');
  });

  it('keep a name of capitals as it is', () => {
    const { text } = writeMessage('acknowledgement', 'nb', { ...facts, service: 'SFO' });
    expect(text).to.include('om SFO.');
  });

  it('give the reason of a delay, and the new date', () => {
    const { text } = writeMessage('delay', 'nb', full);
    expect(text).to.include('Vi skrev at du skulle få svar 16. mars 2026');
    expect(text).to.include('fordi: vi mangler deler.');
    expect(text).to.include('Ny dato er 1. april 2026.');
    expect(writeMessage('delay', 'nb', facts).text).to.include('Det klarer vi ikke.');
  });

  it('carry the answer and the outcome', () => {
    const { text } = writeMessage('answered', 'nb', full);
    expect(text).to.include('\n\nDette er svaret.\n\n');
    expect(text).to.include('Saken er avsluttet: utført. Du kan svare på denne meldingen');
  });

  it('tell what is missing and when it is due', () => {
    expect(writeMessage('deficiency', 'nb', full).text).to.include(
      'Vi trenger innen 20. mars 2026:\n\nKopi av leiekontrakten',
    );
    expect(writeMessage('deficiency', 'nb', { ...full, dueAt: undefined }).text).to.include(
      'Vi trenger:\n\n',
    );
  });

  it('are not sent without what their kind requires', () => {
    expect(() => requireFacts('deficiency', facts))
      .to.throw(/needs missing/)
      .with.property('code', 'message_incomplete');
    expect(() => requireFacts('deficiency', full)).not.to.throw();
    expect(() => requireFacts('deficiency', { ...facts, isAnswerWithheld: true })).not.to.throw();
  });

  it('are refused as texts that do not say what they must, or name what is not known, by place', () => {
    const asked = (subject: string, body: string) => problemsOf('deficiency', { subject, body });
    const said = 'Om {service}.\n\n{missing}';
    expect(asked('Sak {reference}', '[Mangler {missing}.] Hei {name}, {service}')).to.deep.equal([
      {
        path: 'body',
        reason: 'says {service} only beside what may be missing, which leaves it out',
      },
      { path: 'body', reason: 'does not say {missing}' },
      {
        path: 'body',
        reason: 'names {name}, which a message of this kind does not know in paragraph 1',
      },
    ]);
    expect(asked('Sak {reference}', `${said}\n\nTil {answer}`)[0]?.reason).to.include('{answer}');
    expect(asked('Sak {reference} hos {unit}', `{reference}\n\n${said}`)).to.deep.equal([
      { path: 'subject', reason: 'names {unit}, which may be missing: put it in square brackets' },
    ]);
    expect(asked('Sak {reference}[ hos {unit}]', said)).to.deep.equal([]);
  });

  it('are refused with a sign that would be sent as it is', () => {
    const signs = [
      '{',
      '}',
      '[',
      ']',
      '{måned}',
      '{ reference }',
      '[a [b] c]',
      '${1+1}',
      '[a\n\nb]',
    ];
    for (const sign of signs) {
      const text = { subject: 'Sak {reference}', body: `{reference} {service}\n\n${sign}` };
      const reasons = problemsOf('answered', text).map(({ reason }) => reason);
      expect(reasons.join(), sign).to.match(/brace or bracket .* in paragraph|\{1\}|does not know/);
    }
  });
});
