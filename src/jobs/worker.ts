import type { Db } from '../db/database.js';
import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';
import type { Logger } from '../kernel/log.js';
import { listDue, nextDueAt } from './due-jobs.js';
import type { DueJob } from './due-jobs.js';

/** What carries out due rows; given by the room that knows what they mean. */
export interface Work {
  /** The handler types this node can do. */
  readonly types: readonly string[];
  /** `busy`: somebody else has it just now, look again soon. Throws nothing but database trouble. */
  run(job: DueJob): Promise<'done' | 'failed' | 'busy'>;
}

export interface WorkerOptions {
  db: Db;
  clock: Clock;
  work: Work;
  log: Logger;
  /** How many rows are worked on at once. */
  lanes?: number;
  /** The longest sleep: polling is the truth, a notification only hurries. */
  pollMs?: number;
}

export interface Worked {
  done: number;
  failed: number;
  busy: number;
}

const BATCH = 200;

/** What a committed transaction sends so that the nodes look at once. */
export const WAKE_CHANNEL = 'saksflyt_due';

/** One loop over everything that falls due: timers, commands between instances, handler jobs. */
export class Worker {
  readonly #options: Required<WorkerOptions>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = true;
  #deafen: (() => Promise<void>) | undefined;

  constructor(options: WorkerOptions) {
    this.#options = { lanes: 4, pollMs: 2000, ...options };
  }

  /** Works one batch of due rows: what moves one instance in its order, the rest side by side. */
  async runOnce(): Promise<Worked> {
    const { db, clock, work, lanes } = this.#options;
    const due = await listDue(db, clock(), work.types, BATCH);
    const worked: Worked = { done: 0, failed: 0, busy: 0 };
    const moving = new Set<Id | null>();
    const next = (): DueJob | undefined => {
      const at = due.findIndex((job) => !moving.has(movedBy(job)));
      return at < 0 ? undefined : due.splice(at, 1)[0];
    };
    const lane = async (): Promise<void> => {
      for (let job = next(); job; job = next()) {
        const moved = movedBy(job);
        if (moved) moving.add(moved);
        const outcome = await work.run(job);
        worked[outcome] += 1;
        // While somebody else moves the instance, what is due after this may not overtake it.
        if (moved && outcome !== 'busy') moving.delete(moved);
      }
    };
    await Promise.all(Array.from({ length: Math.min(lanes, due.length) }, lane));
    return worked;
  }

  /** Works until nothing is due at the clock's present time; resolves to how much was done. */
  async runAllDue(): Promise<Worked> {
    const total: Worked = { done: 0, failed: 0, busy: 0 };
    for (;;) {
      const { done, failed, busy } = await this.runOnce();
      total.done += done;
      total.failed += failed;
      total.busy += busy;
      if (done + failed === 0) return total;
    }
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#deafen = await this.#options.db.listen(WAKE_CHANNEL, () => this.wake());
    this.wake();
  }

  /** Finishes what is under way; nothing new is begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#deafen?.();
    await this.#running;
  }

  /** Looks for due rows now. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#running = this.#drain().finally(() => {
      this.#running = undefined;
      if (this.#again) this.wake();
    });
  }

  async #drain(): Promise<void> {
    const { db, clock, pollMs, work, log } = this.#options;
    let sleepMs = pollMs;
    try {
      let worked: Worked;
      do {
        this.#again = false;
        worked = await this.runOnce();
      } while (!this.#stopped && worked.done + worked.failed > 0);
      const next = await nextDueAt(db, work.types);
      if (next) sleepMs = Math.min(pollMs, Math.max(next.getTime() - clock().getTime(), 10));
    } catch (error) {
      log.error('looking for due work failed', { error });
    }
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), sleepMs);
  }
}

/** The instance that a row moves by itself; handlers work first, and side by side. */
function movedBy({ kind, instanceId }: DueJob): Id | null {
  return kind === 'handler' ? null : instanceId;
}
