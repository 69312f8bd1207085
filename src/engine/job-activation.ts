import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../db/database.js';
import { WAKE_CHANNEL } from '../jobs/worker.js';
import type { Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/log.js';
import type { ProcessEngine } from './engine.js';
import type { ActivatedJob, ActivateRequest } from './external-jobs.js';

interface JobActivationOptions {
  db: Pick<Db, 'query' | 'inTransaction' | 'listen'>;
  engine: Pick<ProcessEngine, 'activateJobs'>;
  clock: Clock;
  log: Logger;
  /** How often it is looked for jobs while somebody waits; a notification only hurries. */
  pollMs?: number;
}

interface Waiter {
  tenant: string;
  type: string;
  /** Ends the wait: there is something, or there will be nothing. */
  end: () => void;
}

/**
 * Long polling for external workers: a request with no job to take waits for one. Nothing is held
 * open in the database meanwhile, and one query in a while looks for all who wait on this node.
 */
export class JobActivation {
  readonly #options: Required<JobActivationOptions>;
  readonly #waiters = new Set<Waiter>();
  #deafen: (() => Promise<void>) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #again = false;
  #stopped = false;

  constructor(options: JobActivationOptions) {
    this.#options = { pollMs: 1000, ...options };
  }

  async start(): Promise<void> {
    this.#deafen = await this.#options.db.listen(WAKE_CHANNEL, () => this.#look());
  }

  /** Answers everybody who waits, with nothing; nobody waits from now on. */
  endWaits(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const { end } of this.#waiters) end();
  }

  async stop(): Promise<void> {
    this.endWaits();
    await this.#deafen?.();
  }

  /**
   * Leases due jobs to a worker, waiting for the first up to `waitMs` by the wall clock. Empty when
   * there is none until then, or when `gone` aborts.
   */
  async activate(
    tenant: string,
    request: ActivateRequest,
    { waitMs, gone }: { waitMs: number; gone: AbortSignal },
  ): Promise<ActivatedJob[]> {
    const { db, engine } = this.#options;
    const over = AbortSignal.any([gone, AbortSignal.timeout(Math.max(1, waitMs))]);
    for (;;) {
      // Listening begins before looking, so that nothing falls between.
      const wait = this.#wait(tenant, request.type, over);
      try {
        const jobs = await db.inTransaction((tx) => engine.activateJobs(tx, tenant, request));
        if (jobs.length > 0 || waitMs <= 0 || this.#isOver(over)) return jobs;
        await wait.ended;
        if (this.#isOver(over)) return [];
      } finally {
        wait.leave();
      }
    }
  }

  #wait(tenant: string, type: string, over: AbortSignal) {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const waiter: Waiter = { tenant, type, end };
    this.#waiters.add(waiter);
    over.addEventListener('abort', end, { once: true });
    this.#lookLater();
    const leave = () => {
      this.#waiters.delete(waiter);
      over.removeEventListener('abort', end);
    };
    return { ended, leave };
  }

  #isOver(over: AbortSignal): boolean {
    return over.aborted || this.#stopped;
  }

  #isAskedAgain(): boolean {
    return this.#again && !this.#stopped;
  }

  #lookLater(): void {
    if (this.#timer || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#look();
    }, this.#options.pollMs);
    this.#timer.unref();
  }

  #look(): void {
    if (this.#waiters.size === 0 || this.#stopped) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    void this.#wakeThoseDue().finally(() => {
      this.#looking = false;
      if (this.#waiters.size > 0) this.#lookLater();
    });
  }

  /** Only those wake for whom there may be something. */
  async #wakeThoseDue(): Promise<void> {
    const { db, clock, log } = this.#options;
    try {
      do {
        this.#again = false;
        const waiters = [...this.#waiters];
        // For each the first job that is due, in the index's order: there may be very many.
        const due = await db.query<{ tenant: string; type: string }>(
          `SELECT DISTINCT w.tenant, w.type FROM unnest($2::text[], $3::text[]) AS w(tenant, type)
           CROSS JOIN LATERAL (SELECT 1 FROM job j WHERE j.tenant_id = w.tenant AND j.type = w.type
             AND j.kind = 'external' AND j.retries > 0 AND j.available_at <= $1
             ORDER BY j.available_at LIMIT 1) AS due`,
          [clock(), waiters.map(({ tenant }) => tenant), waiters.map(({ type }) => type)],
        );
        const keys = new Set(due.map(({ tenant, type }) => `${tenant} ${type}`));
        for (const { tenant, type, end } of this.#waiters) {
          if (keys.has(`${tenant} ${type}`)) end();
        }
      } while (this.#isAskedAgain());
    } catch (error) {
      log.warn('looking for jobs failed', { error });
      await delay(this.#options.pollMs, undefined, { ref: false });
    }
  }
}
