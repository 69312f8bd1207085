import type { Db } from '../db/database.js';
import type { Tx } from '../db/tx.js';
import type { Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/log.js';
import { backOffMs } from './back-off.js';
import type { DueJob } from './due-jobs.js';
import { layJob, settleJob } from './due-jobs.js';
import type { Work } from './worker.js';

/**
 * Work of the municipality that is about no process instance, one bounded part at a time. All it does
 * is in the transaction; the job is done when it resolves to undefined, else due again at that time.
 */
export type Errand = (
  tx: Tx,
  job: { tenant: string; payload: DueJob['payload'] },
) => Promise<Date | undefined>;

/** An errand is never given up: its retries are not counted down. */
const ERRAND_RETRIES = 1;

/** Adds errands to what is done when it falls due. Of two nodes, one does each part. */
export function withErrands(
  work: Work,
  errands: Readonly<Record<string, Errand>>,
  { db, clock, log }: { db: Db; clock: Clock; log: Logger },
): Work {
  return {
    types: [...work.types, ...Object.keys(errands)],
    async run(job) {
      const errand =
        job.kind === 'handler' && job.instanceId === null ? errands[job.type] : undefined;
      if (!errand) return work.run(job);
      try {
        return await db.inTransaction((tx) => runOne(tx, job, errand, clock()));
      } catch (error) {
        log.error('an errand failed', { type: job.type, tenant: job.tenant, error });
        await db.query(
          `UPDATE job SET attempts = attempts + 1, available_at = $3 WHERE tenant_id = $1 AND id = $2`,
          [job.tenant, job.id, new Date(clock().getTime() + backOffMs(job.attempts + 1))],
        );
        return 'failed';
      }
    },
  };
}

async function runOne(
  tx: Tx,
  { tenant, id }: DueJob,
  errand: Errand,
  now: Date,
): Promise<'done' | 'busy'> {
  const [job] = await tx.query<Pick<DueJob, 'payload'>>(
    `SELECT payload FROM job WHERE tenant_id = $1 AND id = $2 AND available_at <= $3
     FOR UPDATE SKIP LOCKED`,
    [tenant, id, now],
  );
  if (!job) return 'busy';
  const next = await errand(tx, { tenant, payload: job.payload });
  await settleJob(tx, { tenant, id }, next && { at: next, retries: ERRAND_RETRIES });
  return 'done';
}

/** Lays an errand for later. */
export async function layErrand(
  tx: Tx,
  tenant: string,
  { id, type, payload, at }: { id: string; type: string; payload: DueJob['payload']; at: Date },
): Promise<void> {
  await layJob(tx, tenant, {
    ...{ id, type, payload, availableAt: at },
    ...{ retries: ERRAND_RETRIES, now: at },
  });
}

/** As `layErrand`, for one that goes round: not again while it is there. Hold a lock meanwhile. */
export async function layOnce(
  tx: Tx,
  tenant: string,
  errand: Parameters<typeof layErrand>[2],
): Promise<void> {
  const there = await tx.query('SELECT 1 FROM job WHERE tenant_id = $1 AND type = $2 LIMIT 1', [
    tenant,
    errand.type,
  ]);
  if (there.length === 0) await layErrand(tx, tenant, errand);
}
