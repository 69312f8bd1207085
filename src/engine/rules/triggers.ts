import { checkFeel, evaluateFeel } from '../../decisions/feel.js';
import { firstDue } from '../arrivals/timer.js';
import type { BpmnElement } from '../model/moddle.js';
import type { ElementModel, ProcessModel, Trigger } from '../model/process-model.js';
import { problem } from './rule.js';
import type { Problem, Subject } from './rule.js';

/** A trigger says everything it needs: its time, name, key, code or condition. */
export function triggerProblems(
  { model }: Subject,
  drawn: BpmnElement,
  parentId: string,
): Problem[] {
  const element = model.elements.get(drawn.id ?? '');
  if (!element?.trigger) return [];
  const isStart = element.type === 'startEvent' && parentId === model.processId;
  const reason =
    faultOf(model, element, element.trigger, isStart) ?? ambiguity(element, element.trigger, drawn);
  return reason === null ? [] : [problem(element, reason)];
}

/** What is said twice, or in a way that only other fields are read in. */
function ambiguity(
  { job }: ElementModel,
  trigger: Trigger,
  { eventDefinitions: [event] = [] }: BpmnElement,
): string | null {
  if (job && trigger.kind !== 'message') return 'only a message that is sent has a type';
  if ('code' in trigger && isFeel(trigger.code)) {
    return `the code of an ${trigger.kind} is fixed, not computed`;
  }
  const times = [event?.timeDate, event?.timeDuration, event?.timeCycle].filter(Boolean);
  return times.length > 1 ? 'the timer has several times; only one of them can be run' : null;
}

/** Names are keys in the database. */
const MAX_NAME_LENGTH = 256;

function faultOf(
  model: ProcessModel,
  element: ElementModel,
  trigger: Trigger,
  isStart: boolean,
): string | null {
  if ('name' in trigger && trigger.name.length > MAX_NAME_LENGTH && !isFeel(trigger.name)) {
    return `the ${trigger.kind} has a name of more than ${MAX_NAME_LENGTH} characters`;
  }
  const throws = element.type === 'endEvent' || element.type === 'intermediateThrowEvent';
  switch (trigger.kind) {
    case 'timer':
      return timerFault(element, trigger, isStart);
    case 'message':
      if (throws) return element.job ? null : 'a message that is sent needs a zeebe:taskDefinition';
      if (!trigger.name) return 'the message has no name';
      if (isStart) return literal(trigger.name, 'message');
      return trigger.correlationKey
        ? null
        : 'the message has no correlation key (zeebe:subscription)';
    case 'signal':
      if (!trigger.name) return 'the signal has no name';
      return isStart ? literal(trigger.name, 'signal') : null;
    case 'conditional':
      return trigger.condition.startsWith('=')
        ? null
        : 'the condition must be FEEL and begin with "="';
    case 'error':
    case 'escalation':
      return throws && !trigger.code ? `the ${trigger.kind} that is thrown has no code` : null;
    case 'compensation':
      return throws ? null : handlerFault(model, element);
    case 'link':
      return linkFault(model, element, trigger.name);
    default:
      return null;
  }
}

function timerFault(
  { type, interrupting }: ElementModel,
  timer: Trigger & { kind: 'timer' },
  isStart: boolean,
): string | null {
  if (!timer.value) return 'the timer has no time';
  const unusable = timeFault(timer, isStart);
  if (unusable !== null) return unusable;
  const mayRepeat =
    isStart || ((type === 'boundaryEvent' || type === 'startEvent') && !interrupting);
  return timer.type === 'cycle' && !mayRepeat
    ? 'a cycle is only for a start event or an event that does not interrupt'
    : null;
}

const ANY_TIME = new Date('2026-01-01T00:00:00Z');

/** A time that can be told before there is an instance: a literal one, and that of a start event. */
function timeFault(timer: Trigger & { kind: 'timer' }, isStart: boolean): string | null {
  const isLiteral = !isFeel(timer.value);
  if (!isLiteral && (!isStart || checkFeel(timer.value.slice(1)) !== null)) return null;
  try {
    const now = ANY_TIME;
    firstDue(timer, now, (text) => (isLiteral ? text : evaluateFeel(text.slice(1), {}, { now })));
    return null;
  } catch (error) {
    return `the time cannot be told: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Before an instance exists there are no variables to take a name from. */
function literal(name: string, what: string): string | null {
  return isFeel(name) ? `the ${what} a process begins with needs a fixed name` : null;
}

function handlerFault(model: ProcessModel, { compensatedBy }: ElementModel): string | null {
  const handler = model.elements.get(compensatedBy ?? '');
  return handler?.isForCompensation
    ? null
    : 'the compensation event needs an association to an activity for compensation';
}

function linkFault(model: ProcessModel, element: ElementModel, name: string): string | null {
  if (!name) return 'the link has no name';
  const same = [...model.elements.values()].filter(
    (other) =>
      other.trigger?.kind === 'link' &&
      other.trigger.name === name &&
      other.parentId === element.parentId,
  );
  const targets = same.filter(({ type }) => type === 'intermediateCatchEvent').length;
  if (targets === 1) return null;
  return `the link "${name}" leads to ${targets} events here; it must lead to one`;
}

function isFeel(text: string): boolean {
  return text.startsWith('=');
}
