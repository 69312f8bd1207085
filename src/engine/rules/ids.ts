import { localType } from '../model/moddle.js';
import { PASSIVE_TYPES } from '../model/read-process.js';
import { aType, problem } from './rule.js';
import type { Rule } from './rule.js';

/** Names that JavaScript objects already have: as ids they keep an instance from ever ending. */
const RESERVED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** Every element needs an id that is safe as a key and as part of a routing pattern. */
export const ids: Rule = ({ process, placed }) =>
  [{ element: process }, ...placed].flatMap(({ element }) => {
    if (PASSIVE_TYPES.has(localType(element))) return [];
    if (!element.id) return [problem(element, `${aType(localType(element))} has no id`)];
    const reason = idProblem(element.id);
    return reason === null ? [] : [problem(element, reason)];
  });

/** Why an id cannot be used, or null. */
export function idProblem(id: string): string | null {
  if (RESERVED.has(id)) return `the id "${id}" is a reserved word`;
  if (/^[A-Za-z_][\w-]{0,199}$/.test(id)) return null;
  return `the id "${id.slice(0, 50)}" may only hold A to Z, digits, "_" and "-", and no more than 200`;
}
