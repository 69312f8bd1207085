import { localType } from '../model/moddle.js';
import { PASSIVE_TYPES } from '../model/read-process.js';
import { problem } from './rule.js';
import type { Rule } from './rule.js';

/** Names that JavaScript objects already have: as ids they keep an instance from ever ending. */
const RESERVED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** Every element needs an id that is safe as a key and as part of a routing pattern. */
export const ids: Rule = ({ process, placed }) => {
  const problems = [];
  const named = [{ element: process }, ...placed];
  for (const { element } of named) {
    const type = localType(element);
    if (PASSIVE_TYPES.has(type)) continue;
    if (!element.id) {
      if (type !== 'sequenceFlow') problems.push(problem(element, `a ${type} has no id`));
    } else if (RESERVED.has(element.id)) {
      problems.push(problem(element, `the id "${element.id}" is a reserved word`));
    } else if (!/^[\p{L}_][\p{L}\p{N}_-]{0,199}$/u.test(element.id)) {
      problems.push(
        problem(element, 'the id may only hold letters, digits, "_" and "-" (at most 200)'),
      );
    }
  }
  return problems;
};
