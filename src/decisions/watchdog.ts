import { createContext, Script } from 'node:vm';

/** Nothing is evaluated in this context but the call itself: node:vm is used for its timer only. */
const sandbox: { action?: () => unknown } = {};
const context = createContext(sandbox);
const script = new Script('action()');

/**
 * Runs a synchronous action and stops it, wherever it is, when it takes too long: an endless loop or
 * a backtracking regular expression never asks a step counter. Costs some 0.1 ms, so it is kept for
 * what may need it.
 * @throws RangeError when the time is over
 */
export function withinTime<Result>(milliseconds: number, action: () => Result): Result {
  sandbox.action = action;
  try {
    return script.runInContext(context, { timeout: milliseconds }) as Result;
  } catch (error) {
    if (isTimeout(error)) {
      throw new RangeError(`it takes longer than ${milliseconds} ms`, { cause: error });
    }
    throw error;
  } finally {
    delete sandbox.action;
  }
}

function isTimeout(error: unknown): boolean {
  // Not `instanceof Error`: the error is of the other context.
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
