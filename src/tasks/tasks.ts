import type { Subject } from '../access/policy.js';
import type { Tx } from '../db/tx.js';
import { ConflictError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

/** A user task, and the inquiry it is about when it is about one. */
export interface Task {
  id: Id;
  name: string | null;
  state: 'created' | 'completed' | 'canceled';
  elementId: string;
  processId: string;
  instanceId: Id;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  formId: string | null;
  /** 0 to 100; 50 is ordinary. */
  priority: number;
  dueAt: Date | null;
  followUpAt: Date | null;
  createdAt: Date;
  inquiryId: Id | null;
  reference: string | null;
  service: string | null;
  /** Unit that has the inquiry. */
  unit: string | null;
  /** How much of what the citizen said on it nobody has read. */
  unread: number;
}

/** What a SELECT lists for rows of type `Task`, from `user_task t` with `TASK_JOINS`. */
export const TASK_COLUMNS = `t.id, t.name, t.state, t.element_id AS "elementId",
  t.process_id AS "processId", t.instance_id AS "instanceId", t.assignee,
  t.candidate_groups AS "candidateGroups", t.candidate_users AS "candidateUsers",
  t.form_id AS "formId", t.priority, t.due_at AS "dueAt", t.follow_up_at AS "followUpAt",
  t.created_at AS "createdAt", i.id AS "inquiryId", i.reference, i.service_code AS service,
  i.unit_code AS unit, (SELECT count(*)::int FROM inquiry_message m WHERE m.tenant_id = i.tenant_id
    AND m.inquiry_id = i.id AND m.due_at IS NOT NULL AND m.read_at IS NULL) AS unread`;

/** A task belongs to the inquiry whose process it is in, or whose process called that one. */
export const TASK_JOINS = `JOIN process_instance p ON p.tenant_id = t.tenant_id AND p.id = t.instance_id
  LEFT JOIN inquiry i ON i.tenant_id = p.tenant_id AND i.instance_id = p.root_id`;

/** @throws NotFoundError 'task_not_found' */
export async function getTask(tx: Tx, tenant: string, id: Id): Promise<Task> {
  return readTask(tx, tenant, id, '');
}

/**
 * A task that is still open, locked with the instance it belongs to: the instance first, as the
 * engine's step does, so that the two never wait for each other.
 * @throws NotFoundError 'task_not_found', ConflictError 'task_not_open'
 */
export async function lockOpenTask(tx: Tx, tenant: string, id: Id): Promise<Task> {
  await tx.query(
    `SELECT p.id FROM process_instance p JOIN user_task t
       ON t.tenant_id = p.tenant_id AND t.instance_id = p.id
     WHERE t.tenant_id = $1 AND t.id = $2 FOR UPDATE OF p`,
    [tenant, id],
  );
  const task = await readTask(tx, tenant, id, 'FOR UPDATE OF t');
  if (task.state === 'created') return task;
  throw new ConflictError('task_not_open', 'The task is done or withdrawn already.');
}

/** The variables that the task can see, its own before those of its process. */
export async function taskVariables(tx: Tx, tenant: string, id: Id): Promise<JsonObject> {
  const [row] = await tx.query<{ variables: JsonObject }>(
    `SELECT p.variables || t.variables AS variables FROM user_task t
     JOIN process_instance p ON p.tenant_id = t.tenant_id AND p.id = t.instance_id
     WHERE t.tenant_id = $1 AND t.id = $2`,
    [tenant, id],
  );
  return row?.variables ?? {};
}

/** Changes who a task is for, or when it is due. Lock it first. */
export async function updateTask(
  tx: Tx,
  tenant: string,
  id: Id,
  change: TaskChange & { assignee?: string | null },
): Promise<void> {
  const fields = (Object.keys(COLUMN_OF) as (keyof typeof COLUMN_OF)[]).filter(
    (field) => change[field] !== undefined,
  );
  if (fields.length === 0) return;
  const assignments = fields.map((field, at) => `${COLUMN_OF[field]} = $${at + 3}`).join(', ');
  await tx.query(`UPDATE user_task SET ${assignments} WHERE tenant_id = $1 AND id = $2`, [
    tenant,
    id,
    ...fields.map((field) => change[field]),
  ]);
}

/** What may be changed on an open task; what is left out stays, null clears a date. */
export interface TaskChange {
  candidateGroups?: string[];
  candidateUsers?: string[];
  priority?: number;
  dueAt?: Date | null;
  followUpAt?: Date | null;
}

const COLUMN_OF = {
  assignee: 'assignee',
  candidateGroups: 'candidate_groups',
  candidateUsers: 'candidate_users',
  priority: 'priority',
  dueAt: 'due_at',
  followUpAt: 'follow_up_at',
} as const;

/** What the access rules ask of a task. */
export function subjectOf(task: Task): Subject {
  const { unit, assignee, candidateGroups, candidateUsers } = task;
  return { unit, assignee, candidateGroups, candidateUsers };
}

async function readTask(tx: Tx, tenant: string, id: Id, lock: string): Promise<Task> {
  const [task] = await tx.query<Task>(
    `SELECT ${TASK_COLUMNS} FROM user_task t ${TASK_JOINS} WHERE t.tenant_id = $1 AND t.id = $2 ${lock}`,
    [tenant, id],
  );
  if (task) return task;
  throw new NotFoundError('task_not_found', 'There is no such task.');
}
