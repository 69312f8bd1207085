import type { JsonValue } from './json.js';

interface AppErrorOptions<Details extends JsonValue = JsonValue> {
  /** What a caller may be told beyond the message; never personal data. */
  details?: Details;
  cause?: unknown;
}

/**
 * An outcome the caller must know about, as opposed to a bug. `code` is stable and in snake_case:
 * clients and tests may rely on it, while `message` may be reworded.
 */
export abstract class AppError extends Error {
  readonly code: string;
  readonly details: JsonValue | undefined;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.code = code;
    this.details = options.details;
  }
}

/** What was asked for does not exist, or not for this caller. */
export class NotFoundError extends AppError {}

/** Somebody else was first, or the state does not allow it. Reading again may help. */
export class ConflictError extends AppError {}

/** One reason why an input was refused, and where it stands. */
export type InvalidReason = {
  /** Where in the input, as a JSON pointer or dotted path. */
  path?: string;
  /** The BPMN or DMN element. */
  elementId?: string;
  elementName?: string;
  reason: string;
};

/** The input breaks a rule. All reasons at once, so that nobody mends them one by one. */
export class InvalidError extends AppError {
  declare readonly details: InvalidReason[];

  constructor(code: string, message: string, options: AppErrorOptions<InvalidReason[]> = {}) {
    super(code, message, { ...options, details: options.details ?? [] });
  }
}

/** The caller is known and may not do this. */
export class ForbiddenError extends AppError {}

/** The caller is not known: no credentials, or wrong ones. */
export class UnauthenticatedError extends AppError {}

/** Something needed is away for now; the same request may succeed later. */
export class UnavailableError extends AppError {}
