import type { InvalidReason } from '../kernel/errors.js';
import type { FactName, TemplateText } from './kinds.js';
import { FACT_NAMES } from './kinds.js';

/** Facts in words, as they stand in a text. */
export type Words = Partial<Record<FactName, string>>;

const PLACE = /\{(\w+)\}/g;
const OPTIONAL_PART = /\[([^[\]]*)\]/g;

/** The text with its facts; what names a missing fact is left out, part by part and paragraph by paragraph. */
export function fillText(text: string, words: Words): string {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => {
    const kept = paragraph.replace(OPTIONAL_PART, (_, part: string) =>
      isComplete(part, words) ? part : '',
    );
    return isComplete(kept, words) ? fill(kept, words) : '';
  });
  return paragraphs.filter((paragraph) => paragraph.trim() !== '').join('\n\n');
}

function isComplete(text: string, words: Words): boolean {
  return placesOf(text).every((name) => Boolean(words[name as FactName]?.trim()));
}

/** A reason that ends with a full stop of its own needs no second one. */
function fill(text: string, words: Words): string {
  return text
    .replace(PLACE, (_, name: string) => words[name as FactName] ?? '')
    .replace(/([.!?])\.$/u, '$1');
}

function placesOf(text: string): string[] {
  return [...text.matchAll(PLACE)].map(([, name = '']) => name);
}

/** Why a text will not do for its kind: facts that it must name and does not, or that nobody knows. */
export function problemsOf(
  { subject, body }: TemplateText,
  required: readonly FactName[],
): InvalidReason[] {
  const known: readonly string[] = FACT_NAMES;
  const said = placesOf(`${subject} ${body.replace(OPTIONAL_PART, '')}`);
  const silent = required.filter((name) => !said.includes(name));
  const strange = (path: string, text: string) =>
    placesOf(text)
      .filter((name) => !known.includes(name))
      .map((name) => ({ path, reason: `names {${name}}, which nobody knows` }));
  return [
    ...silent.map((name) => ({ path: 'body', reason: `does not say {${name}}` })),
    ...strange('subject', subject),
    ...strange('body', body),
  ];
}
