import type { Arrival } from '../elements/runtime-types.js';
import type { ElementModel } from '../model/process-model.js';
import type { Step } from '../step/step.js';
import { arriveAtMessage } from './message.js';
import { arriveAtTimer } from './timer.js';

/** A catching event begins to wait for its trigger. */
export function arriveAtCatch(step: Step, arrival: Arrival, element: ElementModel): void {
  const { trigger } = element;
  const { executionId, elementId, repeat } = arrival;
  switch (trigger?.kind) {
    case 'timer':
      arriveAtTimer(step, arrival, trigger);
      return;
    case 'message':
    case 'signal':
      arriveAtMessage(step, arrival, trigger);
      return;
    case 'conditional':
      step.document.waits[executionId] = {
        kind: 'condition',
        key: null,
        elementId,
        met: repeat?.['met'] === true,
      };
      // A condition that holds already fires at once: it has to be looked at, changed or not.
      step.judged = null;
      return;
    default:
      step.document.waits[executionId] = { kind: 'catcher', key: null, elementId };
  }
}
