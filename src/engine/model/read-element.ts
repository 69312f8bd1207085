import { children, extension, localType, text } from './moddle.js';
import type { BpmnElement } from './moddle.js';
import type { ElementModel, ElementType, Mapping, UserTaskModel } from './process-model.js';
import { readTrigger } from './read-trigger.js';

/** Reads one flow node with its `zeebe:` extension elements. */
export function readElement(
  element: BpmnElement,
  place: { parentId: string; lane: string | null; compensatedBy: string | null },
): ElementModel {
  const called = extension(element, 'CalledElement');
  const type = localType(element);
  return {
    ...place,
    id: element.id ?? '',
    type: type as ElementType,
    name: element.name ?? null,
    properties: readProperties(element),
    inputs: readMappings(element, 'inputParameters'),
    outputs: readMappings(element, 'outputParameters'),
    headers: readHeaders(element),
    job: readJob(element),
    userTask: type === 'userTask' ? readUserTask(element) : null,
    decision: readDecision(element),
    call: called
      ? {
          processId: text(called, 'processId') ?? '',
          propagateAllChildVariables: called['propagateAllChildVariables'] !== false,
          propagateAllParentVariables: called['propagateAllParentVariables'] !== false,
        }
      : null,
    ...readLoops(element),
    trigger: readTrigger(element),
    attachedTo: element.attachedToRef?.id ?? null,
    interrupting: element.cancelActivity !== false && element.isInterrupting !== false,
    triggeredByEvent: element.triggeredByEvent === true,
    isForCompensation: element.isForCompensation === true,
    synthetic: false,
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

function readLoops(element: BpmnElement): Pick<ElementModel, 'loop' | 'standardLoop'> {
  const loop = element.loopCharacteristics;
  if (!loop) return { loop: null, standardLoop: null };
  if (localType(loop) === 'standardLoopCharacteristics') {
    const standardLoop = {
      condition: loop.loopCondition?.body?.trim() ?? null,
      testBefore: loop.testBefore === true,
      maximum: loop.loopMaximum ?? null,
    };
    return { loop: null, standardLoop };
  }
  const definition = extension(loop, 'LoopCharacteristics');
  const repeated = {
    sequential: loop.isSequential === true,
    inputCollection: text(definition, 'inputCollection') ?? '',
    inputElement: text(definition, 'inputElement'),
    outputCollection: text(definition, 'outputCollection'),
    outputElement: text(definition, 'outputElement'),
  };
  return { loop: repeated, standardLoop: null };
}
