import type { Tx } from '../db/tx.js';
import type { DueJob } from '../jobs/due-jobs.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { AdvanceContext } from './advance.js';
import { again, nextRoundAfter } from './arrivals/timer.js';
import { startInstance } from './start-instance.js';

/**
 * Starts the process that begins at a time, and sets the next time of a cycle: the first after now.
 * A node that was away for a week makes one daily round, not seven of the same day.
 */
export async function startByTimer(context: AdvanceContext, tx: Tx, job: DueJob): Promise<void> {
  const { tenant, id } = job;
  const now = context.clock();
  const [locked] = await tx.query<{ payload: JsonObject }>(
    'SELECT payload FROM job WHERE tenant_id = $1 AND id = $2 AND available_at <= $3 FOR UPDATE',
    [tenant, id, now],
  );
  if (!locked) return;
  const { definitionId, elementId, round } = locked.payload as {
    definitionId: Id;
    elementId: string;
    round?: JsonObject;
  };
  await startInstance(context, tx, tenant, {
    definitionId,
    startId: elementId,
    variables: {},
    by: 'system',
  });
  const next = nextRoundAfter(round, now);
  if (!next) {
    await tx.query('DELETE FROM job WHERE tenant_id = $1 AND id = $2', [tenant, id]);
    return;
  }
  await tx.query(
    'UPDATE job SET payload = $3, available_at = $4 WHERE tenant_id = $1 AND id = $2',
    [tenant, id, { ...locked.payload, round: next }, again(next).dueAt],
  );
}
