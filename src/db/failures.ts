import { UnavailableError } from '../kernel/errors.js';

/** Serialization failure, deadlock, lock not available: the same work may succeed when repeated. */
const CONTENTION = new Set(['40001', '40P01', '55P03']);

/** Errors of Node's sockets. */
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'ENOENT']);

/** `pg` gives these no code. */
const LOST =
  /^Connection terminated|^Client has encountered a connection error|exceeded when trying to connect/;

/** True when the transaction failed only because of others, and can be tried again from the start. */
export function isContention(error: unknown): boolean {
  return CONTENTION.has(codeOf(error));
}

/**
 * What the transaction relied on has been changed by somebody who was faster (SQLSTATE 40001): waiting
 * longer would not have helped, and the next time it is known.
 */
export function isOvertaken(error: unknown): boolean {
  return codeOf(error) === '40001';
}

/** A named statement was planned on its connection before a migration changed its table. */
export function isStalePlan(error: unknown): boolean {
  return codeOf(error) === '0A000' && error instanceof Error && /cached plan/.test(error.message);
}

/**
 * An earlier query of the same transaction has failed, and nothing runs until it is rolled back; also
 * a savepoint was not set then (SQLSTATE 25P02, 3B001).
 */
export function isAborted(error: unknown): boolean {
  return codeOf(error) === '25P02' || codeOf(error) === '3B001';
}

/** What the caller should see of a contention that did not end in time. */
export function asBusy(error: unknown): unknown {
  if (!(error instanceof Error) || !isContention(error)) return error;
  return new UnavailableError('database_busy', `The database is busy: ${error.message}`, {
    cause: error,
  });
}

/**
 * What the caller should see of an error in talking to the database: that it cannot be reached, when
 * the connection is gone or the server is going (SQLSTATE class 08, 57P01 to 57P03); else the error.
 */
export function asUnreachable(error: unknown): unknown {
  if (!isConnectionLoss(error)) return error;
  return new UnavailableError('database_unavailable', 'The database cannot be reached.', {
    cause: error,
  });
}

function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  if (code.startsWith('08') || /^57P0[123]$/.test(code) || SOCKET.has(code)) return true;
  return error instanceof Error && LOST.test(error.message);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
