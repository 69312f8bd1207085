import type { ElementModel } from '../model/process-model.js';
import type { Draft } from './draft.js';
import { syntheticElement, syntheticFlow } from './synthetic.js';

/**
 * Puts the content of a scope (or the part that `belongs` picks) into a sub-process of its own, so
 * that events can be attached to it. Returns the id of that sub-process.
 */
export function wrapScope(
  draft: Draft,
  scopeId: string,
  label: string,
  belongs: (element: ElementModel) => boolean,
): string {
  const wrapperId = `${scopeId}.${label}`;
  const content = draft.inScope(scopeId).filter(belongs);
  draft.move(content, wrapperId);
  const startId = `${wrapperId}.start`;
  draft.put(
    syntheticElement(startId, 'startEvent', scopeId),
    syntheticElement(wrapperId, 'subProcess', scopeId),
  );
  draft.flows.push(syntheticFlow(startId, wrapperId, scopeId));
  endByError(draft, content, wrapperId);
  return wrapperId;
}

/** A terminate end event ends the drawn scope, which is now more than the sub-process it is in. */
function endByError(draft: Draft, content: readonly ElementModel[], wrapperId: string): void {
  const terminating = content.filter(({ trigger }) => trigger?.kind === 'terminate');
  if (!terminating.length) return;
  const code = `${wrapperId}.terminate`;
  const catcherId = `${wrapperId}.terminated`;
  const parentId = draft.elements.get(wrapperId)?.parentId ?? '';
  for (const { id } of terminating) {
    const element = draft.elements.get(id);
    if (element) draft.change(element, { trigger: { kind: 'error', code } });
  }
  draft.put(
    syntheticElement(catcherId, 'boundaryEvent', parentId, {
      attachedTo: wrapperId,
      trigger: { kind: 'error', code },
    }),
    syntheticElement(`${catcherId}.end`, 'endEvent', parentId, { trigger: { kind: 'terminate' } }),
  );
  draft.flows.push(syntheticFlow(catcherId, `${catcherId}.end`, parentId));
}
