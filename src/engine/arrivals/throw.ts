import type { Arrival } from '../elements/runtime-types.js';
import { BpmnError } from '../handler.js';
import type { ElementModel } from '../model/process-model.js';
import { startUndoing } from '../step/compensate.js';
import { finish } from '../step/finish.js';
import type { Pending } from '../step/pending.js';
import { nameOf, scopeOf } from '../step/step.js';
import type { Step } from '../step/step.js';
import { throwError } from '../step/throw-error.js';
import { throwEscalation } from '../step/throw-escalation.js';
import { throwSignal } from '../step/throw-signal.js';
import { arriveAtService } from './service.js';

/** An event throws what its trigger says, and goes on unless that took its token away. */
export function arriveAtThrow(step: Step, arrival: Arrival, element: ElementModel): Pending {
  const { trigger } = element;
  switch (trigger?.kind) {
    case 'error':
      return throwError(step, arrival, new BpmnError(trigger.code, 'thrown by an end event'));
    case 'escalation':
      step.live.thrown.add(arrival.executionId);
      throwEscalation(step, element.id, trigger.code);
      if (step.live.standing.has(arrival.executionId)) finish(step, arrival, {});
      return undefined;
    case 'signal': {
      const scope = scopeOf(step, arrival.executionId);
      throwSignal(step, nameOf(step, trigger.name, scope));
      finish(step, arrival, {});
      return undefined;
    }
    case 'compensation':
      startUndoing(step, arrival, element, trigger.activityId);
      return undefined;
    default:
      if (element.job) return arriveAtService(step, arrival, element);
      finish(step, arrival, {});
      return undefined;
  }
}
