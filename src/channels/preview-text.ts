import type { FactName, MessageFacts, MessageLanguage, Template, TemplateText } from './kinds.js';
import { REQUIRED_FACTS } from './kinds.js';
import { writeMessage } from './messages.js';

const DAY_MS = 86_400_000;

type MadeUp = Record<
  'service' | 'unit' | 'outcome' | 'answer' | 'reason' | 'missing' | 'notice',
  string
>;

const MADE_UP: Readonly<Record<MessageLanguage, MadeUp>> = {
  nb: {
    service: 'Gatelys',
    unit: 'Vei og trafikk',
    outcome: 'utført',
    answer: 'Lampen er byttet i dag.',
    reason: 'vi venter på deler',
    missing: 'Hvilken stolpe det gjelder.',
    notice: 'Veien er stengt til fredag.',
  },
  nn: {
    service: 'Gatelys',
    unit: 'Veg og trafikk',
    outcome: 'utført',
    answer: 'Lampa er bytt i dag.',
    reason: 'vi ventar på delar',
    missing: 'Kva for ein stolpe det gjeld.',
    notice: 'Vegen er stengd til fredag.',
  },
  en: {
    service: 'Street light',
    unit: 'Roads and traffic',
    outcome: 'completed',
    answer: 'The lamp was replaced today.',
    reason: 'we are waiting for parts',
    missing: 'Which lamp post it is about.',
    notice: 'The road is closed until Friday.',
  },
};

interface Preview {
  template: Template;
  language: MessageLanguage;
  /** Everything that may be known, or no more than must be. */
  known: 'all' | 'least';
  text: TemplateText;
}

/** A message as somebody would receive it, about a case that does not exist. */
export function previewText(
  { template, language, known, text }: Preview,
  { now, link }: { now: Date; link: string },
): { subject: string; text: string } {
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const certain = { reference: '26-K3F9-2XQ7', expectedBy: inDays(14), link };
  const { service, ...words } = MADE_UP[language];
  const possible = {
    ...words,
    contact: 'post@kommune.example',
    promisedBy: inDays(28),
    dueAt: inDays(10),
    mainReference: '26-2BCD-3FGH',
  };
  const given = Object.entries(possible).filter(
    ([name]) => known === 'all' || REQUIRED_FACTS[template].includes(name as FactName),
  );
  const facts: MessageFacts = { ...certain, service, ...Object.fromEntries(given) };
  return writeMessage(template, language, facts, text);
}
