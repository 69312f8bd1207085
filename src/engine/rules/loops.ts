import { expandProcess } from '../expand/expand-process.js';
import { catcherOf, triggerOf } from '../model/process-model.js';
import type { ElementModel, ProcessModel } from '../model/process-model.js';
import { problem } from './rule.js';
import type { Rule } from './rule.js';

/** Elements at which an instance comes to rest, so that a loop through them lets others run. */
const RESTING = new Set([
  'userTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'callActivity',
  'intermediateCatchEvent',
  'eventBasedGateway',
]);

/** A loop without a wait would never give the thread back: refused before it is ever run. */
export const loops: Rule = ({ model: drawn }) => {
  const model = expandProcess(drawn);
  const state = new Map<string, 'open' | 'done'>();
  const found: ElementModel[] = [];
  const restless = [...model.elements.values()].filter(({ type }) => !RESTING.has(type));
  for (const element of restless) visit(element, model, state, found);
  return found.map(({ id }) =>
    problem(drawnAs(drawn, id), 'a loop runs through here without any wait in it'),
  );
};

/** Depth-first with its own stack: a long chain may not overflow ours. */
function visit(
  from: ElementModel,
  model: ProcessModel,
  state: Map<string, 'open' | 'done'>,
  found: ElementModel[],
): void {
  const stack: { element: ElementModel; next: ElementModel[] }[] = [];
  const push = (element: ElementModel): void => {
    if (RESTING.has(element.type) || state.get(element.id) === 'done') return;
    if (state.get(element.id) === 'open') {
      found.push(element);
      return;
    }
    state.set(element.id, 'open');
    stack.push({ element, next: successors(element, model) });
  };
  push(from);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.next.pop();
    if (next) {
      push(next);
    } else {
      state.set(top.element.id, 'done');
      stack.pop();
    }
  }
}

/** Where a token goes next, into a sub-process and out of it, also by an error that is caught. */
function successors(element: ElementModel, model: ProcessModel): ElementModel[] {
  if (element.type === 'subProcess') {
    return [...model.elements.values()].filter(
      ({ type, parentId }) => type === 'startEvent' && parentId === element.id,
    );
  }
  const error = element.type === 'endEvent' ? triggerOf(element, 'error') : undefined;
  if (error) {
    const catcher = catcherOf(model, element.parentId, error.code);
    return catcher ? [catcher] : [];
  }
  const own = targets(element.id, model);
  return own.length ? own : targets(element.parentId, model);
}

function targets(elementId: string, model: ProcessModel): ElementModel[] {
  const flows = model.flows.filter((flow) => flow.sourceId === elementId);
  return flows.flatMap((flow) => model.elements.get(flow.targetId) ?? []);
}

/** What was made when the model was expanded is named after what it was made from. */
function drawnAs(drawn: ProcessModel, id: string): { id: string; name: string | null } {
  const drawnId = id.split('.')[0] ?? id;
  return { id: drawnId, name: drawn.elements.get(drawnId)?.name ?? null };
}
