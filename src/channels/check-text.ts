import type { InvalidReason } from '../kernel/errors.js';
import { hasLooseSign, paragraphsOf, placesOf } from './fill-text.js';
import type { FactName, Template, TemplateText } from './kinds.js';
import { FACT_NAMES, MESSAGE_LANGUAGES, REQUIRED_FACTS, WRITTEN_FACTS } from './kinds.js';
import { DEFAULT_TEXTS } from './messages.js';

/** Known of every case, whatever the message is about. */
const ALWAYS_KNOWN: readonly FactName[] = [
  'reference',
  'service',
  'expectedBy',
  'link',
  'replyDays',
];

/** May be known of every case. */
const ON_EVERY_CASE: readonly FactName[] = [...ALWAYS_KNOWN, 'unit', 'contact', 'outcome'];

/**
 * What a text of this kind may name: what is known of every case, and what the built-in texts of the
 * kind say, in any language. Anything else is never known when such a message is written.
 */
export function fieldsOf(template: Template): FactName[] {
  const said = MESSAGE_LANGUAGES.flatMap((language) => {
    const { subject, body } = DEFAULT_TEXTS[language][template];
    return placesOf(`${subject} ${body}`, { optional: true });
  });
  const known = new Set<string>([...ON_EVERY_CASE, ...REQUIRED_FACTS[template], ...said]);
  return FACT_NAMES.filter((name) => known.has(name));
}

/** What is known whenever such a message is written, except what may have to be kept out of mail. */
function certainFieldsOf(template: Template): FactName[] {
  const certain = [...ALWAYS_KNOWN, ...REQUIRED_FACTS[template]];
  return FACT_NAMES.filter((name) => certain.includes(name) && !WRITTEN_FACTS.includes(name));
}

/** Every reason why a text will not do for its kind; the body's name the paragraph. */
export function problemsOf(template: Template, { subject, body }: TemplateText): InvalidReason[] {
  const paragraphs = paragraphsOf(body);
  const parts = [
    { path: 'subject', text: subject, where: '' },
    ...paragraphs.map((text, at) => ({ path: 'body', text, where: ` in paragraph ${at + 1}` })),
  ];
  return [
    ...silenceOf(template, [subject, ...paragraphs]),
    ...parts.flatMap(({ path, text, where }) =>
      [...strangersIn(template, text), ...looseSignsIn(text)].map((reason) => ({
        path,
        reason: `${reason}${where}`,
      })),
    ),
    ...uncertainIn(template, subject).map((reason) => ({ path: 'subject', reason })),
  ];
}

/** A paragraph that also names what may be missing is left out as a whole, and has said nothing. */
function silenceOf(template: Template, paragraphs: readonly string[]): InvalidReason[] {
  const certain: readonly string[] = certainFieldsOf(template);
  const named = paragraphs.map((text) => placesOf(text, { optional: false }));
  return REQUIRED_FACTS[template].flatMap((fact) => {
    const saying = named.filter((names) => names.includes(fact));
    if (saying.length === 0) return [{ path: 'body', reason: `does not say {${fact}}` }];
    const isSaid = saying.some((names) =>
      names.every((name) => name === fact || certain.includes(name)),
    );
    if (isSaid) return [];
    const reason = `says {${fact}} only beside what may be missing, which leaves it out`;
    return [{ path: 'body', reason }];
  });
}

function strangersIn(template: Template, text: string): string[] {
  const fields: readonly string[] = fieldsOf(template);
  const strangers = placesOf(text, { optional: true }).filter((name) => !fields.includes(name));
  return [...new Set(strangers)].map(
    (name) => `names {${name}}, which a message of this kind does not know`,
  );
}

function looseSignsIn(text: string): string[] {
  return hasLooseSign(text) ? ['has a brace or bracket without its other half'] : [];
}

/** A subject is one part: it would be empty without a fact that it names. */
function uncertainIn(template: Template, subject: string): string[] {
  const certain: readonly string[] = certainFieldsOf(template);
  const fields: readonly string[] = fieldsOf(template);
  return placesOf(subject, { optional: false })
    .filter((name) => fields.includes(name) && !certain.includes(name))
    .map((name) => `names {${name}}, which may be missing: put it in square brackets`);
}
