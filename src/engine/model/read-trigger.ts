import type { BpmnElement } from './moddle.js';
import { extension, localType, text } from './moddle.js';
import type { Trigger } from './process-model.js';

/** The one event definition of an event, drawn in it or referred to (BPMN 2.0.2 §10.5.5). */
export function eventDefinitions(element: BpmnElement): BpmnElement[] {
  return [...(element.eventDefinitions ?? []), ...(element.eventDefinitionRef ?? [])];
}

/** What an event waits for or throws; a receive task waits for its message. */
export function readTrigger(element: BpmnElement): Trigger | null {
  const [definition] = eventDefinitions(element);
  if (!definition) return element.messageRef ? readMessage(element.messageRef) : null;
  switch (localType(definition)) {
    case 'timerEventDefinition':
      return readTimer(definition);
    case 'messageEventDefinition':
      return readMessage(definition.messageRef);
    case 'signalEventDefinition':
      return { kind: 'signal', name: definition.signalRef?.name ?? '' };
    case 'conditionalEventDefinition':
      return { kind: 'conditional', condition: definition.condition?.body?.trim() ?? '' };
    case 'errorEventDefinition':
      return { kind: 'error', code: definition.errorRef?.errorCode ?? '' };
    case 'escalationEventDefinition':
      return { kind: 'escalation', code: definition.escalationRef?.escalationCode ?? '' };
    case 'compensateEventDefinition':
      return { kind: 'compensation', activityId: definition.activityRef?.id ?? null };
    case 'linkEventDefinition':
      return { kind: 'link', name: definition.name ?? '' };
    case 'terminateEventDefinition':
      return { kind: 'terminate' };
    default:
      return null;
  }
}

function readTimer(event: BpmnElement): Trigger {
  const { timeDuration, timeDate, timeCycle } = event;
  const [type, time] = timeDuration
    ? (['duration', timeDuration] as const)
    : timeDate
      ? (['date', timeDate] as const)
      : (['cycle', timeCycle] as const);
  return { kind: 'timer', type, value: time?.body?.trim() ?? '' };
}

function readMessage(message: BpmnElement | undefined): Trigger {
  const subscription = message && extension(message, 'Subscription');
  return {
    kind: 'message',
    name: message?.name ?? '',
    correlationKey: text(subscription, 'correlationKey') ?? '',
  };
}
