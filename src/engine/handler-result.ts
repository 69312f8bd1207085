import { InvalidError } from '../kernel/errors.js';
import type { JsonObject } from '../kernel/json.js';
import { jsonProblem } from './step/json-problem.js';

/**
 * What a handler gave, made sure to be what a row can hold. Nothing at all counts as an empty object.
 * Throws InvalidError `result_unusable`, without a word of the result itself.
 */
export function resultOf(handler: string, given: unknown, most: number): JsonObject {
  if (given === undefined || given === null) return {};
  const problem = jsonProblem(given, most);
  if (problem === undefined) return given as JsonObject;
  throw new InvalidError('result_unusable', `The result of "${handler}" ${problem}.`);
}

/** Rejects with `late` when an answer takes longer, by the machine's own clock. */
export async function withDeadline<Answer>(
  milliseconds: number,
  answer: Promise<Answer>,
  late: () => Error,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
