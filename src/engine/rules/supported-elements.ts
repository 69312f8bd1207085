import { localType } from '../model/moddle.js';
import type { BpmnElement } from '../model/moddle.js';
import { PASSIVE_TYPES } from '../model/read-process.js';
import { problem } from './rule.js';
import type { Problem, Rule } from './rule.js';

const SUPPORTED = new Set([
  ...PASSIVE_TYPES,
  'sequenceFlow',
  'startEvent',
  'endEvent',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'boundaryEvent',
  'userTask',
  'serviceTask',
  'sendTask',
  'businessRuleTask',
  'receiveTask',
  'manualTask',
  'task',
  'callActivity',
  'subProcess',
  'exclusiveGateway',
  'inclusiveGateway',
  'parallelGateway',
  'eventBasedGateway',
]);

/** Elements the engine cannot carry out correctly are refused, never run wrongly in silence. */
export const supportedElements: Rule = ({ placed }) =>
  placed.flatMap(({ element }) => elementProblems(element));

function elementProblems(element: BpmnElement): Problem[] {
  const type = localType(element);
  if (type === 'scriptTask') {
    return [
      problem(element, 'scripts are not run; use a service task, a decision or FEEL mappings'),
    ];
  }
  if (!SUPPORTED.has(type)) return [problem(element, `a ${type} cannot be run`)];
  const problems: Problem[] = [];
  if (type === 'subProcess' && element.triggeredByEvent) {
    problems.push(problem(element, 'an event sub-process cannot be run; use a boundary event'));
  }
  if (element.isForCompensation) {
    problems.push(problem(element, 'compensation cannot be run'));
  }
  if (element.loopCharacteristics) {
    const loop = localType(element.loopCharacteristics);
    if (loop !== 'multiInstanceLoopCharacteristics') {
      problems.push(
        problem(element, 'a standard loop cannot be run; draw the loop with a gateway'),
      );
    } else if (type === 'subProcess') {
      problems.push(problem(element, 'a sub-process cannot be repeated; repeat a call activity'));
    } else if (element.loopCharacteristics.completionCondition) {
      problems.push(problem(element, 'a completion condition of a repeated task cannot be run'));
    }
  }
  for (const value of element.extensionElements?.values ?? []) {
    if (value.$type === 'zeebe:ExecutionListeners' || value.$type === 'zeebe:TaskListeners') {
      problems.push(problem(element, 'listeners are not run; draw a service task'));
    }
    if (value.$type === 'zeebe:Script') problems.push(problem(element, 'scripts are not run'));
  }
  return problems;
}
