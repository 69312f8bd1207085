import { forgetFeel } from '../../decisions/feel.js';
import { AppError } from '../../kernel/errors.js';
import { Interrupted, watched } from '../../kernel/watched.js';
import type { Limits, Spent } from './budget.js';
import { reasonOf } from './incidents.js';
import { nextTurn } from './pending.js';
import type { Pending } from './pending.js';
import { Overrun, StepFault } from './step-fault.js';
import type { FaultPlace } from './step-fault.js';

/** What a stretch is accounted to. */
export interface Driven {
  readonly limits: Limits;
  readonly spent: Spent;
  readonly place: Omit<FaultPlace, 'elementId'>;
}

/**
 * Runs a step's synchronous stretches, each under the watchdog, and awaits between them what they
 * wait for. Nothing of a database's driver runs inside a stretch: it could not stand being
 * interrupted.
 * @throws StepFault when the step has to be undone; what it worked on may only be thrown away
 */
export async function drive(driven: Driven, first: () => Pending): Promise<void> {
  let sliceEndsMs = performance.now() + driven.limits.sliceMs;
  for (let next = first; ;) {
    const pending = await stretch(driven, next);
    if (!pending.value) return;
    next = await pending.value;
    if (performance.now() < sliceEndsMs) continue;
    await nextTurn();
    sliceEndsMs = performance.now() + driven.limits.sliceMs;
  }
}

async function stretch<Result>(driven: Driven, work: () => Result): Promise<{ value: Result }> {
  const { limits, spent } = driven;
  try {
    if (performance.now() - spent.begunMs > limits.stepMs) throw new Overrun(tooLong(limits));
    return await watched(limits.stretchMs, work);
  } catch (error) {
    throw asFault(driven, error);
  }
}

/** What is thrown at a caller is theirs; whatever else is thrown in a stretch is the step's end. */
function asFault({ limits, spent, place }: Driven, error: unknown): unknown {
  if (error instanceof AppError) return error;
  const where = { ...place, elementId: spent.at };
  if (error instanceof Overrun) return new StepFault('step_limit', error.message, where);
  if (error instanceof Interrupted) {
    // It may have been stopped in the middle of an expression.
    forgetFeel();
    const reason = `it worked for ${limits.stretchMs} ms without a stop and was interrupted`;
    return new StepFault('step_limit', reason, where, { cause: error });
  }
  return new StepFault('step_failed', reasonOf(error), where, { cause: error });
}

export function tooLong({ stepMs }: Limits): string {
  return `the step takes longer than ${stepMs / 1000} s`;
}
