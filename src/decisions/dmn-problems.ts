import type { DmnElement } from 'dmn-moddle';
import { InvalidError } from '../kernel/errors.js';
import type { InvalidReason } from '../kernel/errors.js';
import { FeelError } from './feel-error.js';
import { parseFeel, parseUnaryTests } from './feel.js';

/** Names that would reach into a JavaScript object. */
const FORBIDDEN_IDS = new Set(['__proto__', 'constructor', 'prototype']);
/** Ids are keys in the database. */
const MAX_ID_LENGTH = 200;
const FEEL_LANGUAGE = /^(?:feel|https?:\/\/www\.omg\.org\/spec\/.*feel\/?)$/i;

/** The element's type without its prefix, such as `Decision`. */
export function typeOf(element: DmnElement): string {
  return element.$type.replace(/^.*:/, '');
}

/** Gathers what is wrong with a DMN file, so that all of it can be told at once. */
export class DmnProblems {
  private readonly reasons: InvalidReason[] = [];
  /** Texts that were found right: the same one often stands in many cells. */
  private readonly right = new Set<string>();

  static error(reasons: InvalidReason[]): InvalidError {
    const message = `The decision model cannot be used: ${reasons.map(({ reason }) => reason).join('; ')}`;
    return new InvalidError('decision_invalid', message.slice(0, 1000), { details: reasons });
  }

  add(element: DmnElement, reason: string): void {
    const found: InvalidReason = { reason };
    if (element.id !== undefined) found.elementId = element.id;
    const name = element.name ?? element.label;
    if (name !== undefined) found.elementName = name;
    this.reasons.push(found);
  }

  throwIfAny(): void {
    if (this.reasons.length > 0) throw DmnProblems.error(this.reasons);
  }

  /** The element's id, which must be there and be harmless; the parser has refused doubles. */
  checkId(element: DmnElement): string {
    if ((element.id?.length ?? 0) > MAX_ID_LENGTH) {
      this.add(element, `an id may have ${MAX_ID_LENGTH} characters`);
    }
    if (!element.id) this.add(element, `a ${typeOf(element)} needs an id`);
    else if (FORBIDDEN_IDS.has(element.id))
      this.add(element, `the id ${element.id} is not allowed`);
    return element.id ?? '';
  }

  /** `place` is what the language is set on; `element` is what the problem is told of. */
  checkLanguage(element: DmnElement, place: DmnElement | undefined): void {
    const language = place?.expressionLanguage ?? '';
    if (language !== '' && !FEEL_LANGUAGE.test(language)) {
      this.add(element, `the expression language ${language} is not supported; use FEEL`);
    }
  }

  checkExpression(
    element: DmnElement,
    place: string,
    text: string,
    names: readonly string[],
  ): void {
    this.check(element, place, text, () => parseFeel(text, names));
  }

  checkTests(element: DmnElement, place: string, text: string, names: readonly string[]): void {
    this.check(element, place, `tests ${text}`, () => parseUnaryTests(text, names));
  }

  private check(element: DmnElement, place: string, key: string, parse: () => void): void {
    if (this.right.has(key)) return;
    try {
      parse();
      this.right.add(key);
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      this.add(element, `${place}: ${error.message}`);
    }
  }
}
