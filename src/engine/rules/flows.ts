import type { BpmnElement } from '../model/moddle.js';
import { localType } from '../model/moddle.js';
import type { ElementModel, FlowModel, ProcessModel } from '../model/process-model.js';
import { aType, problem } from './rule.js';
import type { Problem, Rule } from './rule.js';

const CONDITIONAL = new Set(['exclusiveGateway', 'inclusiveGateway']);

/** Sequence flows connect elements of one scope, and only some gateways choose between them. */
export const flows: Rule = ({ placed, model }) => [
  ...placed.flatMap(({ element }) => endProblems(element, model)),
  ...[...model.elements.values()].flatMap((element) => outgoingProblems(element, model)),
];

function endProblems(element: BpmnElement, model: ProcessModel): Problem[] {
  if (localType(element) !== 'sequenceFlow') return [];
  const source = model.elements.get(element.sourceRef?.id ?? '');
  const target = model.elements.get(element.targetRef?.id ?? '');
  if (!source || !target) return [problem(element, 'the sequence flow lacks a source or a target')];
  if (source.parentId !== target.parentId) {
    return [problem(element, 'a sequence flow may not cross the border of a sub-process')];
  }
  if (target.type === 'boundaryEvent' || target.type === 'startEvent') {
    return [problem(element, `a sequence flow may not lead to ${aType(target.type)}`)];
  }
  for (const { triggeredByEvent, isForCompensation } of [source, target]) {
    if (triggeredByEvent) {
      return [problem(element, 'an event sub-process has no sequence flows (BPMN 2.0.2 §10.3.5)')];
    }
    if (isForCompensation) {
      return [problem(element, 'what undoes an activity has no sequence flows (BPMN 2.0.2 §10.7)')];
    }
  }
  if (source.type === 'endEvent') return [problem(element, 'nothing may follow an end event')];
  return [];
}

function outgoingProblems(element: ElementModel, model: ProcessModel): Problem[] {
  const out = model.flows.filter((flow) => flow.sourceId === element.id);
  if (CONDITIONAL.has(element.type)) return choiceProblems(element, out);
  const problems: Problem[] = [];
  if (out.some((flow) => flow.condition !== null || flow.isDefault)) {
    problems.push(problem(element, 'only an exclusive or inclusive gateway may have conditions'));
  }
  if (element.type === 'eventBasedGateway')
    problems.push(...eventBasedProblems(element, model, out));
  return problems;
}

/** DMN-like completeness is for the linter; here: a choice must be decidable at all. */
function choiceProblems(element: ElementModel, out: FlowModel[]): Problem[] {
  const problems: Problem[] = [];
  const open = out.filter((flow) => flow.condition === null && !flow.isDefault);
  if (out.length > 1 && open.length) {
    const names = open.map((flow) => flow.name ?? `the one to ${flow.targetId}`).join(', ');
    problems.push(problem(element, `these flows need a condition or to be the default: ${names}`));
  }
  if (out.some((flow) => flow.condition !== null && flow.isDefault)) {
    problems.push(problem(element, 'the default flow may not have a condition'));
  }
  return problems;
}

function eventBasedProblems(
  element: ElementModel,
  model: ProcessModel,
  out: FlowModel[],
): Problem[] {
  if (out.length < 2)
    return [problem(element, 'an event-based gateway needs two events to wait for')];
  return out.flatMap((flow) => {
    const target = model.elements.get(flow.targetId);
    const waits = target?.type === 'intermediateCatchEvent' || target?.type === 'receiveTask';
    const shared = model.flows.filter((other) => other.targetId === flow.targetId).length > 1;
    if (!target || !waits) {
      return [problem(element, 'an event-based gateway may only lead to events that wait')];
    }
    return shared ? [problem(target, 'an event behind a gateway may have only one way in')] : [];
  });
}
