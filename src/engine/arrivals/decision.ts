import type { Arrival } from '../elements/runtime-types.js';
import type { ElementModel } from '../model/process-model.js';
import { finish } from '../step/finish.js';
import { nameOf, scopeOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** Asks a decision table, and keeps which rows answered in the element log. */
export async function arriveAtDecision(
  step: Step,
  arrival: Arrival,
  element: ElementModel,
): Promise<void> {
  const { decisionId, resultVariable } = element.decision ?? { decisionId: '', resultVariable: '' };
  const scope = scopeOf(step, arrival.executionId);
  const id = nameOf(step, decisionId, scope);
  const decided = await step.ports.decide(step.tx, step.tenant, id, scope, step.now);
  step.changes.log.push({
    id: element.id,
    event: 'decide',
    decisionId: id,
    version: decided.version,
    explanation: decided.explanation,
  });
  finish(step, arrival, { [resultVariable]: decided.value });
}
