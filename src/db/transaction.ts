import type pg from 'pg';
import { isAborted } from './failures.js';
import { inOnePacket, queryClient, rethrowFromHere, sendQuery, settling } from './send-query.js';
import type { QueryOptions, Tx } from './tx.js';

interface Asked {
  config: pg.QueryConfig;
  resolve: (result: pg.QueryResult) => void;
  reject: (failure: unknown) => void;
}

/**
 * One transaction on one connection, in as few round trips as its work allows. What is asked in one
 * turn travels in one packet, with BEGIN before it. COMMIT goes with the last queries when their
 * answers were not awaited; a transaction of a single such query is that query alone.
 */
export class Transaction implements Tx {
  readonly #client: pg.PoolClient;
  #asked: Asked[] = [];
  #begun: 'no' | 'sent' | 'failed' = 'no';
  /** Something that belongs to the transaction did not reach the server. */
  #incomplete = false;
  #ended = false;
  /** What made the transaction fail, until it is rolled back to a savepoint. */
  #failure: unknown;
  /** The same, found after the work was done. */
  #lateFailure: unknown;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(
    text: string,
    parameters: readonly unknown[] = [],
    options?: QueryOptions,
  ): Promise<R[]> {
    const rows = new Promise<pg.QueryResult>((resolve, reject) => {
      // The connection is somebody else's by then.
      if (this.#ended) {
        throw new Error('this transaction has ended; was one of its queries not awaited?');
      }
      this.#asked.push({ config: { text, values: [...parameters], ...options }, resolve, reject });
      if (this.#asked.length === 1) process.nextTick(() => this.#sendAsked());
    }).then(({ rows: found }) => found as R[], rethrowFromHere);
    // A query may be left unawaited: then its failure is found when the transaction ends.
    rows.catch(() => {});
    return rows;
  }

  /** Throws what an unawaited query has failed of. */
  async commit(): Promise<void> {
    this.#ended = true;
    if (this.#begun === 'no' && this.#asked.length < 2) return this.#commitAlone();
    const command = await this.#sendCommit();
    if (command === 'COMMIT' && this.#begun === 'sent') return;
    if (this.#lateFailure !== undefined) throw this.#lateFailure as Error;
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and no error.
    const text = 'nothing was committed: a failed query of this transaction was ignored';
    throw new Error(text, { cause: this.#failure });
  }

  /** Undoes everything. Resolves to what was really the matter when the work failed with `error`. */
  async rollBack(error: unknown): Promise<unknown> {
    this.#ended = true;
    for (const { reject } of this.#asked.splice(0)) reject(error);
    if (this.#begun !== 'no') await queryClient(this.#client, { text: 'ROLLBACK' });
    return isAborted(error) ? (this.#failure ?? error) : error;
  }

  #sendCommit(): Promise<string> {
    return new Promise((resolve, reject) => {
      inOnePacket(this.#client, () => {
        this.#sendAsked();
        const text = this.#incomplete ? 'ROLLBACK' : 'COMMIT';
        sendQuery(
          this.#client,
          { text },
          settling(({ command }) => resolve(command), reject),
        );
      });
    });
  }

  #commitAlone(): Promise<void> {
    const [only] = this.#asked.splice(0);
    if (!only) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const { config } = only;
      sendQuery(this.#client, config, (failure, result) => {
        settling(only.resolve, only.reject)(failure, result);
        settling(() => resolve(), reject)(failure, result);
      });
    });
  }

  #sendAsked(): void {
    if (!this.#asked.length) return;
    inOnePacket(this.#client, () => {
      if (this.#begun === 'no') this.#begin();
      for (const asked of this.#asked.splice(0)) this.#send(asked);
    });
  }

  #begin(): void {
    this.#begun = 'sent';
    const left = sendQuery(this.#client, { text: 'BEGIN' }, (failure) => {
      if (failure === undefined) return;
      this.#begun = 'failed';
      this.#lateFailure ??= failure;
      // Without it every query would commit by itself.
      this.#ended = true;
    });
    if (!left) this.#incomplete = true;
  }

  #send({ config, resolve, reject }: Asked): void {
    const left = sendQuery(this.#client, config, (failure, result) => {
      if (failure === undefined) {
        this.#failure = undefined;
        resolve(result);
        return;
      }
      this.#failure ??= failure;
      if (this.#ended) this.#lateFailure ??= this.#failure;
      reject(failure);
    });
    if (!left) this.#incomplete = true;
  }
}
