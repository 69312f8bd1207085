import { expect } from 'chai';
import type { MessageFacts } from '../../src/channels/messages.js';
import { TEMPLATES, writeMessage } from '../../src/channels/messages.js';

const facts: MessageFacts = {
  reference: '26-K3F9-2XQ7',
  service: 'Ny dunk',
  expectedBy: new Date('2026-03-16T22:59:59.999Z'),
  unit: 'Renovasjon',
  link: 'https://saksflyt.example',
  contact: 'post@fjordvik.example',
};

describe('the messages', () => {
  it('all have number, contact and link, in both languages', () => {
    for (const template of TEMPLATES) {
      for (const language of ['nb', 'en'] as const) {
        const { subject, text } = writeMessage(template, language, facts);
        expect(subject, template)
          .to.include(facts.reference)
          .and.not.match(/[\r\n]/);
        expect(text, template).to.include(facts.reference);
        expect(text, template).to.include(facts.contact).and.include(facts.link);
        expect(text, template).to.not.match(/undefined|null|\n\n\n/);
      }
    }
  });

  it('acknowledge with the date of the promise, in Oslo', () => {
    expect(writeMessage('acknowledgement', 'nb', facts).text).to.include(
      'Vi har mottatt henvendelsen din om ny dunk. Saksnummer 26-K3F9-2XQ7. Du får svar senest 16. mars 2026.',
    );
    expect(writeMessage('acknowledgement', 'en', facts).text).to.include('by 16 March 2026.');
  });

  it('give the reason of a delay, and the new date', () => {
    const promisedBy = new Date('2026-04-01T10:00:00Z');
    const { text } = writeMessage('delay', 'nb', {
      ...facts,
      reason: 'vi mangler deler',
      promisedBy,
    });
    expect(text).to.include('Vi skrev at du skulle få svar 16. mars 2026');
    expect(text).to.include('fordi: vi mangler deler');
    expect(text).to.include('Ny dato er 1. april 2026.');
  });

  it('carry the answer and the outcome', () => {
    const answered = { ...facts, answer: 'Ny dunk kommer tirsdag.', outcome: 'utført' };
    const { text } = writeMessage('answered', 'nb', answered);
    expect(text).to.include('\n\nNy dunk kommer tirsdag.\n\n');
    expect(text).to.include('Saken er avsluttet: utført. Du kan svare på denne meldingen');
  });
});
