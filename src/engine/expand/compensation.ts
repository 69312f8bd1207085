import { triggerOf } from '../model/process-model.js';
import type { Draft } from './draft.js';
import { syntheticFlow } from './synthetic.js';
import { wrapScope } from './wrap-scope.js';

/**
 * What undoes an activity stands ready on the border of the whole process, since the scope it
 * belongs to may be long gone when it is called (BPMN 2.0.2 §10.7).
 */
export function expandCompensation(draft: Draft): void {
  const events = draft.all.filter(
    (element) => element.type === 'boundaryEvent' && triggerOf(element, 'compensation'),
  );
  if (!events.length) return;
  const handlers = new Set(events.flatMap(({ compensatedBy }) => compensatedBy ?? []));
  for (const event of events) draft.elements.delete(event.id);
  const outside = new Set([...handlers, ...events.map(({ id }) => id)]);
  const wrapperId = wrapScope(draft, draft.processId, 'all', ({ id }) => !outside.has(id));
  for (const event of events) {
    const handler = draft.elements.get(event.compensatedBy ?? '');
    if (!handler) continue;
    const trigger = { kind: 'compensation' as const, activityId: event.attachedTo };
    draft.put({
      ...event,
      parentId: draft.processId,
      attachedTo: wrapperId,
      interrupting: false,
      trigger,
    });
    draft.change(handler, { parentId: draft.processId, isForCompensation: false });
    draft.flows.push(syntheticFlow(event.id, handler.id, draft.processId));
  }
}
