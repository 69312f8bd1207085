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
  const starts = takeStarts(draft);
  const scopes = [draft.processId, ...outermostFirst(draft)].reverse();
  for (const scopeId of scopes) {
    const triggered = draft.inScope(scopeId).filter(({ triggeredByEvent }) => triggeredByEvent);
    if (triggered.length) expandScope(draft, scopeId, triggered, starts);
  }
}

/**
 * The start events of all event sub-processes, by scope. Each then begins with one nobody drew;
 * theirs move to the border, and may not be wrapped together with the content before that.
 */
function takeStarts(draft: Draft): Map<string, ElementModel> {
  const starts = new Map<string, ElementModel>();
  for (const scope of draft.all.filter(({ triggeredByEvent }) => triggeredByEvent)) {
    const start = draft.inScope(scope.id).find(({ type }) => type === 'startEvent');
    if (!start) continue;
    const innerId = `${scope.id}.start`;
    starts.set(scope.id, start);
    draft.elements.delete(start.id);
    draft.put(syntheticElement(innerId, 'startEvent', scope.id));
    draft.flows = draft.flows.map((flow) =>
      flow.sourceId === start.id ? { ...flow, sourceId: innerId } : flow,
    );
  }
  return starts;
}

function outermostFirst(draft: Draft): string[] {
  const visit = (scopeId: string): string[] =>
    draft
      .inScope(scopeId)
      .filter(({ type }) => type === 'subProcess')
      .flatMap(({ id }) => [id, ...visit(id)]);
  return visit(draft.processId);
}

function expandScope(
  draft: Draft,
  scopeId: string,
  triggered: readonly ElementModel[],
  starts: ReadonlyMap<string, ElementModel>,
): void {
  const ids = new Set(triggered.map(({ id }) => id));
  const beside = triggered.filter(({ id }) => starts.get(id)?.interrupting === false);
  const instead = triggered.filter((scope) => !beside.includes(scope));
  if (beside.length) {
    const bodyId = wrapScope(draft, scopeId, 'body', ({ id }) => !ids.has(id));
    for (const scope of beside) attach(draft, starts.get(scope.id), scope.id, bodyId, scopeId);
  }
  if (instead.length) {
    const outside = new Set(instead.map(({ id }) => id));
    const bodyId = wrapScope(draft, scopeId, 'scope', ({ id }) => !outside.has(id));
    for (const scope of instead) attach(draft, starts.get(scope.id), scope.id, bodyId, scopeId);
  }
}

/** The start event stands on the border and leads to its sub-process. */
function attach(
  draft: Draft,
  start: ElementModel | undefined,
  eventScopeId: string,
  bodyId: string,
  scopeId: string,
): void {
  if (!start) return;
  draft.put({ ...start, type: 'boundaryEvent', parentId: scopeId, attachedTo: bodyId });
  draft.flows.push(syntheticFlow(start.id, eventScopeId, scopeId));
}
