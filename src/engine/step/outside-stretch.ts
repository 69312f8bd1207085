import type { Tx } from '../../db/tx.js';

/**
 * A transaction for use inside a stretch: each query is sent when the stretch is over, in the order
 * they were made, so that an interrupt never hits a driver half way through a message.
 */
export function outsideStretch(tx: Tx): Tx {
  return {
    query: async (sql, parameters, options) => {
      await Promise.resolve();
      return tx.query(sql, parameters, options);
    },
  };
}
