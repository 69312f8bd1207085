import type { Arrival } from '../elements/runtime-types.js';
import type { ElementModel } from '../model/process-model.js';
import { outgoing } from '../model/process-model.js';
import { finish } from '../step/finish.js';
import type { Step } from '../step/step.js';

/**
 * A token at a joining gateway stands until `releaseJoins` lets it go. The engine brings tokens one
 * by one: those that were consumed with an earlier one vanish here.
 */
export function arriveAtJoin(step: Step, arrival: Arrival, element: ElementModel): void {
  const { absorb, waits } = step.document;
  const left = absorb[element.id] ?? 0;
  if (left === 0) {
    waits[arrival.executionId] = { kind: 'join', key: null, elementId: element.id };
    return;
  }
  if (left > 1) absorb[element.id] = left - 1;
  else delete absorb[element.id];
  const outbound = outgoing(step.model, element.id).map(({ id }) => ({
    id,
    action: 'discard' as const,
  }));
  finish(step, arrival, {}, outbound.length ? { outbound } : undefined);
}
