import type { Db } from '../db/database.js';
import type { Logger } from '../kernel/log.js';
import type { AdvanceContext } from './advance.js';
import type { StepFault } from './step/step-fault.js';

/**
 * Leaves an incident for a step that was undone, in a transaction of its own, unless one like it is
 * open already. An instance that the step itself had made is gone: then only the log tells.
 */
export async function recordFault(
  { ports, clock }: AdvanceContext,
  db: Pick<Db, 'inTransaction'>,
  fault: StepFault,
  log: Logger,
): Promise<void> {
  const { code, reason, place } = fault;
  const { tenant, instanceId, elementId, born } = place;
  log.error('a step was undone', { code, instance: instanceId, element: elementId, error: fault });
  if (born) return;
  await db.inTransaction(async (tx) => {
    // Two who ask at once leave one incident: the second waits for the first at the row.
    await tx.query('SELECT 1 FROM process_instance WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
      tenant,
      instanceId,
    ]);
    await tx.query(
      `INSERT INTO incident (tenant_id, id, instance_id, element_id, kind, message, created_at)
       SELECT $1, $2, $3, $4, $5, $6, $7 FROM process_instance i
       WHERE i.tenant_id = $1 AND i.id = $3 AND i.status = 'active' AND NOT EXISTS (
         SELECT 1 FROM incident o WHERE o.tenant_id = $1 AND o.instance_id = $3 AND o.kind = $5
           AND o.element_id IS NOT DISTINCT FROM $4 AND o.job_id IS NULL
           AND o.resolved_at IS NULL)`,
      [tenant, ports.newId(), instanceId, elementId, code, messageOf(reason), clock()],
    );
  });
}

/** What happened, and what to do. */
export function messageOf(reason: string): string {
  const what = reason.slice(0, 1800);
  return `The step was undone: ${what}. Mend the model or the variables, then try again.`;
}
