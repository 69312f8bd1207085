import { toLocal } from '../calendar/oslo-time.js';
import { InvalidError } from '../kernel/errors.js';
import type { Words } from './fill-text.js';
import { fillText } from './fill-text.js';
import type { MessageFacts, MessageLanguage, Template, TemplateText, Texts } from './kinds.js';
import { REQUIRED_FACTS, WRITTEN_FACTS } from './kinds.js';
import { EN } from './texts/en.js';
import { NB } from './texts/nb.js';
import { NN } from './texts/nn.js';

/** How long a citizen may answer a closed case by replying to its mail, in days. */
const REPLY_DAYS = 14;

/** The texts that a municipality starts with. */
export const DEFAULT_TEXTS: Readonly<Record<MessageLanguage, Texts>> = { nb: NB, nn: NN, en: EN };

/** A message in the reader's language; number, contact and link stand at its end. */
export function writeMessage(
  template: Template,
  language: MessageLanguage,
  facts: MessageFacts,
  { subject, body }: TemplateText = DEFAULT_TEXTS[language][template],
): { subject: string; text: string } {
  const words = inWords(facts, language);
  const { number, contact } = CLOSING_WORDS[language];
  const closing = [
    `${number}: ${facts.reference}`,
    facts.contact && `${contact}: ${facts.contact}`,
    facts.link,
  ];
  const paragraphs = [fillText(body, words), closing.filter(Boolean).join('\n')];
  return {
    subject: fillText(subject, words).replace(/\s+/g, ' '),
    text: `${paragraphs.filter((one) => one !== '').join('\n\n')}\n`,
  };
}

/**
 * Refuses a message whose kind needs more than is known: a letter about what is missing that does not
 * say what.
 * @throws InvalidError 'message_incomplete'
 */
export function requireFacts(template: Template, facts: MessageFacts): void {
  const withheld = facts.isAnswerWithheld ? WRITTEN_FACTS : [];
  const words = inWords(facts, 'nb');
  const lacking = REQUIRED_FACTS[template].filter(
    (name) => !withheld.includes(name) && !words[name]?.trim(),
  );
  if (lacking.length === 0) return;
  const names = lacking.join(', ');
  throw new InvalidError(
    'message_incomplete',
    `A message of the kind ${template} needs ${names}.`,
    {
      details: lacking.map((path) => ({ path, reason: 'is required' })),
    },
  );
}

const CLOSING_WORDS = {
  nb: { number: 'Saksnummer', contact: 'Kontakt' },
  nn: { number: 'Saksnummer', contact: 'Kontakt' },
  en: { number: 'Case number', contact: 'Contact' },
};

/** Said instead of what must not go by mail. */
const WITHHELD = {
  nb: 'Av hensyn til taushetsplikten sender vi ikke dette i e-post. Ta kontakt med oss for å få det.',
  nn: 'Av omsyn til teieplikta sender vi ikkje dette i e-post. Ta kontakt med oss for å få det.',
  en: 'For the sake of confidentiality we do not send this by mail. Contact us to have it.',
};

function inWords(facts: MessageFacts, language: MessageLanguage): Words {
  const { expectedBy, promisedBy, dueAt, isAnswerWithheld: withheld = false } = facts;
  const written = (text: string | undefined) => (withheld ? WITHHELD[language] : (text ?? ''));
  return {
    reference: facts.reference,
    service: inSentence(facts.service),
    expectedBy: day(expectedBy, language),
    unit: facts.unit ?? '',
    link: facts.link,
    contact: facts.contact ?? '',
    outcome: facts.outcome ?? '',
    answer: withheld && facts.answer === undefined ? '' : written(facts.answer),
    // That it takes longer may be said without the reason; the rest makes no sense without its text.
    reason: withheld ? '' : (facts.reason ?? ''),
    promisedBy: promisedBy ? day(promisedBy, language) : '',
    mainReference: facts.mainReference ?? '',
    missing: written(facts.missing),
    dueAt: dueAt ? day(dueAt, language) : '',
    notice: withheld && facts.notice === undefined ? '' : written(facts.notice),
    replyDays: String(REPLY_DAYS),
  };
}

/** «Ny dunk» → «ny dunk», but «SFO» stays. */
function inSentence(name: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

const MONTHS = {
  nb: 'januar februar mars april mai juni juli august september oktober november desember',
  nn: 'januar februar mars april mai juni juli august september oktober november desember',
  en: 'January February March April May June July August September October November December',
};

/** The day in Oslo, such as «16. mars 2026». */
function day(date: Date, language: MessageLanguage): string {
  const local = toLocal(date);
  const month = MONTHS[language].split(' ')[local.month - 1] ?? '';
  return `${local.day}${language === 'en' ? '' : '.'} ${month} ${local.year}`;
}
