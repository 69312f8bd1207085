import { systemClock } from '../kernel/clock.js';
import type { JsonValue } from '../kernel/json.js';
import { FeelError, FeelFailure } from './feel-error.js';
import type { FeelWarning } from './feel-program.js';
import { FeelSource } from './feel-source.js';
import type { FeelOutcome } from './feel-source.js';
import { childrenOf, parseTree } from './feel-tree.js';
import type { FeelMode } from './feel-tree.js';
import { toJson } from './feel-values.js';

export type { FeelWarning } from './feel-program.js';

/** How an expression is evaluated. */
export interface FeelOptions {
  /** What `now()` and `today()` tell; the machine's time if absent. */
  readonly now?: Date;
}

/** A result, and what the evaluation went on without. */
export interface FeelResult {
  readonly value: JsonValue;
  readonly warnings: readonly FeelWarning[];
}

/** Variables by name: JSON, or a `Date`, which FEEL sees as date and time in Oslo. */
export type FeelContext = Readonly<Record<string, unknown>>;

/** Texts remembered with their parse, which costs a hundred times more than running them. */
const MAX_SOURCES = 2000;

const sources = new Map<string, FeelSource>();

/**
 * Evaluates a model's expression once: what it finds in the variables is data and never evaluated.
 * `expression` is without the leading `=` of a zeebe attribute. FEEL answers null where something is
 * missing; `evaluateFeelDetailed` tells what. Our functions are listed in `feel-functions.ts`.
 * @throws FeelError `feel_syntax`, `feel_evaluation`, `feel_limit` or `feel_not_json`
 * @throws TypeError when a variable is neither JSON nor a `Date`
 */
export function evaluateFeel(
  expression: string,
  context: FeelContext,
  options: FeelOptions = {},
): JsonValue {
  return evaluateFeelDetailed(expression, context, options).value;
}

/** Like `evaluateFeel`, with warnings such as "Variable 'x' not found". */
export function evaluateFeelDetailed(
  expression: string,
  context: FeelContext,
  options: FeelOptions = {},
): FeelResult {
  const { value, warnings } = runFeel(expression, 'expression', context, options);
  return { value: feelJson(expression, value), warnings };
}

/**
 * Whether a value passes the unary tests of a decision table's cell, such as `"a","b"`, `> 5`,
 * `[1..5]`, `not("a")`, `-` or a condition about the value `?`.
 * @throws FeelError
 */
export function unaryTest(
  tests: string,
  value: unknown,
  context: FeelContext = {},
  options: FeelOptions = {},
): boolean {
  return unaryTestDetailed(tests, value, context, options).value;
}

/** Like `unaryTest`, with warnings. */
export function unaryTestDetailed(
  tests: string,
  value: unknown,
  context: FeelContext = {},
  options: FeelOptions = {},
): { value: boolean; warnings: readonly FeelWarning[] } {
  const outcome = runFeel(tests, 'unary tests', { ...context, '?': value }, options);
  return { value: outcome.value === true, warnings: outcome.warnings };
}

/**
 * Checks an expression as at deployment: syntax, size, and what would cost too much in any case.
 * `names` are variables it may use whose names hold operators, such as `min-value`; others need not
 * be told.
 * @throws FeelError `feel_syntax` or `feel_limit`
 */
export function parseFeel(expression: string, names: readonly string[] = []): void {
  failing(expression, () => new FeelSource(expression, 'expression').check(names));
}

/** The same for the unary tests of a decision table's cell. */
export function parseUnaryTests(tests: string, names: readonly string[] = []): void {
  failing(tests, () => new FeelSource(tests, 'unary tests').check([...names, '?']));
}

/** Why `parseFeel` refuses an expression, without the expression, or null when it does not. */
export function checkFeel(expression: string, names: readonly string[] = []): string | null {
  try {
    parseFeel(expression, names);
    return null;
  } catch (error) {
    if (error instanceof FeelError) return error.reason;
    throw error;
  }
}

/** The unary tests of a cell one by one, without a `not(…)` around them. */
export function splitUnaryTests(tests: string): string[] {
  const { topNode } = parseTree(tests, 'unary tests', { '?': null });
  const list = childrenOf(topNode).find(({ name }) => name === 'PositiveUnaryTests');
  return list ? childrenOf(list).map(({ from, to }) => tests.slice(from, to)) : [];
}

/**
 * feelin's own value as JSON; `source` is what it came from, for the message.
 * @throws FeelError `feel_not_json` or `feel_limit`
 */
export function feelJson(source: string, value: unknown): JsonValue {
  return failing(source, () => toJson(value));
}

/** Runs a text and keeps feelin's own value, so that one expression can hand a date to another. */
export function runFeel(
  text: string,
  mode: FeelMode,
  context: FeelContext,
  options: FeelOptions,
): FeelOutcome {
  return failing(text, () => sourceOf(text, mode).run(context, options.now ?? systemClock()));
}

/** Forgets all programs: one that was stopped from outside may hold what belongs to one case. */
export function forgetFeel(): void {
  sources.clear();
}

function sourceOf(text: string, mode: FeelMode): FeelSource {
  const key = `${mode}\n${text}`;
  const source = sources.get(key) ?? new FeelSource(text, mode);
  // A Map keeps the order of insertion: the first is the one that was not used for longest.
  sources.delete(key);
  sources.set(key, source);
  if (sources.size > MAX_SOURCES) {
    const [oldest] = sources.keys();
    if (oldest !== undefined) sources.delete(oldest);
  }
  return source;
}

function failing<Result>(expression: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof FeelFailure) throw new FeelError(error.code, expression, error.message);
    throw error;
  }
}
