import { elementsWithin, isJoin, triggerOf } from '../model/process-model.js';
import { continueUndoing } from './compensate.js';
import type { Step } from './step.js';

/** Draws the consequences of what the engine has passed since this was last asked. */
export function observePassages(step: Step): void {
  const { passages } = step.live;
  for (; step.observed < passages.length; step.observed++) {
    const passage = passages[step.observed];
    if (!passage || passage.event === 'enter') continue;
    const { id, event } = passage;
    if (step.model.elements.get(id)?.type === 'subProcess') forgetScope(step, id);
    if (event === 'leave' && canBeUndone(step, id)) step.document.done.push(id);
    continueUndoing(step, id);
  }
}

function canBeUndone({ model }: Step, activityId: string): boolean {
  return [...model.elements.values()].some(
    (element) =>
      element.type === 'boundaryEvent' &&
      triggerOf(element, 'compensation')?.activityId === activityId,
  );
}

/** A scope that is over has no tokens: the next time it is entered, its joins and loops begin anew. */
function forgetScope({ model, document }: Step, scopeId: string): void {
  for (const element of elementsWithin(model, scopeId)) {
    delete document.active[element.id];
    delete document.rounds[element.id];
    if (!isJoin(model, element)) continue;
    delete document.absorb[element.id];
    for (const flow of model.flows) {
      if (flow.targetId === element.id) delete document.tokens[flow.id];
    }
  }
}
