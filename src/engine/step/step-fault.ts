import { ConflictError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';

/** Where a step was when it had to be given up. */
export interface FaultPlace {
  tenant: string;
  instanceId: Id;
  elementId: string | null;
  /** The instance was made by this very step, and is gone with it. */
  born: boolean;
}

/**
 * A step that is undone as a whole: it used up its budget (`step_limit`), or the engine or a handler
 * failed in a way that leaves nothing to go on with (`step_failed`). The case is as it was before;
 * whoever rolled the transaction back leaves an incident with `recordFault`.
 */
export class StepFault extends ConflictError {
  declare readonly code: 'step_limit' | 'step_failed';
  readonly place: FaultPlace;
  /** What happened, for the incident. */
  readonly reason: string;

  constructor(
    code: 'step_limit' | 'step_failed',
    reason: string,
    place: FaultPlace,
    options: { cause?: unknown } = {},
  ) {
    const { elementId } = place;
    const where = elementId === null ? '' : ` at "${elementId}"`;
    super(code, `The process cannot go on${where}: ${reason}. Nothing was changed.`, {
      ...options,
      details: { instanceId: place.born ? null : place.instanceId, elementId },
    });
    this.reason = reason;
    this.place = place;
  }
}

/** Thrown in a step by whoever finds that its budget is used up; it becomes a fault. */
export class Overrun extends Error {
  override readonly name = 'Overrun';
}

/** Thrown in a step when the engine failed half way through a move. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';

  constructor(cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    // V8's words for a chain of elements that the engine follows by calling itself.
    const tooLong = words.startsWith('Maximum call stack');
    super(tooLong ? 'too many elements follow each other without a wait' : words, { cause });
  }
}
