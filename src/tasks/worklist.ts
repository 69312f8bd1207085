import type { Principal } from '../access/principal.js';
import { groupsOf } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import type { Page } from '../inquiries/page.js';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../inquiries/page.js';
import { InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { Task } from './tasks.js';
import { TASK_COLUMNS, TASK_TABLES } from './tasks.js';

/** A task as a list shows it. Dates are ISO 8601 in UTC. */
export interface TaskView {
  id: Id;
  name: string | null;
  elementId: string;
  processId: string;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  formId: string | null;
  priority: number;
  createdAt: string;
  dueAt: string | null;
  overdue: boolean;
  /** The inquiry it is about, when it is about one. */
  reference: string | null;
  service: string | null;
  unit: string | null;
}

/** Which open tasks; everything given must hold. */
export interface WorklistFilter {
  /** Those the principal has taken, or those others or nobody have. */
  mine?: boolean | undefined;
  /** Those that somebody has taken, or those that nobody has. */
  assigned?: boolean | undefined;
  overdue?: boolean | undefined;
  /** Candidate group: code of a unit, or a role. */
  group?: string | undefined;
  service?: string | undefined;
  reference?: string | undefined;
  cursor?: string | undefined;
  /** At most 200. */
  limit?: number | undefined;
}

/**
 * Open tasks that concern the principal: its own, those it may take, and those of its units'
 * inquiries; an administrator sees all. The most urgent first: by priority, then by due date.
 * @throws InvalidError 'cursor_invalid'
 */
export async function readWorklist(
  tx: Tx,
  principal: Principal,
  filter: WorklistFilter,
  now: Date,
): Promise<Page<TaskView>> {
  const limit = Math.min(filter.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const { priority, dueAt, id } = filter.cursor ? readPosition(filter.cursor) : FIRST;
  const rows = await tx.query<Task>(
    `SELECT ${TASK_COLUMNS} FROM ${TASK_TABLES}
     WHERE t.tenant_id = $1 AND t.state = 'created' AND ${VISIBLE} AND ${CHOSEN}
       AND (100 - t.priority, coalesce(t.due_at, 'infinity'), t.id) > ($12, $13::timestamptz, $14)
     ORDER BY 100 - t.priority, coalesce(t.due_at, 'infinity'), t.id LIMIT ${limit + 1}`,
    [
      principal.tenant,
      principal.username,
      groupsOf(principal),
      principal.units,
      principal.roles.includes('admin'),
      filter.mine ?? null,
      filter.assigned ?? null,
      filter.overdue ?? null,
      now,
      filter.group ?? null,
      [filter.service ?? null, filter.reference ?? null],
      100 - priority,
      dueAt ?? 'infinity',
      id,
    ],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((task) => toTaskView(task, now)),
    nextCursor: rows.length > limit && last ? writePosition(last) : null,
  };
}

export function toTaskView(task: Task, now: Date): TaskView {
  const { id, name, elementId, processId, assignee, candidateGroups, candidateUsers } = task;
  const { formId, priority, createdAt, dueAt, reference, service, unit } = task;
  return {
    id,
    name,
    elementId,
    processId,
    assignee,
    candidateGroups,
    candidateUsers,
    formId,
    priority,
    createdAt: createdAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    overdue: dueAt !== null && dueAt < now,
    reference,
    service,
    unit,
  };
}

/** The same rule as `tasks.read` in the policy, as far as a list can ask it. */
const VISIBLE = `($5 OR t.assignee = $2 OR $2 = ANY(t.candidate_users) OR t.candidate_groups && $3
  OR (cardinality(t.candidate_groups) = 0 AND cardinality(t.candidate_users) = 0)
  OR i.unit_code = ANY($4))`;

const CHOSEN = `($6::boolean IS NULL OR (t.assignee IS NOT DISTINCT FROM $2) = $6)
  AND ($7::boolean IS NULL OR (t.assignee IS NOT NULL) = $7)
  AND ($8::boolean IS NULL OR coalesce(t.due_at < $9, false) = $8)
  AND ($10::text IS NULL OR $10 = ANY(t.candidate_groups))
  AND (($11::text[])[1] IS NULL OR i.service_code = ($11::text[])[1])
  AND (($11::text[])[2] IS NULL OR i.reference = ($11::text[])[2])`;

type Position = Pick<Task, 'priority' | 'id'> & { dueAt: Date | null };

/** Before every task: above the highest priority. */
const FIRST: Position = { priority: 101, dueAt: null, id: '0' };

function writePosition({ priority, dueAt, id }: Position): string {
  const time = dueAt?.toISOString() ?? '-';
  return Buffer.from(`${priority} ${time} ${id}`).toString('base64url');
}

function readPosition(cursor: string): Position {
  const [, priority = '', time = '', id = ''] =
    /^(\d{1,3}) (\S{1,30}) (\d{1,19})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ??
    [];
  const dueAt = time === '-' ? null : new Date(time);
  if (id === '' || (dueAt && Number.isNaN(dueAt.getTime()))) {
    throw new InvalidError('cursor_invalid', 'The cursor is not one that a list gave.', {
      details: [{ path: 'cursor', reason: 'is not a cursor' }],
    });
  }
  return { priority: Number(priority), dueAt, id };
}
