import type { FlowModel } from '../model/process-model.js';
import type { Draft } from './draft.js';
import { syntheticElement, syntheticFlow } from './synthetic.js';

/**
 * The engine takes one of several flows between the same two elements; each is a token of its own
 * (BPMN 2.0.2 §13.2), so the others get a stop on their way.
 */
export function expandDoubleFlows(draft: Draft): void {
  const seen = new Set<string>();
  const onward: FlowModel[] = [];
  draft.flows = draft.flows.map((flow) => {
    const { id, sourceId, targetId, parentId } = flow;
    const between = `${sourceId} ${targetId}`;
    if (!seen.has(between)) {
      seen.add(between);
      return flow;
    }
    const stopId = `${id}.stop`;
    draft.put(syntheticElement(stopId, 'task', parentId));
    onward.push(syntheticFlow(stopId, targetId, parentId));
    return { ...flow, targetId: stopId };
  });
  draft.flows.push(...onward);
}
