import type { Db } from '../db/database.js';
import { nextDueAt } from '../jobs/due-jobs.js';
import type { Work, Worker } from '../jobs/worker.js';
import type { Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/log.js';

/** Demo mode's time: the machine's, moved forwards, and the same on every node. */
export interface DemoClock {
  readonly clock: Clock;
  /** Brings this node up to date; a restart goes on where the clock was. */
  refresh(): Promise<void>;
  /** Hears at once when another node has moved it. Resolves to a function that ends that. */
  follow(hear: () => void, log: Logger): Promise<() => Promise<void>>;
  /**
   * Moves on to `target`, stopping wherever something falls due on the way and doing it then, so that
   * it carries the time it would have had. A target in the past changes nothing.
   */
  moveTo(target: Date, worker: Worker, work: Work): Promise<void>;
}

const CHANNEL = 'saksflyt_clock';

/** Beyond so many stops, the rest falls due together at the target. */
const MAX_STOPS = 500;

const READ = 'SELECT ahead_ms AS "aheadMs" FROM demo_clock WHERE number = 1';

/** Two nodes that move it at once: the farther one counts. */
const MOVE = `
  INSERT INTO demo_clock (number, ahead_ms) VALUES (1, $1)
  ON CONFLICT (number) DO UPDATE SET ahead_ms = greatest(demo_clock.ahead_ms, excluded.ahead_ms)
  RETURNING ahead_ms AS "aheadMs", pg_notify($2, '')`;

/** The demo clock of `db`, ahead of `base`. Call `refresh` before it is first asked. */
export function createDemoClock(db: Db, base: Clock): DemoClock {
  let aheadMs = 0;
  const clock = () => new Date(base().getTime() + aheadMs);
  const take = (rows: { aheadMs: string }[]) => {
    aheadMs = Math.max(aheadMs, Number(rows[0]?.aheadMs ?? 0));
  };
  const refresh = async () => take(await db.query<{ aheadMs: string }>(READ));
  const set = async (time: Date) => {
    const ahead = Math.max(0, time.getTime() - base().getTime());
    take(await db.query<{ aheadMs: string }>(MOVE, [ahead, CHANNEL]));
  };
  return {
    clock,
    refresh,
    follow: (hear, log) =>
      db.listen(CHANNEL, () => {
        refresh().then(hear, (error: unknown) => log.warn('the clock was not read', { error }));
      }),
    async moveTo(target, worker, work) {
      await worker.runAllDue();
      for (let stop = 0; stop < MAX_STOPS; stop += 1) {
        const next = await nextDueAt(db, work.types);
        if (!next || next >= target) break;
        await set(next);
        await worker.runAllDue();
      }
      await set(target);
      await worker.runAllDue();
    },
  };
}
