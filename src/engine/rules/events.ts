import { localType } from '../model/moddle.js';
import type { BpmnElement } from '../model/moddle.js';
import { catcherOf } from '../model/process-model.js';
import { problem } from './rule.js';
import type { Problem, Rule, Subject } from './rule.js';

/** Which triggers each kind of event may have; '' stands for none. */
const TRIGGERS: Record<string, readonly string[]> = {
  startEvent: ['', 'messageEventDefinition'],
  endEvent: ['', 'terminateEventDefinition', 'errorEventDefinition'],
  intermediateCatchEvent: ['timerEventDefinition', 'messageEventDefinition'],
  intermediateThrowEvent: [''],
  boundaryEvent: ['timerEventDefinition', 'messageEventDefinition', 'errorEventDefinition'],
};

const HOSTS = new Set([
  'userTask',
  'serviceTask',
  'sendTask',
  'businessRuleTask',
  'receiveTask',
  'callActivity',
  'subProcess',
]);

/** Events have one trigger of a kind the engine delivers, complete and, for errors, caught. */
export const events: Rule = (subject) =>
  subject.placed.flatMap(({ element, parentId }) => {
    const allowed = TRIGGERS[localType(element)];
    return allowed ? eventProblems(subject, element, parentId, allowed) : [];
  });

function eventProblems(
  subject: Subject,
  element: BpmnElement,
  parentId: string,
  allowed: readonly string[],
): Problem[] {
  if (element.eventDefinitionRef?.length) {
    return [problem(element, 'a referenced event definition cannot be run; draw it in the event')];
  }
  const definitions = element.eventDefinitions ?? [];
  if (definitions.length > 1) return [problem(element, 'an event may have only one trigger')];
  const trigger = definitions[0] ? localType(definitions[0]) : '';
  if (!allowed.includes(trigger)) {
    const what = trigger ? `a ${trigger.replace('EventDefinition', '')} trigger` : 'no trigger';
    return [problem(element, `a ${localType(element)} with ${what} cannot be run`)];
  }
  return [
    ...placeProblems(subject, element, parentId, trigger),
    ...triggerProblems(subject, element, trigger),
  ];
}

function placeProblems(
  { process }: Subject,
  element: BpmnElement,
  parentId: string,
  trigger: string,
): Problem[] {
  const type = localType(element);
  if (type === 'startEvent' && trigger && parentId !== process.id) {
    return [problem(element, 'a sub-process begins with a start event without a trigger')];
  }
  if (type !== 'boundaryEvent') return [];
  const host = element.attachedToRef;
  if (!host || !HOSTS.has(localType(host))) {
    return [problem(element, 'a boundary event must sit on a task, call activity or sub-process')];
  }
  if (host.loopCharacteristics && trigger === 'errorEventDefinition') {
    return [problem(element, 'an error on a repeated task cannot be caught on its border')];
  }
  if (trigger === 'errorEventDefinition' && element.cancelActivity === false) {
    return [problem(element, 'an error always interrupts (BPMN 2.0.2 §10.5.4)')];
  }
  return [];
}

function triggerProblems(subject: Subject, element: BpmnElement, trigger: string): Problem[] {
  const model = subject.model.elements.get(element.id ?? '');
  if (!model) return [];
  if (trigger === 'timerEventDefinition') {
    if (!model.timer?.value) return [problem(element, 'the timer has no time')];
    if (model.timer.kind === 'cycle' && (model.type !== 'boundaryEvent' || model.interrupting)) {
      return [problem(element, 'a cycle is only for a non-interrupting boundary timer')];
    }
  }
  if (trigger === 'messageEventDefinition') {
    if (!model.message?.name) return [problem(element, 'the message has no name')];
    if (model.type !== 'startEvent' && !model.message.correlationKey) {
      return [problem(element, 'the message has no correlation key (zeebe:subscription)')];
    }
  }
  if (trigger === 'errorEventDefinition' && model.type === 'endEvent') {
    if (!model.error?.code) return [problem(element, 'the error end event has no error code')];
    if (!catcherOf(subject.model, model.parentId, model.error.code)) {
      return [problem(element, `nothing catches the error "${model.error.code}"`)];
    }
  }
  return [];
}
