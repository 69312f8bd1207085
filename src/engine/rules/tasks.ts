import { extension, localType } from '../model/moddle.js';
import { triggerOf } from '../model/process-model.js';
import type { ElementModel } from '../model/process-model.js';
import { isName, problem } from './rule.js';
import type { Problem, Rule } from './rule.js';

/** A task must say what is done: its handler, decision, called process, message or list. */
export const tasks: Rule = ({ placed, model }) =>
  placed.flatMap(({ element }) => {
    const read = model.elements.get(element.id ?? '');
    if (!read) return [];
    const problems = taskProblems(read);
    if (localType(element) === 'userTask' && !extension(element, 'UserTask')) {
      problems.push(
        problem(read, 'the user task lacks <zeebe:userTask/>, which a model for Camunda 8 has'),
      );
    }
    return problems;
  });

function taskProblems(element: ElementModel): Problem[] {
  const problems: Problem[] = [];
  const need = (holds: unknown, reason: string): void => {
    if (!holds) problems.push(problem(element, reason));
  };
  const { type: jobType = '' } = element.job ?? {};
  need(jobType.startsWith('=') || jobType.length <= 256, 'the type has more than 256 characters');
  const message = triggerOf(element, 'message');
  switch (element.type) {
    case 'serviceTask':
    case 'sendTask':
      need(element.job, 'the service task has no type (zeebe:taskDefinition)');
      break;
    case 'businessRuleTask':
      need(element.decision ?? element.job, 'the business rule task has no decision');
      if (element.decision) {
        need(!element.job, 'the task has both a decision and a type; only one of them can be run');
        need(isName(element.decision.resultVariable), 'the decision has no result variable');
      }
      break;
    case 'callActivity':
      need(element.call?.processId, 'the call activity has no process (zeebe:calledElement)');
      break;
    case 'receiveTask':
      need(message?.name, 'the receive task has no message');
      need(message?.correlationKey, 'the message has no correlation key');
      break;
    default:
  }
  if (element.standardLoop) {
    const { condition, maximum } = element.standardLoop;
    need(condition ?? maximum, 'the loop has neither a condition nor a maximum');
  }
  problems.push(...listProblems(element));
  return problems;
}

function listProblems(element: ElementModel): Problem[] {
  const { loop } = element;
  if (!loop) return [];
  const { inputCollection, inputElement, outputCollection, outputElement } = loop;
  const names = [inputElement, outputCollection].filter((name) => name !== null && !isName(name));
  return [
    ...(inputCollection ? [] : ['the repeated task has no input collection']),
    ...((outputCollection === null) === (outputElement === null)
      ? []
      : ['a list of results needs both outputCollection and outputElement']),
    ...names.map((name) => `"${name}" is not a variable name`),
  ].map((reason) => problem(element, reason));
}
