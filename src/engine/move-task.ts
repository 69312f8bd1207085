import { ConflictError } from '../kernel/errors.js';
import type { Outcome } from './advance.js';

const OVER: ReadonlySet<string> = new Set(['wait_over', 'instance_ended']);

/** Carries out a command on a task; whatever ended its wait, a person is told the same. */
export async function moveTask(move: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await move();
  } catch (error) {
    if (error instanceof ConflictError && OVER.has(error.code)) {
      throw new ConflictError('task_not_open', 'The task is done or withdrawn already.');
    }
    throw error;
  }
}
