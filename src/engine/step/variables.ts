import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import type { Mapping } from '../model/process-model.js';
import { jsonProblem } from './json-problem.js';
import { scopeOf, valueOf } from './step.js';
import type { Step } from './step.js';

/** Evaluates mappings in order; a later one sees what earlier ones gave. */
export function evaluateMappings(
  step: Step,
  mappings: readonly Mapping[],
  scope: JsonObject,
): JsonObject {
  let given: JsonObject = {};
  for (const { source, target } of mappings) {
    given = assignPath(given, target.split('.'), valueOf(step, source, { ...scope, ...given }));
  }
  return given;
}

/** `{a: {b: 1}}` with `a.c = 2` becomes `{a: {b: 1, c: 2}}`; nothing is changed in place. */
function assignPath(object: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  const [name = '', ...rest] = path;
  if (!rest.length) return { ...object, [name]: value };
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  const isObject = inner !== undefined && inner !== null && typeof inner === 'object';
  const nested = isObject && !Array.isArray(inner) ? inner : {};
  return { ...object, [name]: assignPath(nested, rest, value) };
}

/**
 * Takes over what an element gave. With output mappings only those reach the process; without, all
 * of it does, except names the element had as its own locals. Throws InvalidError `limit_exceeded`.
 */
export function mergeResult(
  step: Step,
  executionId: string,
  outputs: readonly Mapping[],
  result: JsonObject,
): void {
  const locals = step.document.locals[executionId] ?? {};
  const given = outputs.length
    ? evaluateMappings(step, outputs, scopeOf(step, executionId, result))
    : Object.fromEntries(Object.entries(result).filter(([name]) => !Object.hasOwn(locals, name)));
  addVariables(step, given);
}

/** Adds to the variables of the process. Throws InvalidError `limit_exceeded`. */
export function addVariables(step: Step, given: JsonObject): void {
  if (!Object.keys(given).length) return;
  const variables = { ...step.variables, ...given };
  const length = lengthWith(step, given, variables);
  if (length > step.limits.variables) throw tooLarge(step);
  step.variables = variables;
  step.measured = { variables, length };
}

/** Keeps the local variables of one execution. Throws InvalidError `limit_exceeded`. */
export function keepLocals(step: Step, executionId: string, locals: JsonObject): void {
  const { limits, spent, document } = step;
  spent.locals += lengthOf(locals);
  if (spent.locals > limits.variables) throw tooLarge(step);
  document.locals[executionId] = locals;
}

/**
 * Refuses what somebody sent before anything is done with it. Throws InvalidError
 * `variables_not_json` or `variables_too_large`, which say nothing of the values.
 */
export function demandVariables(sent: JsonObject, most: number, present: JsonObject = {}): void {
  const problem = jsonProblem(sent, most);
  if (problem !== undefined) {
    const code = problem.startsWith('is larger') ? 'variables_too_large' : 'variables_not_json';
    throw new InvalidError(code, `What was sent as variables ${problem}.`);
  }
  if (!Object.keys(sent).length) return;
  if (lengthOf(sent) + lengthOf(present) <= most) return;
  if (lengthOf({ ...present, ...sent }) <= most) return;
  throw new InvalidError(
    'variables_too_large',
    `With these the variables of the case would be larger than ${most} characters of JSON.`,
  );
}

/** Of what the process itself makes. */
export function tooLarge({ limits }: Step): InvalidError {
  const reason = `the variables would be larger than ${limits.variables} characters of JSON: keep contents outside the process, and ids in it`;
  return new InvalidError('limit_exceeded', reason);
}

/** Measured as a whole only when the sum of its parts comes near the limit. */
function lengthWith(step: Step, given: JsonObject, variables: JsonObject): number {
  const { measured, limits } = step;
  const known = measured?.variables === step.variables ? measured.length : lengthOf(step.variables);
  const most = known + lengthOf(given);
  return most > limits.variables ? lengthOf(variables) : most;
}

export function lengthOf(value: JsonValue): number {
  return JSON.stringify(value).length;
}
