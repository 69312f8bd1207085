import { InvalidError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { Arrival } from '../elements/runtime-types.js';
import type { ElementModel } from '../model/process-model.js';
import { command } from '../step/changes.js';
import { raiseIncident } from '../step/incidents.js';
import { when } from '../step/pending.js';
import type { Pending } from '../step/pending.js';
import { nameOf, scopeOf } from '../step/step.js';
import type { Nesting, Step } from '../step/step.js';

/**
 * Makes the called process an instance of its own. It takes its first step as a command after this
 * one is saved: one transaction moves one instance.
 */
export function arriveAtCall(step: Step, arrival: Arrival, element: ElementModel): Pending {
  const { ports, tx, tenant, instance } = step;
  const scope = scopeOf(step, arrival.executionId);
  const processId = nameOf(step, element.call?.processId ?? '', scope);
  const asked = Promise.all([
    ports.latestDefinition(tx, tenant, processId),
    ports.nesting(tx, tenant, instance),
  ]);
  return when(asked, ([definitionId, nesting]) => {
    if (definitionId === undefined) {
      const message = `There is no process "${processId}" to call`;
      raiseIncident(step, arrival, 'process_not_found', message);
      return undefined;
    }
    checkNesting(step, nesting);
    call(step, arrival, element, definitionId);
    return undefined;
  });
}

/** Throws InvalidError `limit_exceeded` for processes that call each other without end. */
function checkNesting({ limits, changes }: Step, { depth, family }: Nesting): void {
  if (depth >= limits.callDepth) {
    throw exceeded(`processes call each other more than ${limits.callDepth} levels deep`);
  }
  if (family + changes.children.length >= limits.family) {
    throw exceeded(`more than ${limits.family} called processes are alive under one case`);
  }
}

function exceeded(reason: string): InvalidError {
  return new InvalidError('limit_exceeded', reason);
}

function call(step: Step, arrival: Arrival, element: ElementModel, definitionId: Id): void {
  const { ports, now, document } = step;
  const { executionId } = arrival;
  const inherits = element.call?.propagateAllParentVariables !== false;
  const id = ports.newId();
  step.changes.children.push({
    id,
    definition_id: definitionId,
    execution_id: arrival.executionId,
    element_id: element.id,
    variables: inherits ? scopeOf(step, executionId) : (document.locals[executionId] ?? {}),
  });
  step.changes.jobs.push(command(ports.newId(), id, 'start', {}, now));
  step.document.waits[arrival.executionId] = { kind: 'call', key: id, elementId: element.id };
}
