import type { SessionDesk } from './session-stream.js';
import { SessionStream } from './session-stream.js';
import * as wire from './wire.js';

/** The one session behind the hub. */
export interface Session {
  /** Runs one complete batch of wire messages; returns the raw answer, SQL errors included. */
  execute(batch: Uint8Array): Promise<Uint8Array>;
}

interface Job {
  stream: SessionStream;
  batch: Buffer;
  timer?: NodeJS.Timeout;
}

interface HubOptions {
  /** How long a batch waits for another client's transaction before it is refused with 55P03. */
  waitMs: number;
  /** Called once, when the session itself breaks; nothing can be run afterwards. */
  onFailure?: (error: Error) => void;
}

const YIELD_AFTER_MS = 5;

/**
 * Lets any number of ordinary `pg` clients share the only session an embedded PostgreSQL has. A
 * transaction owns the session from BEGIN to COMMIT or ROLLBACK; everybody else waits, in order.
 */
export class SessionHub implements SessionDesk {
  readonly #session: Session;
  readonly #options: HubOptions;
  readonly #streams = new Set<SessionStream>();
  #queue: Job[] = [];
  #owner: SessionStream | undefined;
  #pumping: Promise<void> | undefined;
  #yieldedAt = 0;
  #failure: Error | undefined;
  #closed = false;

  constructor(session: Session, options: HubOptions) {
    this.#session = session;
    this.#options = options;
  }

  /** A new virtual connection: what `pg` takes as `stream` in its configuration. */
  connect(): SessionStream {
    const stream = new SessionStream(this);
    this.#streams.add(stream);
    return stream;
  }

  /** Ends all connections; resolves when the batch that was running has finished. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stream of this.#streams) stream.destroy();
    await this.#pumping;
  }

  submit(stream: SessionStream, batch: Buffer): void {
    const job: Job = { stream, batch };
    if (this.#owner !== stream && (this.#owner || this.#pumping)) {
      job.timer = setTimeout(() => this.#refuse(job), this.#options.waitMs);
    }
    this.#queue.push(job);
    this.#pump();
  }

  /** Forgets the client's waiting work, undoes its open transaction, drops its statements. */
  leave(stream: SessionStream): void {
    this.#streams.delete(stream);
    this.#takeAll(stream);
    if (this.#closed) return; // the session ends too, and undoes everything itself
    const undo = [...stream.statements].map((name) => `DEALLOCATE "${name}"`);
    if (this.#owner === stream) undo.unshift('ROLLBACK');
    this.#queue.unshift(...undo.map((sql) => ({ stream, batch: wire.simpleQuery(sql) })));
    this.#pump();
  }

  /** Refuses also what was sent behind it: that may count on the refused BEGIN. */
  #refuse({ stream }: Job): void {
    const text =
      `waited ${this.#options.waitMs} ms for another transaction: the embedded database has one ` +
      'session. Is a query awaited inside a transaction without using that transaction?';
    this.#takeAll(stream).forEach(() => stream.answer(wire.refusal('55P03', text)));
  }

  #takeAll(stream: SessionStream): Job[] {
    const taken = this.#queue.filter((job) => job.stream === stream);
    for (const job of taken) clearTimeout(job.timer);
    this.#queue = this.#queue.filter((job) => job.stream !== stream);
    return taken;
  }

  #pump(): void {
    if (this.#pumping) return;
    const first = this.#next();
    if (first) this.#pumping = this.#runFrom(first);
  }

  /** Ends in the same turn in which it finds no more work, so that no batch is left behind. */
  async #runFrom(first: Job): Promise<void> {
    let job: Job | undefined = first;
    do {
      clearTimeout(job.timer);
      await this.#yieldToOthers();
      await this.#run(job);
      job = this.#next();
    } while (job);
    this.#pumping = undefined;
  }

  #next(): Job | undefined {
    if (!this.#owner) return this.#queue.shift();
    const index = this.#queue.findIndex((job) => job.stream === this.#owner);
    return index < 0 ? undefined : this.#queue.splice(index, 1)[0];
  }

  async #run({ stream, batch }: Job): Promise<void> {
    if (this.#failure) {
      stream.destroy(this.#failure);
      return;
    }
    let bytes: Buffer;
    try {
      const raw = await this.#session.execute(batch);
      bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    } catch (error) {
      this.#fail(stream, error);
      return;
    }
    const { idle, notifications } = wire.readAnswer(bytes);
    this.#owner = idle ? undefined : stream;
    if (this.#owner && !this.#streams.has(stream)) {
      // The client went away while its statement ran, when it did not own the session yet.
      this.#queue.unshift({ stream, batch: wire.simpleQuery('ROLLBACK') });
    }
    stream.answer(bytes);
    if (notifications.length > 0) this.#forward(stream, Buffer.concat(notifications));
  }

  #forward(from: SessionStream, notifications: Buffer): void {
    for (const stream of this.#streams) if (stream !== from) stream.answer(notifications);
  }

  /** SQL errors are answers; what is thrown has left the session in an unknown state. */
  #fail(stream: SessionStream, error: unknown): void {
    this.#failure = new Error('the embedded database has stopped', { cause: error });
    this.#owner = undefined;
    stream.destroy(this.#failure);
    this.#options.onFailure?.(this.#failure);
  }

  /** The session answers within microtasks: without this, a busy client starves timers and HTTP. */
  async #yieldToOthers(): Promise<void> {
    if (performance.now() - this.#yieldedAt < YIELD_AFTER_MS) return;
    await new Promise((resume) => setImmediate(resume));
    this.#yieldedAt = performance.now();
  }
}
