import type { Tx } from '../../db/tx.js';
import type { DueJob } from '../../jobs/due-jobs.js';
import { ConflictError, NotFoundError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { LiveInstance } from '../live/live-instance.js';
import type { InstanceRow } from './step.js';
import type { UnsavedRow } from './unsaved-row.js';

/** How a command names its instance: directly, or by the row it acts on. */
export type Locator =
  { instanceId: Id } | { taskId: Id } | { jobId: Id } | { subscriptionId: Id } | { incidentId: Id };

/** An instance locked by this transaction. */
export interface LockedInstance {
  row: InstanceRow;
  status: 'created' | 'active' | 'completed' | 'canceled';
  stamp: Id;
  variables: JsonObject;
  state: Buffer | null;
  /** Of an instance that begins. */
  unsaved?: UnsavedRow;
  /** Its engine, when that is at hand. */
  live?: LiveInstance;
  /** What handlers use instead of the transaction itself. */
  tx?: Tx;
}

type LockedRow = InstanceRow & Omit<LockedInstance, 'row' | 'unsaved' | 'live' | 'tx'>;

const SOURCES: Record<string, { table: string; what: string }> = {
  taskId: { table: 'user_task', what: 'task' },
  jobId: { table: 'job', what: 'job' },
  subscriptionId: { table: 'message_subscription', what: 'message_subscription' },
  incidentId: { table: 'incident', what: 'incident' },
};

const COLUMNS = `i.id, i.definition_id AS "definitionId", i.process_id AS "processId", i.version, i.revision,
  i.root_id AS "rootId", i.parent_id AS "parentId", i.parent_execution_id AS "parentExecutionId",
  i.parent_element_id AS "parentElementId",
  i.status, i.stamp, i.variables, i.state`;

/**
 * Locks the instance a command is for; everybody else who would move it waits. With `skipLocked`,
 * `undefined` says that somebody is moving it right now. Throws NotFoundError `…_not_found`.
 */
export async function lockInstance(
  tx: Tx,
  tenant: string,
  locator: Locator,
  options: { skipLocked?: boolean } = {},
): Promise<LockedInstance | undefined> {
  const [[name, id]] = Object.entries(locator) as [[string, Id]];
  const source = SOURCES[name];
  const where = source
    ? `i.id = (SELECT instance_id FROM ${source.table} WHERE tenant_id = $1 AND id = $2)`
    : 'i.id = $2';
  const sql = `SELECT ${COLUMNS} FROM process_instance i WHERE i.tenant_id = $1 AND ${where}
    FOR UPDATE${options.skipLocked ? ' SKIP LOCKED' : ''}`;
  const [found] = await tx.query<LockedRow>(sql, [tenant, id], {
    name: `lock-instance-${name}${options.skipLocked ? '-skip' : ''}`,
  });
  if (!found) {
    if (options.skipLocked) return undefined;
    const what = source?.what ?? 'instance';
    throw new NotFoundError(`${what}_not_found`, `There is no ${what.replace('_', ' ')} ${id}.`);
  }
  return lockedOf(found);
}

/**
 * Locks the instance a command is for and takes the command away, or resolves to undefined when
 * somebody moves that instance now, or when it was told something earlier that is due as well: what
 * a called process raises is heard before its end. Only a cancel waits for nothing. `taken` is false
 * when the command was carried out already.
 */
export async function takeCommand(
  tx: Tx,
  tenant: string,
  instanceId: Id,
  { id: jobId, type }: Pick<DueJob, 'id' | 'type'>,
  now: Date,
): Promise<{ locked: LockedInstance; taken: boolean } | undefined> {
  const [found] = await tx.query<LockedRow & { taken: boolean }>(
    `WITH locked AS (SELECT ${COLUMNS} FROM process_instance i
         WHERE i.tenant_id = $1 AND i.id = $2
           AND ($4 = 'cancel' OR NOT EXISTS (SELECT FROM job earlier
             WHERE earlier.tenant_id = $1 AND earlier.instance_id = $2 AND earlier.id < $3
               AND earlier.kind = 'command' AND earlier.retries > 0 AND earlier.available_at <= $5))
         FOR UPDATE SKIP LOCKED),
       taken AS (DELETE FROM job WHERE tenant_id = $1 AND id = $3 AND EXISTS (SELECT FROM locked)
         RETURNING 1)
     SELECT locked.*, EXISTS (SELECT FROM taken) AS taken FROM locked`,
    [tenant, instanceId, jobId, type, now],
    { name: 'take-command' },
  );
  if (!found) return undefined;
  const { taken, ...row } = found;
  return { locked: lockedOf(row), taken };
}

function lockedOf({ status, stamp, variables, state, ...row }: LockedRow): LockedInstance {
  return { row, status, stamp, variables, state };
}

/** Throws ConflictError `instance_ended` unless the instance can still be moved. */
export function requireActive({ row, status }: LockedInstance): void {
  if (status !== 'active') {
    throw new ConflictError('instance_ended', `The process instance ${row.id} is ${status}.`);
  }
}
