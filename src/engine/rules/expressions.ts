import { checkFeel } from '../../decisions/feel.js';
import type { ElementModel, FlowModel, Trigger } from '../model/process-model.js';
import { problem } from './rule.js';
import type { Problem, Rule } from './rule.js';

/** Each takes a third of a millisecond to check; real processes have some hundred. */
const MAX_EXPRESSIONS = 5000;

/** Every expression parses as FEEL, and nothing looks like a template of another engine. */
export const expressions: Rule = ({ process, model }) => {
  const texts = [...model.elements.values()].flatMap((element) =>
    textsOf(element).flatMap((text) => (text ? [{ element, text }] : [])),
  );
  if (texts.length > MAX_EXPRESSIONS) {
    return [problem(process, `the process has more than ${MAX_EXPRESSIONS} expressions`)];
  }
  return [
    ...texts.flatMap(({ element, text }) => textProblems(element, text)),
    ...model.flows.flatMap((flow) => conditionProblems(flow)),
  ];
};

function textsOf(element: ElementModel): (string | null | undefined)[] {
  const { userTask, loop } = element;
  return [
    ...element.inputs.map(({ source }) => source),
    ...element.outputs.map(({ source }) => source),
    element.job?.type,
    element.job?.retries,
    userTask?.assignee,
    userTask?.candidateGroups,
    userTask?.candidateUsers,
    userTask?.dueDate,
    userTask?.followUpDate,
    userTask?.priority,
    element.decision?.decisionId,
    element.call?.processId,
    loop?.inputCollection,
    loop?.outputElement,
    element.standardLoop?.condition,
    ...textsIn(element.trigger),
  ];
}

function textsIn(trigger: Trigger | null): string[] {
  switch (trigger?.kind) {
    case 'timer':
      return [trigger.value];
    case 'message':
      return [trigger.name, trigger.correlationKey];
    case 'signal':
      return [trigger.name];
    case 'conditional':
      return [trigger.condition];
    default:
      return [];
  }
}

function conditionProblems(flow: FlowModel): Problem[] {
  if (flow.condition === null) return [];
  if (!flow.condition.startsWith('=')) {
    return [problem(flow, 'the condition must be FEEL and begin with "="')];
  }
  return textProblems(flow, flow.condition);
}

function textProblems(where: { id: string; name: string | null }, text: string): Problem[] {
  const template = /[$#](?=\{)/.exec(text)?.[0];
  if (template !== undefined && (template === '$' || !text.startsWith('='))) {
    const what = `"${template}{…}" is not evaluated`;
    return [problem(where, `${what}; write FEEL beginning with "=": ${text}`)];
  }
  if (!text.startsWith('=')) return [];
  const fault = checkFeel(text.slice(1));
  return fault === null ? [] : [problem(where, `the expression ${text} is not FEEL: ${fault}`)];
}
