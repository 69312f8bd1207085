import { triggerOf } from '../model/process-model.js';
import type { Draft } from './draft.js';
import { syntheticFlow } from './synthetic.js';

/** A link is a sequence flow that was too long to draw (BPMN 2.0.2 §10.5.5). */
export function expandLinks(draft: Draft): void {
  for (const source of draft.all) {
    const link = triggerOf(source, 'link');
    if (!link || source.type !== 'intermediateThrowEvent') continue;
    const target = draft.all.find(
      (other) =>
        other.type === 'intermediateCatchEvent' &&
        other.parentId === source.parentId &&
        triggerOf(other, 'link')?.name === link.name,
    );
    if (target) draft.flows.push(syntheticFlow(source.id, target.id, source.parentId));
  }
  for (const element of draft.all) {
    if (triggerOf(element, 'link')) draft.change(element, { type: 'task', trigger: null });
  }
}
