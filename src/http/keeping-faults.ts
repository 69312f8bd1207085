import type { Db } from '../db/database.js';
import { StepFault } from '../engine/step/step-fault.js';
import type { Services } from './services.js';

interface Runtime {
  readonly db: Pick<Db, 'query' | 'inTransaction'>;
  readonly services: Pick<Services, 'engine'>;
}

/** A step that was undone has left nothing behind: what the case's owners must know comes after. */
export async function keepingFaults<Result>(
  { db, services }: Runtime,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepFault) await services.engine.recordFault(db, error);
    throw error;
  }
}
