import type { Arrival } from '../elements/runtime-types.js';
import type { BpmnError } from '../handler.js';
import { catcherOf } from '../model/process-model.js';
import type { ElementModel } from '../model/process-model.js';
import { finish } from './finish.js';
import { raiseIncident } from './incidents.js';
import { when } from './pending.js';
import type { Pending } from './pending.js';
import { elementOf } from './step.js';
import type { Step } from './step.js';

/**
 * Throws a BPMN error at an element. The nearest scope that catches it goes on; when that is a
 * caller, this instance ends and the error leaves with it; when nobody does, it is an incident here.
 */
export function throwError(step: Step, arrival: Arrival, error: BpmnError): Pending {
  return ifCaught(step, arrival, error.code, (caught) => {
    if (caught) {
      leaveBy(step, arrival, error);
      return undefined;
    }
    const message = `Nothing catches the error "${error.code}": ${error.message}`;
    raiseIncident(step, arrival, 'error_not_caught', message);
    return undefined;
  });
}

function leaveBy(step: Step, arrival: Arrival, error: BpmnError): void {
  const event = catcherOf(step.model, arrival.elementId, error.code);
  const byEvent = elementOf(step, arrival).type === 'endEvent';
  if (event) {
    if (byEvent) step.live.thrown.add(arrival.executionId);
    trigger(step, event, error.variables);
  } else {
    if (byEvent) step.live.passages.push({ id: arrival.elementId, event: 'leave' });
    step.variables = { ...step.variables, ...error.variables };
    step.thrown = error;
  }
}

/** Asks whether an error thrown at an element is caught, in this instance or by a caller. */
export function ifCaught(
  step: Step,
  arrival: Arrival,
  code: string,
  goOn: (caught: boolean) => Pending,
): Pending {
  const { tx, tenant, instance, model, ports } = step;
  if (catcherOf(model, arrival.elementId, code)) return goOn(true);
  if (instance.parentId === null) return goOn(false);
  return when(ports.catchesAbove(tx, tenant, instance, code), goOn);
}

/** Fires a boundary event that this step itself tells; one that does not interrupt waits on. */
export function trigger(step: Step, event: ElementModel, variables = {}): void {
  const arrival = [...step.live.standing.values()].find(({ elementId }) => elementId === event.id);
  if (!arrival) throw new TypeError(`the event ${event.id} does not stand ready`);
  const again = event.interrupting ? undefined : { again: true };
  finish(step, arrival, variables, undefined, again);
}
