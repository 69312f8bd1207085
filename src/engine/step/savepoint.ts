import type { QueryOptions, Tx } from '../../db/tx.js';

/**
 * Undoes what `work` has written when it fails: a failed statement ends the whole transaction unless
 * a savepoint stands before it. It is set with the first query and released with whatever comes next,
 * so that neither costs a round trip, and work without queries costs nothing.
 */
export async function withSavepoint<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const queries: Promise<unknown>[] = [];
  const guarded: Tx = {
    query: <R>(sql: string, parameters?: readonly unknown[], options?: QueryOptions) => {
      // Without it the query that follows fails as well, and tells.
      if (!queries.length) queries.push(tx.query('SAVEPOINT handler'));
      const rows = tx.query<R>(sql, parameters, options);
      queries.push(rows);
      return rows;
    },
  };
  try {
    const result = await work(guarded);
    // Some of them the work may not have awaited.
    await Promise.all(queries);
    if (queries.length) void tx.query('RELEASE SAVEPOINT handler');
    return result;
  } catch (error) {
    if (queries.length) {
      await Promise.allSettled(queries);
      await tx.query('ROLLBACK TO SAVEPOINT handler');
    }
    throw error;
  }
}
