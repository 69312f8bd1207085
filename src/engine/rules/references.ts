import { localType } from '../model/moddle.js';
import type { BpmnElement } from '../model/moddle.js';
import { eventDefinitions } from '../model/read-trigger.js';
import { problem } from './rule.js';
import type { Problem, Rule } from './rule.js';

/** What each reference must lead to. */
const KINDS = {
  messageRef: ['message', 'a message'],
  signalRef: ['signal', 'a signal'],
  errorRef: ['error', 'an error'],
  escalationRef: ['escalation', 'an escalation'],
} as const;

/** A reference leads to a thing of the right kind; the parser takes any that has the id. */
export const references: Rule = ({ placed }) =>
  placed.flatMap(({ element, parentId }) => [
    ...[element, ...eventDefinitions(element)].flatMap((holder) => kindProblems(element, holder)),
    ...defaultProblems(element),
    ...hostProblems(element, parentId, placed),
  ]);

function kindProblems(element: BpmnElement, holder: BpmnElement): Problem[] {
  return Object.entries(KINDS).flatMap(([property, [kind, what]]) => {
    const target = holder[property as keyof typeof KINDS];
    if (!target || localType(target) === kind) return [];
    return [problem(element, `its ${property} leads to "${target.id}", which is not ${what}`)];
  });
}

function defaultProblems(element: BpmnElement): Problem[] {
  const flow = element.default;
  if (!flow || (localType(flow) === 'sequenceFlow' && flow.sourceRef === element)) return [];
  return [problem(element, `its default "${flow.id}" is not a sequence flow that leaves it`)];
}

function hostProblems(
  element: BpmnElement,
  parentId: string,
  placed: readonly { element: BpmnElement; parentId: string }[],
): Problem[] {
  const host = element.attachedToRef;
  if (!host || placed.some((other) => other.element === host && other.parentId === parentId)) {
    return [];
  }
  return [problem(element, `it is attached to "${host.id}", which lies in another scope`)];
}
