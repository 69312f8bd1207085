import type { Tx } from '../../db/tx.js';

/** Does something once, before the first query of whoever uses this transaction. */
export function beforeFirst(tx: Tx, prepare: () => unknown): Tx {
  let prepared = false;
  return {
    query: (sql, parameters, options) => {
      if (!prepared) {
        prepared = true;
        prepare();
      }
      return tx.query(sql, parameters, options);
    },
  };
}
