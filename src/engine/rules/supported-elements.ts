import { localType } from '../model/moddle.js';
import type { BpmnElement } from '../model/moddle.js';
import { PASSIVE_TYPES } from '../model/read-process.js';
import { aType, problem } from './rule.js';
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
  if (!SUPPORTED.has(type)) return [problem(element, `${aType(type)} cannot be run`)];
  return loopProblems(element, type);
}

function loopProblems(element: BpmnElement, type: string): Problem[] {
  const loop = element.loopCharacteristics;
  if (!loop) return [];
  if (element.isForCompensation) return [problem(element, 'what undoes a task cannot be repeated')];
  if (localType(loop) === 'standardLoopCharacteristics') return [];
  if (type === 'subProcess') {
    return [
      problem(element, 'a sub-process cannot be repeated over a list; repeat a call activity'),
    ];
  }
  return [];
}
