/** How a statement is sent. */
export interface QueryOptions {
  /**
   * Prepares it once per connection under this name, so that the hot path is not parsed and planned
   * again. One name, one text; the statement's values come as parameters.
   */
  name?: string;
}

/**
 * Runs SQL, with `$1, $2 …` for the parameters. Objects become JSON, arrays become PostgreSQL arrays
 * (give `JSON.stringify(list)` for a jsonb list). Rows come back with bigint and numeric as strings,
 * timestamptz as Date, date as 'YYYY-MM-DD', json and jsonb parsed, bytea as Buffer.
 *
 * In a transaction a query need not be awaited: it saves a round trip, runs in its turn, and when it
 * fails, the transaction fails with its error.
 */
export interface Tx {
  query<R = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<R[]>;
}
