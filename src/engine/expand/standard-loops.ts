import type { ElementModel } from '../model/process-model.js';
import type { Draft } from './draft.js';
import { syntheticElement, syntheticFlow } from './synthetic.js';

/**
 * A standard loop is a sub-process around the activity in which a gateway leads back: before the
 * activity when the condition is tested first, else after it (BPMN 2.0.2 §13.3.6). What is attached
 * to the activity holds for all its rounds.
 */
export function expandStandardLoops(draft: Draft): void {
  for (const element of draft.all) if (element.standardLoop) expandLoop(draft, element);
}

function expandLoop(draft: Draft, element: ElementModel): void {
  const { id, parentId, standardLoop } = element;
  const wrapperId = `${id}.loop`;
  const [startId, gatewayId, endId] = [`${id}.begin`, `${id}.again`, `${id}.done`];
  draft.flows = draft.flows.map((flow) => ({
    ...flow,
    ...(flow.sourceId === id && { sourceId: wrapperId }),
    ...(flow.targetId === id && { targetId: wrapperId }),
  }));
  for (const event of draft.all) {
    if (event.attachedTo === id) draft.change(event, { attachedTo: wrapperId });
  }
  draft.put(
    { ...element, parentId: wrapperId, standardLoop: null },
    syntheticElement(wrapperId, 'subProcess', parentId),
    syntheticElement(startId, 'startEvent', wrapperId),
    syntheticElement(gatewayId, 'exclusiveGateway', wrapperId, { standardLoop }),
    syntheticElement(endId, 'endEvent', wrapperId),
  );
  const again = { condition: standardLoop?.condition ?? '=true' };
  draft.flows.push(
    syntheticFlow(startId, standardLoop?.testBefore ? gatewayId : id, wrapperId),
    syntheticFlow(id, gatewayId, wrapperId),
    syntheticFlow(gatewayId, id, wrapperId, again),
    syntheticFlow(gatewayId, endId, wrapperId, { isDefault: true }),
  );
}
