import type { Arrival } from '../elements/runtime-types.js';
import type { BpmnError } from '../handler.js';
import { catcherOf } from '../model/process-model.js';
import { raiseIncident } from './incidents.js';
import type { Step } from './step.js';

/**
 * Throws a BPMN error at an element. The nearest scope that catches it goes on; when that is a
 * caller, this instance ends and the error leaves with it; when nobody does, it is an incident here.
 */
export async function throwError(step: Step, arrival: Arrival, error: BpmnError): Promise<void> {
  if (!(await isCaught(step, arrival, error.code))) {
    const message = `Nothing catches the error "${error.code}": ${error.message}`;
    raiseIncident(step, arrival, 'error_not_caught', message);
    return;
  }
  step.variables = { ...step.variables, ...error.variables };
  delete step.document.locals[arrival.executionId];
  if (catcherOf(step.model, arrival.elementId, error.code)) {
    step.live.standing.delete(arrival.executionId);
    arrival.fail(error.code, error.message);
  } else {
    step.thrown = error;
  }
}

/** Whether an error thrown at an element is caught, in this instance or by a caller. */
export async function isCaught(step: Step, arrival: Arrival, code: string): Promise<boolean> {
  if (catcherOf(step.model, arrival.elementId, code)) return true;
  return step.ports.catchesAbove(step.tx, step.tenant, step.instance, code);
}
