import type { FactName } from './kinds.js';

/** Facts in words, as they stand in a text. */
export type Words = Partial<Record<FactName, string>>;

const PLACE = /\{(\w+)\}/g;
const OPTIONAL_PART = /\[([^[\]]*)\]/g;

/** The text with its facts; what names a missing fact is left out, part by part and paragraph by paragraph. */
export function fillText(text: string, words: Words): string {
  const paragraphs = paragraphsOf(text).map((paragraph) => {
    const kept = paragraph.replace(OPTIONAL_PART, (_, part: string) =>
      isComplete(part, words) ? part : '',
    );
    return isComplete(kept, words) ? fill(kept, words) : '';
  });
  return paragraphs.filter((paragraph) => paragraph.trim() !== '').join('\n\n');
}

function isComplete(text: string, words: Words): boolean {
  return placesOf(text, { optional: true }).every((name) =>
    Boolean(words[name as FactName]?.trim()),
  );
}

/** A reason that ends with a full stop of its own needs no second one. */
function fill(text: string, words: Words): string {
  return text
    .replace(PLACE, (_, name: string) => words[name as FactName] ?? '')
    .replace(/([.!?])\.$/u, '$1');
}

/** The facts that a text names, those of its optional parts only when asked for. */
export function placesOf(text: string, { optional }: { optional: boolean }): string[] {
  const read = optional ? text : text.replace(OPTIONAL_PART, '');
  return [...read.matchAll(PLACE)].map(([, name = '']) => name);
}

/** The paragraphs of a text; each is said or left out as a whole. */
export function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/);
}

/** Whether a brace or bracket stands in it that opens or closes nothing, and would be sent as it is. */
export function hasLooseSign(paragraph: string): boolean {
  return /[{}[\]]/.test(paragraph.replace(OPTIONAL_PART, '$1').replace(PLACE, ''));
}
