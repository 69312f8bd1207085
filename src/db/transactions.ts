import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { UnavailableError } from '../kernel/errors.js';
import { asBusy, asUnreachable, isContention, isOvertaken, isStalePlan } from './failures.js';
import { queryClient } from './send-query.js';
import { Transaction } from './transaction.js';
import type { QueryOptions, Tx } from './tx.js';

const FIRST_BACK_OFF_MS = 10;

const ATTEMPTS_WHEN_OVERTAKEN = 4;

/** Runs single statements, each its own transaction. */
export function poolTx(pool: pg.Pool): Tx {
  return {
    query: <R>(sql: string, parameters?: readonly unknown[], options?: QueryOptions) =>
      repeat(1, () =>
        withClient(pool, async (client) => {
          const config = { text: sql, values: [...(parameters ?? [])], ...options };
          return (await queryClient(client, config)).rows as R[];
        }),
      ),
  };
}

/**
 * Runs `work` in one transaction on a connection of its own: committed when it resolves, rolled back
 * when it rejects. When others were in the way it is run again from the start, up to `attempts`
 * times (or four, when overtaken), so it must change nothing but the database.
 * @throws UnavailableError database_busy after the last attempt; database_unavailable
 */
export async function runTransaction<T>(
  pool: pg.Pool,
  attempts: number,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return repeat(attempts, () =>
    withClient(pool, async (client, discard) => {
      const transaction = new Transaction(client);
      let result: T;
      try {
        result = await work(transaction);
      } catch (error) {
        throw await transaction.rollBack(error).catch(() => {
          discard();
          return error;
        });
      }
      await transaction.commit();
      return result;
    }),
  );
}

async function repeat<T>(attempts: number, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ;) {
    try {
      return await run();
    } catch (error) {
      if (isStalePlan(error)) continue; // each time one connection less has it
      const most = isOvertaken(error) ? ATTEMPTS_WHEN_OVERTAKEN : attempts;
      if (attempt >= most || !isContention(error)) throw asBusy(error);
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

function rethrowUnreachable(error: unknown): never {
  throw asUnreachable(error);
}
