import type { Arrival } from '../elements/runtime-types.js';
import type { ElementModel } from '../model/process-model.js';
import { command } from '../step/changes.js';
import { raiseIncident } from '../step/incidents.js';
import { nameOf, scopeOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/**
 * Makes the called process an instance of its own. It takes its first step as a command after this
 * one is saved: one transaction moves one instance.
 */
export async function arriveAtCall(
  step: Step,
  arrival: Arrival,
  element: ElementModel,
): Promise<void> {
  const { ports, tx, tenant, now } = step;
  const scope = scopeOf(step, arrival.executionId);
  const processId = nameOf(step, element.call?.processId ?? '', scope);
  const definitionId = await ports.latestDefinition(tx, tenant, processId);
  if (definitionId === undefined) {
    const message = `There is no process "${processId}" to call`;
    raiseIncident(step, arrival, 'process_not_found', message);
    return;
  }
  const id = ports.newId();
  step.changes.children.push({
    id,
    definition_id: definitionId,
    execution_id: arrival.executionId,
    element_id: element.id,
    variables: scope,
  });
  step.changes.jobs.push(command(ports.newId(), id, 'start', {}, now));
  step.document.waits[arrival.executionId] = { kind: 'call', key: id, elementId: element.id };
}
