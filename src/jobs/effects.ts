import type { Db } from '../db/database.js';
import type { Tx } from '../db/tx.js';
import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Logger } from '../kernel/log.js';
import { backOffMs } from './back-off.js';
import type { DueJob } from './due-jobs.js';
import { leaseJob, returnJob } from './due-jobs.js';
import type { Work } from './worker.js';

/** Work on the world outside that belongs to no process, such as reading what a mailbox holds. */
export interface Effect {
  /** Its name in the job's row, unlike every handler's. */
  readonly type: string;
  /**
   * Does it; it may be done again, since a node can die before it has told. Resolves to when it is to
   * be done again, or to nothing when it is over.
   */
  run(job: DueJob): Promise<Date | undefined>;
}

/** A new effect's row. */
export interface EffectJob {
  id: Id;
  type: string;
  payload: JsonObject;
  availableAt: Date;
  now: Date;
}

/** An effect that fails this often in a row waits for a person. */
const RETRIES = 20;

/** A node that takes longer than this is taken for dead. */
const LEASE_MS = 10 * 60_000;

/** Has an effect done, once the caller's transaction is committed. */
export async function insertEffect(tx: Tx, tenant: string, job: EffectJob): Promise<void> {
  await tx.query(
    `INSERT INTO job (tenant_id, id, kind, type, payload, available_at, retries, created_at)
     VALUES ($1, $2, 'handler', $3, $4, $5, $6, $7)`,
    [tenant, job.id, job.type, job.payload, job.availableAt, RETRIES, job.now],
  );
}

interface EffectOptions {
  db: Db;
  clock: Clock;
  log: Logger;
}

/** Work that also carries out these effects. */
export function withEffects(work: Work, effects: readonly Effect[], options: EffectOptions): Work {
  const byType = new Map(effects.map((effect) => [effect.type, effect]));
  return {
    types: [...work.types, ...byType.keys()],
    run(job) {
      const effect = job.instanceId === null ? byType.get(job.type) : undefined;
      return effect ? runEffect(effect, job, options) : work.run(job);
    },
  };
}

async function runEffect(
  effect: Effect,
  due: DueJob,
  { db, clock, log }: EffectOptions,
): Promise<'done' | 'failed' | 'busy'> {
  const now = clock();
  const until = new Date(now.getTime() + LEASE_MS);
  const job = await leaseJob(db, due, { owner: `node-${db.node}`, now, until });
  if (!job) return 'busy';
  try {
    await settle(db, job, await effect.run(job));
    return 'done';
  } catch (error) {
    log.warn('an effect failed', { job: job.id, type: job.type, error });
    const retries = job.retries - 1;
    const availableAt = new Date(clock().getTime() + backOffMs(RETRIES - retries));
    const reason = error instanceof Error ? error.name : 'Error';
    await returnJob(db, job, { retries, availableAt, error: reason });
    return 'failed';
  }
}

async function settle(db: Db, { tenant, id }: DueJob, again: Date | undefined): Promise<void> {
  if (again === undefined) {
    await db.query('DELETE FROM job WHERE tenant_id = $1 AND id = $2', [tenant, id]);
    return;
  }
  await db.query(
    `UPDATE job SET available_at = $3, retries = $4, owner = NULL, last_error = NULL
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, id, again, RETRIES],
  );
}
