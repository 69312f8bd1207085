import type { Tx } from '../db/tx.js';
import { WAKE_CHANNEL } from '../jobs/worker.js';
import type { NewJob } from './step/changes.js';

/** Adds one job outside a step, such as a message to deliver. It is available from its creation. */
export async function insertJob(tx: Tx, tenant: string, job: NewJob): Promise<void> {
  await tx.query(
    `INSERT INTO job (tenant_id, id, instance_id, execution_id, element_id, kind, type, payload,
       available_at, retries, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9)`,
    [
      tenant,
      job.id,
      job.instance_id,
      job.execution_id,
      job.element_id,
      job.kind,
      job.type,
      job.payload,
      job.available_at,
      job.retries,
    ],
  );
  await tx.query('SELECT pg_notify($1, $2)', [WAKE_CHANNEL, '']);
}
