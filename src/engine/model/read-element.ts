import { children, extension, localType, text } from './moddle.js';
import type { BpmnElement } from './moddle.js';
import type {
  ElementModel,
  ElementType,
  LoopModel,
  Mapping,
  UserTaskModel,
} from './process-model.js';

/** Reads one flow node with its `zeebe:` extension elements. */
export function readElement(
  element: BpmnElement,
  place: { parentId: string; lane: string | null },
): ElementModel {
  const event = element.eventDefinitions?.[0];
  const eventType = event && localType(event);
  const called = extension(element, 'CalledElement');
  return {
    id: element.id ?? '',
    type: localType(element) as ElementType,
    name: element.name ?? null,
    parentId: place.parentId,
    lane: place.lane,
    properties: readProperties(element),
    inputs: readMappings(element, 'inputParameters'),
    outputs: readMappings(element, 'outputParameters'),
    headers: readHeaders(element),
    job: readJob(element),
    userTask: localType(element) === 'userTask' ? readUserTask(element) : null,
    decision: readDecision(element),
    call: called
      ? {
          processId: text(called, 'processId') ?? '',
          propagateAllChildVariables: called['propagateAllChildVariables'] !== false,
        }
      : null,
    loop: element.loopCharacteristics ? readLoop(element.loopCharacteristics) : null,
    timer: event && eventType === 'timerEventDefinition' ? readTimer(event) : null,
    message: readMessage(element, event),
    error: eventType === 'errorEventDefinition' ? { code: event?.errorRef?.errorCode ?? '' } : null,
    terminate: eventType === 'terminateEventDefinition',
    attachedTo: element.attachedToRef?.id ?? null,
    interrupting: element.cancelActivity !== false,
  };
}

/** The `zeebe:properties` of an element, by name. */
export function readProperties(element: BpmnElement): Record<string, string> {
  const entries = children(extension(element, 'Properties'), 'properties').map((property) => [
    text(property, 'name') ?? '',
    text(property, 'value') ?? '',
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function readMappings(element: BpmnElement, list: string): Mapping[] {
  return children(extension(element, 'IoMapping'), list).map((mapping) => ({
    source: text(mapping, 'source') ?? '',
    target: text(mapping, 'target') ?? '',
  }));
}

function readHeaders(element: BpmnElement): Record<string, string> {
  const entries = children(extension(element, 'TaskHeaders'), 'values').map((header) => [
    text(header, 'key') ?? '',
    text(header, 'value') ?? '',
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function readJob(element: BpmnElement): ElementModel['job'] {
  const definition = extension(element, 'TaskDefinition');
  const type = text(definition, 'type');
  return type === null ? null : { type, retries: text(definition, 'retries') ?? '3' };
}

function readUserTask(element: BpmnElement): UserTaskModel {
  const assignment = extension(element, 'AssignmentDefinition');
  const schedule = extension(element, 'TaskSchedule');
  const form = extension(element, 'FormDefinition');
  return {
    assignee: text(assignment, 'assignee'),
    candidateGroups: text(assignment, 'candidateGroups'),
    candidateUsers: text(assignment, 'candidateUsers'),
    formId: text(form, 'formId'),
    dueDate: text(schedule, 'dueDate'),
    followUpDate: text(schedule, 'followUpDate'),
    priority: text(extension(element, 'PriorityDefinition'), 'priority'),
  };
}

function readDecision(element: BpmnElement): ElementModel['decision'] {
  const called = extension(element, 'CalledDecision');
  const decisionId = text(called, 'decisionId');
  if (decisionId === null) return null;
  return { decisionId, resultVariable: text(called, 'resultVariable') ?? '' };
}

function readLoop(loop: BpmnElement): LoopModel {
  const definition = extension(loop, 'LoopCharacteristics');
  return {
    sequential: loop.isSequential === true,
    inputCollection: text(definition, 'inputCollection') ?? '',
    inputElement: text(definition, 'inputElement'),
    outputCollection: text(definition, 'outputCollection'),
    outputElement: text(definition, 'outputElement'),
  };
}

function readTimer(event: BpmnElement): ElementModel['timer'] {
  if (event.timeDuration) return { kind: 'duration', value: event.timeDuration.body ?? '' };
  if (event.timeDate) return { kind: 'date', value: event.timeDate.body ?? '' };
  return { kind: 'cycle', value: event.timeCycle?.body ?? '' };
}

function readMessage(
  element: BpmnElement,
  event: BpmnElement | undefined,
): ElementModel['message'] {
  const message = event?.messageRef ?? element.messageRef;
  if (!message) return null;
  return {
    name: message.name ?? '',
    correlationKey: text(extension(message, 'Subscription'), 'correlationKey') ?? '',
  };
}
