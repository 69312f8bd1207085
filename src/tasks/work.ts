import { can, demand } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { appendEvent } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import type { Clock } from '../kernel/clock.js';
import { ConflictError, ForbiddenError, InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Task, TaskChange } from './tasks.js';
import { lockOpenTask, subjectOf, updateTask } from './tasks.js';

export interface TaskWorkOptions {
  clock: Clock;
  newId: () => Id;
}

/**
 * Takes a task. Taking one's own again is no error.
 * @throws NotFoundError, ForbiddenError 'forbidden', ConflictError 'task_claimed' or 'task_not_open'
 */
export async function claimTask(
  tx: Tx,
  principal: Principal,
  taskId: Id,
  options: TaskWorkOptions,
): Promise<Task> {
  const task = await lockOpenTask(tx, principal.tenant, taskId);
  demand(principal, 'tasks.work', subjectOf(task));
  if (task.assignee === principal.username) return task;
  if (task.assignee !== null) {
    throw new ConflictError('task_claimed', 'Somebody else has taken this task.');
  }
  return assign(tx, principal, task, principal.username, 'task.claimed', options);
}

/**
 * Gives a task back to its group. One that nobody has is given back already.
 * @throws NotFoundError, ForbiddenError 'task_not_yours', ConflictError 'task_not_open'
 */
export async function releaseTask(
  tx: Tx,
  principal: Principal,
  taskId: Id,
  options: TaskWorkOptions,
): Promise<Task> {
  const task = await lockOpenTask(tx, principal.tenant, taskId);
  if (task.assignee === null) {
    demand(principal, 'tasks.work', subjectOf(task));
    return task;
  }
  requireOwn(principal, task);
  return assign(tx, principal, task, null, 'task.released', options);
}

/**
 * Gives a task to somebody: to oneself by whoever may take it, to others by whoever leads its group.
 * @throws NotFoundError, ForbiddenError 'forbidden', ConflictError 'task_claimed' or 'task_not_open'
 */
export async function assignTask(
  tx: Tx,
  principal: Principal,
  assignment: { taskId: Id; assignee: string; allowOverride: boolean },
  options: TaskWorkOptions,
): Promise<Task> {
  const { taskId, assignee, allowOverride } = assignment;
  const task = await lockOpenTask(tx, principal.tenant, taskId);
  const takesIt = assignee === principal.username && task.assignee === null;
  demand(
    principal,
    takesIt && !leads(principal, task) ? 'tasks.work' : 'tasks.assign',
    subjectOf(task),
  );
  if (task.assignee === assignee) return task;
  if (task.assignee !== null && !allowOverride) {
    throw new ConflictError('task_claimed', 'Somebody else has taken this task.');
  }
  return assign(tx, principal, task, assignee, 'task.assigned', options);
}

/**
 * Takes a task from whoever has it, or gives one's own back.
 * @throws NotFoundError, ForbiddenError 'task_not_yours', ConflictError 'task_not_open'
 */
export async function unassignTask(
  tx: Tx,
  principal: Principal,
  taskId: Id,
  options: TaskWorkOptions,
): Promise<Task> {
  const task = await lockOpenTask(tx, principal.tenant, taskId);
  if (!leads(principal, task)) requireOwn(principal, task);
  if (task.assignee === null) return task;
  return assign(tx, principal, task, null, 'task.unassigned', options);
}

/**
 * Changes a task's due date, priority or candidates.
 * @throws NotFoundError, ForbiddenError 'forbidden', InvalidError, ConflictError 'task_not_open'
 */
export async function changeTask(
  tx: Tx,
  principal: Principal,
  taskId: Id,
  change: TaskChange,
  options: TaskWorkOptions,
): Promise<Task> {
  const task = await lockOpenTask(tx, principal.tenant, taskId);
  demand(principal, 'tasks.assign', subjectOf(task));
  const { priority } = change;
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= 100)) {
    throw new InvalidError('task_invalid', 'The priority is a whole number from 0 to 100.', {
      details: [{ path: 'priority', reason: 'must be a whole number from 0 to 100' }],
    });
  }
  await updateTask(tx, principal.tenant, taskId, change);
  const fields = Object.keys(change).sort();
  await appendTaskEvent(tx, principal, task, 'task.changed', options, { fields });
  return { ...task, ...change };
}

/** Whether the principal decides who does the task. */
export function leads(principal: Principal, task: Task): boolean {
  return can(principal, 'tasks.assign', subjectOf(task));
}

/** @throws ForbiddenError 'task_not_yours' */
export function requireOwn(principal: Principal, task: Task): void {
  if (can(principal, 'tasks.complete', subjectOf(task))) return;
  throw new ForbiddenError('task_not_yours', 'Somebody else has taken this task.');
}

/**
 * Tells the task's story, with the inquiry's number for whoever reads it alone, and for whom it was
 * done when somebody stood in.
 */
export function appendTaskEvent(
  tx: Tx,
  principal: Pick<Principal, 'tenant' | 'username' | 'standsInFor'>,
  task: Pick<Task, 'id' | 'assignee' | 'elementId' | 'reference'>,
  kind: `task.${string}`,
  { clock, newId }: TaskWorkOptions,
  data: JsonObject = {},
): Promise<void> {
  const { tenant, username } = principal;
  const absent = principal.standsInFor?.find((login) => login === task.assignee);
  return appendEvent(tx, tenant, {
    id: newId(),
    subjectType: 'task',
    subjectId: task.id,
    kind,
    actor: username,
    at: clock(),
    data: {
      ...data,
      ...(absent !== undefined && { onBehalfOf: absent }),
      element: task.elementId,
      reference: task.reference,
    },
  });
}

async function assign(
  tx: Tx,
  principal: Principal,
  task: Task,
  assignee: string | null,
  kind: `task.${string}`,
  options: TaskWorkOptions,
): Promise<Task> {
  await updateTask(tx, principal.tenant, task.id, { assignee });
  const data = kind === 'task.assigned' ? { assignee } : {};
  await appendTaskEvent(tx, principal, task, kind, options, data);
  return { ...task, assignee };
}
