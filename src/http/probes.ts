import { Router } from 'express';
import type { Tx } from '../db/tx.js';
import { UnavailableError } from '../kernel/errors.js';

/** What the probes ask. */
export interface ProbeOptions {
  readonly db: Tx;
  /** False from the moment it is told to stop: the balancer sends nothing more. */
  readonly isAccepting: () => boolean;
}

/** `/healthz`: it serves and its database answers. `/readyz`: it also takes new work. */
export function probeRouter({ db, isAccepting }: ProbeOptions): Router {
  const router = Router();
  const askDatabase = async () => {
    try {
      await db.query('SELECT 1');
    } catch (error) {
      throw new UnavailableError('database_unavailable', 'The database does not answer.', {
        cause: error,
      });
    }
  };
  router.get('/healthz', async (_request, response) => {
    await askDatabase();
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    if (!isAccepting()) throw new UnavailableError('stopping', 'This node is being stopped.');
    await askDatabase();
    response.json({ status: 'ready' });
  });
  return router;
}
