import type { JsonObject, JsonValue } from '../../kernel/json.js';
import type { Arrival, Completion } from '../elements/runtime-types.js';
import { endRow } from './end-row.js';
import { isLimit, raiseIncident, reasonOf } from './incidents.js';
import { EngineFailure } from './step-fault.js';
import { elementOf, scopeOf, valueOf } from './step.js';
import type { Step } from './step.js';
import { addVariables, lengthOf, mergeResult, tooLarge } from './variables.js';

/**
 * An element's work is done: its result goes to the variables, its row goes, the token goes on. When
 * a mapping fails it stays where it is, as an incident that keeps the result.
 */
export function finish(
  step: Step,
  arrival: Arrival,
  result: JsonObject,
  completion?: Completion,
  repeat?: JsonObject,
): void {
  const { executionId } = arrival;
  const element = elementOf(step, arrival);
  try {
    mergeResult(step, executionId, element.outputs, result);
    collect(step, arrival, result);
  } catch (error) {
    closeWait(step, executionId, 'completed');
    const kind = isLimit(error) ? 'limit_exceeded' : 'evaluation_failed';
    raiseIncident(step, arrival, kind, reasonOf(error), result);
    return;
  }
  closeWait(step, executionId, 'completed');
  delete step.document.locals[executionId];
  step.live.standing.delete(executionId);
  moveOn(step, arrival, () => arrival.complete(completion, repeat));
}

/** What the engine throws half way leaves a state that nobody can go on with. */
export function moveOn({ spent }: Step, { elementId }: Arrival, move: () => void): void {
  spent.at = elementId;
  try {
    move();
  } catch (error) {
    throw new EngineFailure(error);
  }
}

/** Forgets a wait, and marks the row that stood for it. */
export function closeWait(step: Step, executionId: string, state: 'completed' | 'canceled'): void {
  const wait = step.document.waits[executionId];
  delete step.document.waits[executionId];
  if (wait && (state === 'canceled' || wait.kind !== 'incident')) endRow(step, wait, state);
  if (state === 'completed') return;
  delete step.document.locals[executionId];
  delete step.document.loops[executionId];
}

/** One execution of a repeated activity adds to its list; the last one hands the list over. */
function collect(step: Step, arrival: Arrival, result: JsonObject): void {
  const { loop } = elementOf(step, arrival);
  if (!loop || arrival.index === null) return;
  const rootId = arrival.executionId.slice(0, -`_${arrival.index}`.length);
  const state = step.document.loops[rootId];
  if (!state) return;
  if (loop.outputElement) {
    const scope = scopeOf(step, arrival.executionId, result);
    const value = valueOf(step, loop.outputElement, scope);
    state.length = (state.length ?? 0) + lengthOf(value);
    if (state.length > step.limits.variables) throw tooLarge(step);
    state.results[arrival.index] = value;
  }
  state.left = (state.left ?? state.items.length) - 1;
  if (state.left > 0) return;
  if (loop.outputCollection) handOver(step, loop.outputCollection, state.results);
}

function handOver(step: Step, name: string, results: JsonValue[]): void {
  addVariables(step, { [name]: Array.from(results, (value) => value ?? null) });
}
