import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Arrival } from '../elements/runtime-types.js';
import type { IncidentKind } from './changes.js';
import type { Step } from './step.js';

/**
 * Leaves an element where it stands and asks for a person. Nothing else in the instance is held up.
 * With `result`, the element's work is done and only its completion is tried again.
 */
export function raiseIncident(
  step: Step,
  arrival: Arrival,
  kind: IncidentKind,
  message: string,
  result?: JsonObject,
): void {
  const id = step.ports.newId();
  const { executionId, elementId } = arrival;
  step.changes.incidents.push({
    id,
    execution_id: executionId,
    element_id: elementId,
    kind,
    message: message.slice(0, 2000),
    job_id: null,
  });
  step.document.waits[executionId] = {
    kind: 'incident',
    key: id,
    elementId,
    ...(result && { result }),
  };
}

/** Whether an element asked for more than it may, in FEEL or in the process. */
export function isLimit(error: unknown): boolean {
  if (!(error instanceof InvalidError)) return false;
  return error.code === 'limit_exceeded' || error.code === 'feel_limit';
}

/** Why something failed, as text for an incident. Never more than the message: no data, no stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
