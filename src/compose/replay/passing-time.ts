import type { Db } from '../../db/database.js';
import { nextDueAt } from '../../jobs/due-jobs.js';
import type { Work, Worker } from '../../jobs/worker.js';
import type { MovableClock } from '../../kernel/clock.js';
import { ConflictError } from '../../kernel/errors.js';

/** What time takes with it as it passes. */
export interface Clockwork {
  readonly db: Db;
  readonly clock: MovableClock;
  readonly work: Work;
  readonly worker: Worker;
}

/**
 * Moves the clock on to `target`, stopping wherever something falls due before it and doing it then,
 * so that it carries the time it would have had. What falls due at `target` itself is left.
 * @throws ConflictError 'replay_disturbed' when something else holds what is due
 */
export async function passTime(clockwork: Clockwork, target: Date): Promise<void> {
  const { db, clock, work, worker } = clockwork;
  for (;;) {
    const next = await nextDueAt(db, work.types);
    if (!next || next >= target) break;
    // A deadline that had passed before its case came in is due at once, not in the past.
    if (next > clock()) clock.set(next);
    const { done, failed } = await worker.runAllDue();
    if (done + failed === 0) {
      const message = 'What is due cannot be done: something else is at work on this database.';
      throw new ConflictError('replay_disturbed', message);
    }
  }
  clock.set(target);
}
