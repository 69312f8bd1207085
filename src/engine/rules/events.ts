import { localType } from '../model/moddle.js';
import type { BpmnElement } from '../model/moddle.js';
import { eventDefinitions } from '../model/read-trigger.js';
import { aType, problem } from './rule.js';
import type { Problem, Rule, Subject } from './rule.js';
import { triggerProblems } from './triggers.js';

/** Which triggers each kind of event may have; '' stands for none. */
const TRIGGERS: Record<string, readonly string[]> = {
  startEvent: ['', 'message', 'signal', 'timer'],
  eventSubProcessStart: ['message', 'signal', 'timer', 'conditional', 'error', 'escalation'],
  endEvent: ['', 'terminate', 'error', 'escalation', 'signal', 'compensate', 'message'],
  intermediateCatchEvent: ['timer', 'message', 'signal', 'conditional', 'link'],
  intermediateThrowEvent: ['', 'signal', 'escalation', 'compensate', 'link', 'message'],
  boundaryEvent: ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensate'],
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

/** Events have one trigger of a kind the engine delivers, in a place where it can. */
export const events: Rule = (subject) =>
  subject.placed.flatMap(({ element, parentId }) => {
    const type = localType(element);
    if (!TRIGGERS[type]) return [];
    const scope = subject.model.elements.get(parentId);
    const role = type === 'startEvent' && scope?.triggeredByEvent ? 'eventSubProcessStart' : type;
    return eventProblems(subject, element, parentId, role);
  });

function eventProblems(
  subject: Subject,
  element: BpmnElement,
  parentId: string,
  role: string,
): Problem[] {
  const definitions = eventDefinitions(element);
  if (definitions.length > 1) return [problem(element, 'an event may have only one trigger')];
  const [definition] = definitions;
  const trigger = definition ? localType(definition).replace('EventDefinition', '') : '';
  if (!TRIGGERS[role]?.includes(trigger)) {
    const what = trigger ? `${aType(trigger)} trigger` : 'no trigger';
    const where = role === 'eventSubProcessStart' ? 'an event sub-process' : aType(role);
    return [problem(element, `${where} with ${what} cannot be run`)];
  }
  if (role === 'startEvent' && trigger && parentId !== subject.process.id) {
    return [problem(element, 'a sub-process begins with a start event without a trigger')];
  }
  return [
    ...(role === 'boundaryEvent' ? hostProblems(element, trigger) : []),
    ...triggerProblems(subject, element, parentId),
  ];
}

function hostProblems(element: BpmnElement, trigger: string): Problem[] {
  const host = element.attachedToRef;
  if (!host || !HOSTS.has(localType(host))) {
    return [problem(element, 'a boundary event must sit on a task, call activity or sub-process')];
  }
  if (host.triggeredByEvent) {
    return [problem(element, 'nothing can be attached to an event sub-process')];
  }
  if (trigger === 'error' && element.cancelActivity === false) {
    return [problem(element, 'an error always interrupts (BPMN 2.0.2 §10.5.4)')];
  }
  return [];
}
