import type { BpmnElement } from '../model/moddle.js';
import type { ProcessModel } from '../model/process-model.js';
import type { Placed } from '../model/read-process.js';

/** Why a model is refused: which element, and a sentence its process owner understands. */
export interface Problem {
  elementId: string | null;
  elementName: string | null;
  reason: string;
}

/** What a rule looks at: the document as drawn, and the model read from it. */
export interface Subject {
  process: BpmnElement;
  placed: readonly Placed[];
  model: ProcessModel;
}

/** One rule finds all its problems; a rule never throws. */
export type Rule = (subject: Subject) => Problem[];

/** Longer texts of a model are cut: a file may hold two million letters. */
const LONGEST_NAME = 200;
const LONGEST_REASON = 500;

export function problem(element: { id?: string; name?: string | null }, reason: string): Problem {
  return {
    elementId: element.id || null,
    elementName: typeof element.name === 'string' ? cut(element.name, LONGEST_NAME) : null,
    reason: cut(reason, LONGEST_REASON),
  };
}

/** Never between the halves of a surrogate pair, which no database takes. */
function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** `intermediateCatchEvent` → `an intermediate catch event`. */
export function aType(type: string): string {
  const words = type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${/^[aeiou](?!ser)/.test(words) ? 'an' : 'a'} ${words}`;
}

/** Whether FEEL can name a variable so without quotes. */
export function isName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);
}
