import { parseDateTime } from '../../calendar/date-time.js';
import { InvalidError } from '../../kernel/errors.js';
import type { JsonValue } from '../../kernel/json.js';
import type { Arrival } from '../elements/runtime-types.js';
import type { ElementModel, ValueText } from '../model/process-model.js';
import { scopeOf, valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** Camunda's own default, in the middle of 0 to 100. */
const DEFAULT_PRIORITY = 50;

/** Puts a task on somebody's desk. */
export function arriveAtUserTask(step: Step, arrival: Arrival, element: ElementModel): void {
  const { executionId } = arrival;
  const scope = scopeOf(step, executionId);
  const task = element.userTask;
  const value = (text: ValueText | null | undefined): JsonValue =>
    text ? valueOf(step, text, scope) : null;
  const id = step.ports.newId();
  step.changes.tasks.push({
    id,
    execution_id: executionId,
    element_id: element.id,
    name: element.name,
    assignee: nameIn(value(task?.assignee), 'the assignee'),
    candidate_groups: namesIn(value(task?.candidateGroups), 'the candidate groups'),
    candidate_users: namesIn(value(task?.candidateUsers), 'the candidate users'),
    form_id: task?.formId ?? null,
    priority: priorityIn(value(task?.priority)),
    due_at: timeIn(value(task?.dueDate)),
    follow_up_at: timeIn(value(task?.followUpDate)),
    variables: step.document.locals[executionId] ?? {},
  });
  step.document.waits[executionId] = { kind: 'task', key: id, elementId: element.id };
}

function nameIn(value: JsonValue, what: string): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw unusable(`${what} must be a name, not ${typeof value}`);
  return value;
}

/** A list, or a text with commas between the names, as the desktop modeller writes it. */
function namesIn(value: JsonValue, what: string): string[] {
  const names = typeof value === 'string' ? value.split(',') : (value ?? []);
  if (!Array.isArray(names)) throw unusable(`${what} must be a list of names`);
  return names.flatMap((name) => nameIn(typeof name === 'string' ? name.trim() : name, what) ?? []);
}

function priorityIn(value: JsonValue): number {
  const priority = value === null ? DEFAULT_PRIORITY : Number(value);
  if (!Number.isInteger(priority) || priority < 0 || priority > 100) {
    throw unusable('the priority must be a whole number from 0 to 100');
  }
  return priority;
}

function timeIn(value: JsonValue): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw unusable('the due date must be a date and time');
  return parseDateTime(value).toISOString();
}

function unusable(reason: string): InvalidError {
  return new InvalidError('value_unusable', reason);
}
