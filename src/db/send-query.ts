import pg from 'pg';
import { asUnreachable } from './failures.js';

/** Hears the answer, or why there is none. */
type Answered = (failure: unknown, result: pg.QueryResult) => void;

/**
 * Sends a query at once, behind those that have no answer yet. False when it never left this
 * process, so that what counts on it must not be sent either.
 */
export function sendQuery(
  client: pg.PoolClient,
  config: pg.QueryConfig,
  answered: Answered,
): boolean {
  let left = false;
  let failed = false;
  const query = new pg.Query(config, undefined, (error: Error | null | undefined, result) => {
    failed = Boolean(error);
    answered(error ? asUnreachable(error) : undefined, result);
  });
  // The type says void; it is an error, or null.
  const submit: (connection: pg.Connection) => unknown = query.submit.bind(query);
  query.submit = (connection) => {
    const refusal = submit(connection);
    left = !refusal && !failed;
    return refusal;
  };
  client.query(query);
  return left;
}

/** Sends a query and resolves to its answer. */
export function queryClient(
  client: pg.PoolClient,
  config: pg.QueryConfig,
): Promise<pg.QueryResult> {
  return new Promise<pg.QueryResult>((resolve, reject) => {
    sendQuery(client, config, settling(resolve, reject));
  }).catch(rethrowFromHere);
}

export function settling(
  resolve: (result: pg.QueryResult) => void,
  reject: (failure: unknown) => void,
): Answered {
  return (failure, result) => (failure === undefined ? resolve(result) : reject(failure));
}

/** `pg` makes its errors in the socket's callback, from which no stack leads to who asked. */
export function rethrowFromHere(error: unknown): never {
  if (error instanceof Error) Error.captureStackTrace(error);
  throw error;
}

interface Corkable {
  cork?(): void;
  uncork?(): void;
}

/** Whatever `work` sends travels in one packet. */
export function inOnePacket(client: pg.PoolClient, work: () => void): void {
  const { stream } = (client as unknown as { connection: { stream: Corkable } }).connection;
  stream.cork?.();
  try {
    work();
  } finally {
    stream.uncork?.();
  }
}
