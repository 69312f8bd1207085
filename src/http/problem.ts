import { STATUS_CODES } from 'node:http';
import {
  AppError,
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '../kernel/errors.js';
import type { InvalidReason } from '../kernel/errors.js';
import type { JsonValue } from '../kernel/json.js';
import type { RouteFailure } from './route.js';

/** RFC 9457 problem details, with a stable `code` for programs beside the words for people. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  code: string;
  /** Everything that is wrong with the input, at once. */
  errors?: InvalidReason[];
  /** What else a client may want to know, such as who holds a task. */
  details?: JsonValue;
  requestId?: string;
}

const STATUS_BY_KIND = [
  [InvalidError, 400],
  [UnauthenticatedError, 401],
  [ForbiddenError, 403],
  [NotFoundError, 404],
  [ConflictError, 409],
  [UnavailableError, 503],
] as const;

/** What only HTTP can get wrong has a number of its own. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  method_not_allowed: 405,
  not_acceptable: 406,
  body_too_large: 413,
  unsupported_media_type: 415,
  host_not_served: 421,
};

export const FAILURE_STATUS: Readonly<Record<RouteFailure, number>> = {
  not_found: 404,
  conflict: 409,
  unavailable: 503,
};

/** What every route may answer: bad input, no login, not allowed. */
export const COMMON_FAILURES = [400, 401, 403, 413, 415] as const;

/** The problem an error is to its caller; a bug says no more than that it is one. */
export function problemOf(error: unknown): Problem {
  const known = asAppError(error);
  if (!known) return problem(500, 'internal_error', 'Something went wrong on our side.');
  const { code, message, details } = known;
  const status = STATUS_BY_CODE[code] ?? statusByKind(known);
  const extra =
    known instanceof InvalidError ? reasons(known) : details !== undefined && { details };
  return { ...problem(status, code, message), ...extra };
}

function problem(status: number, code: string, detail: string): Problem {
  return { type: 'about:blank', title: titleOf(status), status, detail, code };
}

/** The title that goes with `about:blank` (RFC 9457 § 4.2.1): the status in words. */
export function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}

function statusByKind(error: AppError): number {
  return STATUS_BY_KIND.find(([Kind]) => error instanceof Kind)?.[1] ?? 500;
}

function reasons(error: InvalidError): { errors?: InvalidReason[] } {
  return error.details.length > 0 ? { errors: error.details } : {};
}

/** Express's own refusals (a path it cannot decode) carry a status; they are the caller's fault. */
function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof URIError) {
    return new InvalidError('malformed_path', 'The path is not properly percent-encoded.');
  }
  return undefined;
}
