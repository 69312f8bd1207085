import type { Arrival } from '../elements/runtime-types.js';
import type { ElementModel } from '../model/process-model.js';
import { finish } from '../step/finish.js';
import { when } from '../step/pending.js';
import type { Pending } from '../step/pending.js';
import { nameOf, scopeOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** Asks a decision table, and keeps which rows answered in the element log. */
export function arriveAtDecision(step: Step, arrival: Arrival, element: ElementModel): Pending {
  const { decisionId, resultVariable } = element.decision ?? { decisionId: '', resultVariable: '' };
  const scope = scopeOf(step, arrival.executionId);
  const id = nameOf(step, decisionId, scope);
  const asked = step.ports.decide(step.tx, step.tenant, id, scope, step.now);
  return when(asked, ({ version, explanation, value }) => {
    const { id: elementId } = element;
    step.changes.log.push({ id: elementId, event: 'decide', decisionId: id, version, explanation });
    finish(step, arrival, { [resultVariable]: value });
    return undefined;
  });
}
