import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { asAppError, isConnectionLoss, isContention, isStalePlan } from './failures.js';
import type { QueryOptions, Tx } from './tx.js';

const FIRST_BACK_OFF_MS = 10;

/** Runs single statements, each its own transaction. */
export function poolTx(pool: pg.Pool): Tx {
  return {
    query: async <R>(sql: string, parameters?: readonly unknown[], options?: QueryOptions) => {
      try {
        return await send<R>(pool, sql, parameters, options);
      } catch (error) {
        throw asAppError(error);
      }
    },
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
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(pool, work);
    } catch (error) {
      if (attempt >= attempts || !isContention(error)) throw asAppError(error);
      await delay(Math.random() * FIRST_BACK_OFF_MS * 2 ** attempt);
    }
  }
}

async function runOnce<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const tx = clientTx(client);
  try {
    // Not awaited before the first query, so that both take one round trip.
    const begun = client.query('BEGIN');
    begun.catch(() => tx.end());
    const result = await work(tx);
    tx.end();
    await begun;
    await commit(client);
    client.release();
    return result;
  } catch (error) {
    tx.end();
    await rollBack(client, error);
    throw error;
  }
}

/** PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and no error. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') {
    throw new Error('nothing was committed: a failed query of this transaction was ignored');
  }
}

async function rollBack(client: pg.PoolClient, reason: unknown): Promise<void> {
  if (isConnectionLoss(reason) || isStalePlan(reason)) return client.release(true);
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}

/** After its end the connection is somebody else's, so a kept `tx` must not speak on it. */
function clientTx(client: pg.PoolClient): Tx & { end(): void } {
  let ended = false;
  return {
    query: async (sql, parameters, options) => {
      if (ended) throw new Error('this transaction has ended; was one of its queries not awaited?');
      return send(client, sql, parameters, options);
    },
    end: () => {
      ended = true;
    },
  };
}

async function send<R>(
  to: pg.Pool | pg.PoolClient,
  text: string,
  parameters: readonly unknown[] = [],
  options?: QueryOptions,
): Promise<R[]> {
  const { rows } = await to.query({ text, values: [...parameters], ...options });
  return rows as R[];
}
