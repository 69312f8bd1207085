import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { UnavailableError } from '../kernel/errors.js';
import { asBusy, asUnreachable, isContention, isStalePlan } from './failures.js';
import type { QueryOptions, Tx } from './tx.js';

const FIRST_BACK_OFF_MS = 10;

/** Runs single statements, each its own transaction. */
export function poolTx(pool: pg.Pool): Tx {
  return {
    query: <R>(sql: string, parameters?: readonly unknown[], options?: QueryOptions) =>
      repeat(1, () => withClient(pool, (client) => query<R>(client, sql, parameters, options))),
  };
}

/**
 * Runs `work` in one transaction on a connection of its own: committed when it resolves, rolled back
 * when it rejects. When others were in the way it is run again from the start, up to `attempts`
 * times, so it must change nothing but the database.
 * @throws UnavailableError database_busy after the last attempt; database_unavailable
 */
export async function runTransaction<T>(
  pool: pg.Pool,
  attempts: number,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return repeat(attempts, () =>
    withClient(pool, async (client, discard) => {
      const tx = clientTx(client);
      try {
        // Not awaited before the first query, so that both take one round trip.
        const begun = send(client, { text: 'BEGIN' });
        begun.catch(() => tx.end());
        const result = await work(tx);
        tx.end();
        await begun;
        await commit(client);
        return result;
      } catch (error) {
        tx.end();
        await send(client, { text: 'ROLLBACK' }).catch(discard);
        throw error;
      }
    }),
  );
}

async function repeat<T>(attempts: number, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ;) {
    try {
      return await run();
    } catch (error) {
      if (isStalePlan(error)) continue; // each time one connection less has it
      if (attempt >= attempts || !isContention(error)) throw asBusy(error);
      attempt += 1;
      await delay(Math.random() * FIRST_BACK_OFF_MS * 2 ** attempt);
    }
  }
}

/** Lends a connection of the pool to `work`; one that is broken or discarded does not go back. */
async function withClient<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, discard: () => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch(rethrowUnreachable);
  let broken = false;
  const discard = () => {
    broken = true;
  };
  // A lost connection is also an event, which nobody else hears while the connection is lent.
  client.on('error', discard);
  try {
    return await work(client, discard);
  } catch (error) {
    if (isStalePlan(error) || error instanceof UnavailableError) discard();
    throw error;
  } finally {
    client.off('error', discard);
    client.release(broken);
  }
}

/** PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and no error. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await send(client, { text: 'COMMIT' });
  if (command !== 'COMMIT') {
    throw new Error('nothing was committed: a failed query of this transaction was ignored');
  }
}

/** After its end the connection is somebody else's, so a kept `tx` must not speak on it. */
function clientTx(client: pg.PoolClient): Tx & { end(): void } {
  let ended = false;
  return {
    query: async (sql, parameters, options) => {
      if (ended) throw new Error('this transaction has ended; was one of its queries not awaited?');
      return query(client, sql, parameters, options);
    },
    end: () => {
      ended = true;
    },
  };
}

async function query<R>(
  client: pg.PoolClient,
  text: string,
  parameters: readonly unknown[] = [],
  options?: QueryOptions,
): Promise<R[]> {
  const { rows } = await send(client, { text, values: [...parameters], ...options });
  return rows as R[];
}

async function send(client: pg.PoolClient, config: pg.QueryConfig): Promise<pg.QueryResult> {
  return client.query(config).catch(rethrowUnreachable);
}

function rethrowUnreachable(error: unknown): never {
  throw asUnreachable(error);
}
