import type { JsonObject, JsonValue } from '../../kernel/json.js';
import type { Mapping } from '../model/process-model.js';
import { scopeOf, valueOf } from './step.js';
import type { Step } from './step.js';

/** The largest set of variables an instance may carry, in characters of JSON. */
export const MAX_VARIABLES_LENGTH = 1_000_000;

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
  const inner = object[name];
  const nested = inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? inner : {};
  return { ...object, [name]: assignPath(nested, rest, value) };
}

/**
 * Takes over what an element gave. With output mappings only those reach the process; without, all
 * of it does, except names the element had as its own locals.
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
  const variables = { ...step.variables, ...given };
  if (JSON.stringify(variables).length > MAX_VARIABLES_LENGTH) {
    throw new RangeError(`the variables are larger than ${MAX_VARIABLES_LENGTH} characters`);
  }
  step.variables = variables;
}
