import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

/** A row whose time has come: enough to know whom to wake. */
export interface DueJob {
  tenant: string;
  id: Id;
  kind: 'timer' | 'handler' | 'command';
  type: string;
  instanceId: Id | null;
  executionId: string | null;
  elementId: string | null;
  payload: JsonObject;
  attempts: number;
  retries: number;
}

const COLUMNS = `tenant_id AS tenant, id, kind, type, instance_id AS "instanceId",
  execution_id AS "executionId", element_id AS "elementId", payload, attempts, retries`;

/**
 * Due rows, earliest first and of one instant the oldest first, without any lock: whoever takes one locks it by key. `types` are the
 * handler jobs this node can do.
 */
export function listDue(
  tx: Tx,
  now: Date,
  types: readonly string[],
  limit: number,
): Promise<DueJob[]> {
  return tx.query<DueJob>(
    `SELECT ${COLUMNS} FROM job WHERE retries > 0 AND available_at <= $1
       AND kind <> 'external' AND (kind <> 'handler' OR type = ANY($2))
     ORDER BY available_at, id LIMIT $3`,
    [now, types, limit],
    { name: 'list-due' },
  );
}

/** When the next row falls due, or undefined when none waits. */
export async function nextDueAt(tx: Tx, types: readonly string[]): Promise<Date | undefined> {
  const [row] = await tx.query<{ available_at: Date }>(
    `SELECT available_at FROM job WHERE retries > 0 AND kind <> 'external'
       AND (kind <> 'handler' OR type = ANY($1))
     ORDER BY available_at LIMIT 1`,
    [types],
    { name: 'next-due' },
  );
  return row?.available_at;
}

/**
 * Takes a job for a while. If its owner dies, it falls due again when the lease ends. Resolves to
 * undefined when somebody else was faster.
 */
export async function leaseJob(
  tx: Tx,
  job: Pick<DueJob, 'tenant' | 'id'>,
  lease: { owner: string; now: Date; until: Date },
): Promise<DueJob | undefined> {
  const [leased] = await tx.query<DueJob>(
    `UPDATE job SET owner = $3, attempts = attempts + 1, available_at = $5
     WHERE tenant_id = $1 AND id = $2 AND available_at <= $4 AND retries > 0 RETURNING ${COLUMNS}`,
    [job.tenant, job.id, lease.owner, lease.now, lease.until],
    { name: 'lease-job' },
  );
  return leased;
}

/** What became of a failed attempt. */
export interface FailedAttempt {
  retries: number;
  availableAt: Date;
  /** Never personal data: it is shown to operators. */
  error: string;
}

/** Gives a job back after a failed attempt; with no retries left it waits for a person. */
export async function returnJob(
  tx: Tx,
  job: Pick<DueJob, 'tenant' | 'id'>,
  { retries, availableAt, error }: FailedAttempt,
): Promise<void> {
  await tx.query(
    `UPDATE job SET owner = NULL, retries = $3, available_at = $4, last_error = $5
     WHERE tenant_id = $1 AND id = $2`,
    [job.tenant, job.id, retries, availableAt, error.slice(0, 2000)],
  );
}

/** The row of work that belongs to no process instance. */
export interface LooseJob {
  id: Id;
  type: string;
  payload: JsonObject;
  availableAt: Date;
  retries: number;
  now: Date;
}

/** Lays work that belongs to no process instance; it is seen once the transaction is committed. */
export async function layJob(tx: Tx, tenant: string, job: LooseJob): Promise<void> {
  await tx.query(
    `INSERT INTO job (tenant_id, id, kind, type, payload, available_at, retries, created_at)
     VALUES ($1, $2, 'handler', $3, $4, $5, $6, $7)`,
    [tenant, job.id, job.type, job.payload, job.availableAt, job.retries, job.now],
  );
}

/** Ends such work, or has it done again then, as new. */
export async function settleJob(
  tx: Tx,
  { tenant, id }: Pick<DueJob, 'tenant' | 'id'>,
  again: { at: Date; retries: number } | undefined,
): Promise<void> {
  if (again === undefined) {
    await tx.query('DELETE FROM job WHERE tenant_id = $1 AND id = $2', [tenant, id]);
    return;
  }
  await tx.query(
    `UPDATE job SET available_at = $3, retries = $4, attempts = 0, owner = NULL, last_error = NULL
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, id, again.at, again.retries],
  );
}
