import type { Principal } from '../access/principal.js';
import { groupsOf, loginsOf } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import type { Page } from '../inquiries/page.js';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../inquiries/page.js';
import { InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { Task } from './tasks.js';
import { worklistSql } from './worklist-sql.js';
import type { WorklistSource } from './worklist-sql.js';

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
  /** How many of its citizen's messages nobody has read. */
  unread: number;
}

/** Which open tasks; everything given must hold. */
export interface WorklistFilter {
  /** Those the principal, or somebody it stands in for, has taken; or those others or nobody have. */
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
  const isAdmin = principal.roles.includes('admin');
  const values = [
    principal.tenant,
    loginsOf(principal),
    groupsOf(principal),
    principal.units,
    isAdmin,
    filter.mine ?? null,
    filter.assigned ?? null,
    filter.overdue ?? null,
    now,
    filter.group ?? null,
    [filter.service ?? null, filter.reference ?? null],
    100 - priority,
    dueAt ?? 'infinity',
    id,
  ];
  const read = (source: WorklistSource) => tx.query<Task>(worklistSql(source, limit + 1), values);
  const rows = await readFrom(read, filter, { isAdmin, wanted: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((task) => toTaskView(task, now)),
    nextCursor: rows.length > limit && last ? writePosition(last) : null,
  };
}

export function toTaskView(task: Task, now: Date): TaskView {
  const { id, name, elementId, processId, assignee, candidateGroups, candidateUsers } = task;
  const { formId, priority, createdAt, dueAt, reference, service, unit, unread } = task;
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
    unread,
  };
}

/**
 * Who shares the work of many finds a page among the most urgent tasks of all; who does not, has so
 * few that they are gathered. Neither depends on how many wait for others.
 */
async function readFrom(
  read: (source: WorklistSource) => Promise<Task[]>,
  { mine, reference }: WorklistFilter,
  { isAdmin, wanted }: { isAdmin: boolean; wanted: number },
): Promise<Task[]> {
  if (mine) return read('taken');
  if (reference !== undefined) return read('inquiry');
  const rows = await read('urgent');
  if (rows.length === wanted) return rows;
  return read(isAdmin ? 'all' : 'own');
}

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
