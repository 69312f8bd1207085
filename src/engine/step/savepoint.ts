import type { Tx } from '../../db/tx.js';

/**
 * Undoes what `work` has written when it fails: a failed statement ends the whole transaction unless
 * a savepoint stands before it. It is set with the first query, in the same round trip, so that work
 * without queries costs none.
 */
export async function withSavepoint<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  let savepoint: Promise<unknown> | undefined;
  const guarded: Tx = {
    query: (sql, parameters, options) => {
      if (!savepoint) {
        savepoint = tx.query('SAVEPOINT handler');
        // Without it the query that follows fails as well, and tells.
        savepoint.catch(() => {});
      }
      return tx.query(sql, parameters, options);
    },
  };
  let result: T;
  try {
    result = await work(guarded);
    if (savepoint) await tx.query('RELEASE SAVEPOINT handler');
  } catch (error) {
    if (savepoint) await tx.query('ROLLBACK TO SAVEPOINT handler');
    throw error;
  }
  return result;
}
