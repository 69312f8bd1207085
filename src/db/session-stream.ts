import { Duplex } from 'node:stream';
import * as wire from './wire.js';

/** Where a stream hands in its work, and says that it is going away. */
export interface SessionDesk {
  /** Takes a complete batch of messages; the answer comes back through `stream.answer`. */
  submit(stream: SessionStream, batch: Buffer): void;
  leave(stream: SessionStream): void;
}

let streamCount = 0;

/**
 * The client's end of a virtual connection. To a `pg` client it looks like a socket; it gathers
 * messages into batches, and gives prepared statements names of their own, because their names are
 * per connection in PostgreSQL while all these connections share one session.
 */
export class SessionStream extends Duplex {
  /** Statements this connection has prepared, under their names in the shared session. */
  readonly statements = new Set<string>();
  readonly #desk: SessionDesk;
  readonly #prefix = `c${++streamCount}_`;
  #rest: Buffer = Buffer.alloc(0);
  #batch: Buffer[] = [];
  #greeted = false;
  #left = false;

  constructor(desk: SessionDesk) {
    super({ allowHalfOpen: false });
    this.#desk = desk;
  }

  /** Sends the server's bytes to the client, if it is still there. */
  answer(bytes: Buffer): void {
    if (!this.#left) this.push(bytes);
  }

  /** Called by `pg` in place of opening a socket. */
  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#receive(chunk);
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#receive(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _final(done: () => void): void {
    this.#leave();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#leave();
    done(error);
  }

  #leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#desk.leave(this);
  }

  #receive(chunk: Buffer): void {
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (!this.#greeted) {
      // The StartupMessage has a length and no type. The shared session is already open.
      if (bytes.length < 4 || bytes.length < bytes.readInt32BE(0)) {
        this.#rest = bytes;
        return;
      }
      bytes = bytes.subarray(bytes.readInt32BE(0));
      this.#greeted = true;
      this.answer(wire.greeting());
    }
    this.#rest = this.#takeMessages(bytes);
  }

  #takeMessages(bytes: Buffer): Buffer {
    let offset = 0;
    for (;;) {
      const length = wire.messageLength(bytes, offset);
      if (length === undefined || offset + length > bytes.length) return bytes.subarray(offset);
      this.#take(bytes.subarray(offset, offset + length));
      offset += length;
    }
  }

  #take(bytes: Buffer): void {
    const type = bytes[0] as number;
    if (type === wire.TERMINATE) return;
    const renamed = wire.prefixStatement(bytes, this.#prefix);
    const statement = wire.parsedStatement(renamed);
    if (statement !== undefined) this.statements.add(statement);
    this.#batch.push(renamed);
    if (!wire.ENDS_BATCH.has(type)) return;
    const batch = this.#batch.length === 1 ? renamed : Buffer.concat(this.#batch);
    this.#batch = [];
    this.#desk.submit(this, batch);
  }
}
