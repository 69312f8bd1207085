import type { Arrival } from '../elements/runtime-types.js';
import type { ElementModel } from '../model/process-model.js';
import { triggerOf } from '../model/process-model.js';
import { finish } from './finish.js';
import type { Step } from './step.js';

/**
 * Undoes what has been completed, last first, one after the other; the throwing event goes on when
 * all is undone (BPMN 2.0.2 §10.7). With an activity named, only that one, or what a sub-process of
 * that name has done; else everything in the scope of the event.
 */
export function startUndoing(
  step: Step,
  arrival: Arrival,
  element: ElementModel,
  activityId: string | null,
): void {
  const { document } = step;
  const scopeId = activityId ?? compensatedScope(step, element);
  const targets = document.done.filter((id) => id === activityId || isWithin(step, id, scopeId));
  document.done = document.done.filter((id) => !targets.includes(id));
  if (!targets.length) {
    finish(step, arrival, {});
    return;
  }
  const { executionId, elementId } = arrival;
  document.undoing[executionId] = targets.reverse();
  document.waits[executionId] = { kind: 'compensation', key: null, elementId };
  callNext(step, executionId);
}

/** After a handler has run: the next one, or on with the event that asked. */
export function continueUndoing(step: Step, elementId: string): void {
  for (const [executionId, targets] of Object.entries(step.document.undoing)) {
    const [current] = targets;
    if (current === undefined || handlerOf(step, current) !== elementId) continue;
    targets.shift();
    callNext(step, executionId);
  }
}

function callNext(step: Step, executionId: string): void {
  const { document, live } = step;
  const [activityId] = document.undoing[executionId] ?? [];
  if (activityId !== undefined) {
    const catcher = [...live.standing.values()].find(({ elementId }) => {
      const event = step.model.elements.get(elementId);
      return triggerOf(event, 'compensation')?.activityId === activityId;
    });
    if (catcher) finish(step, catcher, {}, undefined, { again: true });
    return;
  }
  delete document.undoing[executionId];
  const arrival = live.standing.get(executionId);
  if (arrival) finish(step, arrival, {});
}

/** Where the token of a compensation event goes after being caught: to its handler. */
function handlerOf({ model }: Step, activityId: string): string | undefined {
  const event = [...model.elements.values()].find(
    (element) =>
      element.type === 'boundaryEvent' &&
      triggerOf(element, 'compensation')?.activityId === activityId,
  );
  return model.flows.find(({ sourceId }) => sourceId === event?.id)?.targetId;
}

/** The drawn scope of an event; in an event sub-process, the scope that it handles. */
function compensatedScope(step: Step, element: ElementModel): string {
  let scopeId = drawnParent(step, element);
  let scope = step.model.elements.get(scopeId);
  while (scope?.triggeredByEvent) {
    scopeId = drawnParent(step, scope);
    scope = step.model.elements.get(scopeId);
  }
  return scopeId;
}

function isWithin(step: Step, elementId: string, scopeId: string): boolean {
  for (let element = step.model.elements.get(elementId); element;) {
    const parentId = drawnParent(step, element);
    if (parentId === scopeId) return true;
    element = step.model.elements.get(parentId);
  }
  return false;
}

function drawnParent({ model }: Step, { parentId }: ElementModel): string {
  const parent = model.elements.get(parentId);
  return parent?.synthetic ? drawnParent({ model } as Step, parent) : parentId;
}
