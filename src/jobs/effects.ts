import type { Db } from '../db/database.js';
import type { Tx } from '../db/tx.js';
import type { Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/log.js';
import { backOffMs } from './back-off.js';
import type { DueJob, LooseJob } from './due-jobs.js';
import { layJob, leaseJob, returnJob, settleJob } from './due-jobs.js';
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
  /** A node that takes longer than this is taken for dead; ten minutes unless said otherwise. */
  readonly leaseMs?: number;
}

/** An effect that fails this often in a row waits for a person, unless its row says otherwise. */
const EFFECT_RETRIES = 20;

const LEASE_MS = 10 * 60_000;

/** Has an effect done, once the caller's transaction is committed. */
export function insertEffect(
  tx: Tx,
  tenant: string,
  job: Omit<LooseJob, 'retries'> & { retries?: number },
): Promise<void> {
  return layJob(tx, tenant, { retries: EFFECT_RETRIES, ...job });
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
  const until = new Date(now.getTime() + (effect.leaseMs ?? LEASE_MS));
  const job = await leaseJob(db, due, { owner: `node-${db.node}`, now, until });
  if (!job) return 'busy';
  try {
    const again = await effect.run(job);
    await settleJob(db, job, again && { at: again, retries: EFFECT_RETRIES });
    return 'done';
  } catch (error) {
    // What a parser or a mail server says may quote what somebody wrote.
    const reason = error instanceof Error ? error.name : 'Error';
    const { id, type, attempts } = job;
    log.warn('an effect failed', { job: id, type, attempts, reason });
    const availableAt = new Date(clock().getTime() + backOffMs(attempts));
    await returnJob(db, job, { retries: job.retries - 1, availableAt, error: reason });
    return 'failed';
  }
}
