import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Arrival } from '../elements/runtime-types.js';
import { moveOn } from '../step/finish.js';
import { elementOf, scopeOf, valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** Reads the list of a repeated activity once, and keeps it until the last execution is done. */
export function arriveAtLoop(step: Step, arrival: Arrival): void {
  const { loop } = elementOf(step, arrival);
  const { executionId } = arrival;
  const items = loop && valueOf(step, loop.inputCollection, scopeOf(step, executionId));
  if (!Array.isArray(items)) {
    throw new InvalidError('value_unusable', `${loop?.inputCollection} is not a list`);
  }
  const { items: most } = step.limits;
  if (items.length > most) {
    const reason = `the list has ${items.length} items, more than ${most}: shorten it, or split it into several cases`;
    throw new InvalidError('limit_exceeded', reason);
  }
  step.document.loops[executionId] = { items, results: [] };
  step.live.standing.delete(executionId);
  delete step.document.waits[executionId];
  if (!items.length && loop?.outputCollection) {
    step.variables = { ...step.variables, [loop.outputCollection]: [] };
  }
  moveOn(step, arrival, () => arrival.complete());
}

/** The locals of one execution of a repeated activity: its item, and its number from 1. */
export function loopElement(step: Step, arrival: Arrival): JsonObject {
  const { executionId, index } = arrival;
  const { loop } = elementOf(step, arrival);
  if (!loop || index === null) return {};
  const state = step.document.loops[executionId.slice(0, -`_${index}`.length)];
  const item = state?.items[index] ?? null;
  return { loopCounter: index + 1, ...(loop.inputElement && { [loop.inputElement]: item }) };
}
