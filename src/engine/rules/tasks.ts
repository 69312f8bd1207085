import { extension, localType } from '../model/moddle.js';
import { triggerOf } from '../model/process-model.js';
import type { ElementModel } from '../model/process-model.js';
import { problem } from './rule.js';
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
      if (element.decision)
        need(element.decision.resultVariable, 'the decision has no result variable');
      break;
    case 'callActivity':
      need(element.call?.processId, 'the call activity has no process (zeebe:calledElement)');
      break;
    case 'receiveTask':
      need(message?.name, 'the receive task has no message');
      need(message?.correlationKey, 'the message has no correlation key');
      break;
    case 'subProcess':
      if (element.inputs.length || element.outputs.length) {
        problems.push(
          problem(element, 'a sub-process cannot map variables; map them on its tasks'),
        );
      }
      break;
    default:
  }
  if (element.standardLoop) {
    const { condition, maximum } = element.standardLoop;
    need(condition ?? maximum, 'the loop has neither a condition nor a maximum');
  }
  if (element.loop) need(element.loop.inputCollection, 'the repeated task has no input collection');
  for (const { source, target } of [...element.inputs, ...element.outputs]) {
    need(source, `the mapping to "${target}" has no source`);
    need(
      /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(target),
      `"${target}" is not a variable name`,
    );
  }
  return problems;
}
