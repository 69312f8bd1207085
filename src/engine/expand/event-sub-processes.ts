import type { ElementModel } from '../model/process-model.js';
import type { Draft } from './draft.js';
import { syntheticElement, syntheticFlow } from './synthetic.js';
import { wrapScope } from './wrap-scope.js';

/**
 * An event sub-process is what a boundary event on its scope leads to (BPMN 2.0.2 §10.3.5, §13.3.4):
 * beside the scope's own flow when it does not interrupt, instead of it when it does. Innermost
 * scopes first, so that a scope is whole before what holds it is wrapped.
 */
export function expandEventSubProcesses(draft: Draft): void {
  const scopes = [draft.processId, ...outermostFirst(draft)].reverse();
  for (const scopeId of scopes) {
    const triggered = draft.inScope(scopeId).filter(({ triggeredByEvent }) => triggeredByEvent);
    if (triggered.length) expandScope(draft, scopeId, triggered);
  }
}

function outermostFirst(draft: Draft): string[] {
  const visit = (scopeId: string): string[] =>
    draft
      .inScope(scopeId)
      .filter(({ type }) => type === 'subProcess')
      .flatMap(({ id }) => [id, ...visit(id)]);
  return visit(draft.processId);
}

function expandScope(draft: Draft, scopeId: string, triggered: readonly ElementModel[]): void {
  const ids = new Set(triggered.map(({ id }) => id));
  const beside = triggered.filter((scope) => startOf(draft, scope)?.interrupting === false);
  const instead = triggered.filter((scope) => !beside.includes(scope));
  if (beside.length) {
    const bodyId = wrapScope(draft, scopeId, 'body', ({ id }) => !ids.has(id));
    for (const scope of beside) attach(draft, scope, bodyId, scopeId);
  }
  if (instead.length) {
    const outside = new Set(instead.map(({ id }) => id));
    const bodyId = wrapScope(draft, scopeId, 'scope', ({ id }) => !outside.has(id));
    for (const scope of instead) attach(draft, scope, bodyId, scopeId);
  }
}

/** The start event moves to the border; the sub-process then begins with one nobody drew. */
function attach(draft: Draft, scope: ElementModel, bodyId: string, scopeId: string): void {
  const start = startOf(draft, scope);
  if (!start) return;
  const innerId = `${scope.id}.start`;
  draft.put(
    { ...start, type: 'boundaryEvent', parentId: scopeId, attachedTo: bodyId },
    syntheticElement(innerId, 'startEvent', scope.id),
  );
  draft.flows = draft.flows.map((flow) =>
    flow.sourceId === start.id ? { ...flow, sourceId: innerId } : flow,
  );
  draft.flows.push(syntheticFlow(start.id, scope.id, scopeId));
}

function startOf(draft: Draft, scope: ElementModel): ElementModel | undefined {
  return draft.inScope(scope.id).find(({ type }) => type === 'startEvent');
}
