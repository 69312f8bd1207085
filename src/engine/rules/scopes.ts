import { startEvents } from '../model/process-model.js';
import type { ElementModel, ProcessModel } from '../model/process-model.js';
import { problem } from './rule.js';
import type { Problem, Rule } from './rule.js';

/** Each scope has exactly one way to begin, and every element can be reached from it. */
export const scopes: Rule = ({ process, model }) => {
  const elements = [...model.elements.values()];
  const subProcesses = elements.filter(({ type }) => type === 'subProcess');
  const root = { id: process.id ?? '', name: process.name ?? null };
  const starts = startEvents(model);
  const plain = starts.filter(({ trigger }) => trigger === null);
  return [
    ...(starts.length ? [] : [problem(root, 'there is no start event here')]),
    ...(plain.length > 1
      ? [problem(root, 'there are several start events without a trigger')]
      : []),
    ...subProcesses.flatMap((scope) => startProblems(scope, elements)),
    ...unreachable(model),
  ];
};

function startProblems(scope: ElementModel, elements: readonly ElementModel[]): Problem[] {
  const inside = elements.filter(({ parentId }) => parentId === scope.id);
  const starts = inside.filter(({ type }) => type === 'startEvent');
  if (starts.length === 1) return [];
  const count = starts.length === 0 ? 'is none' : `are ${starts.length}`;
  return [problem(scope, `there must be exactly one start event here, there ${count}`)];
}

function unreachable(model: ProcessModel): Problem[] {
  const targets = new Set(model.flows.map((flow) => flow.targetId));
  return [...model.elements.values()]
    .filter((element) => !beginsByItself(element))
    .filter(({ id }) => !targets.has(id))
    .map((element) => problem(element, 'no sequence flow leads here'));
}

/** Elements that no sequence flow leads to by their nature. */
function beginsByItself({
  type,
  trigger,
  triggeredByEvent,
  isForCompensation,
}: ElementModel): boolean {
  const isLinkTarget = type === 'intermediateCatchEvent' && trigger?.kind === 'link';
  const isEvent = type === 'startEvent' || type === 'boundaryEvent';
  return isEvent || isLinkTarget || triggeredByEvent || isForCompensation;
}
