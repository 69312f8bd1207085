import type { Tx } from '../db/tx.js';
import type { Inquiry } from './inquiries.js';

/** The process that watches a case: that it looks at the clock is no sign of life. */
const WATCH_PROCESS = 'shared-deadline';

/**
 * When something last happened in a case: a message or change, a task that somebody did, a step of
 * the service's process. Reminders and breaches are not; they are about nothing happening.
 */
export async function lastActivity(
  tx: Tx,
  tenant: string,
  { id, instanceId, receivedAt }: Pick<Inquiry, 'id' | 'instanceId' | 'receivedAt'>,
): Promise<Date> {
  const [row] = await tx.query<{ at: Date | null }>(
    `SELECT greatest(
       (SELECT max(at) FROM event WHERE tenant_id = $1 AND subject_type = 'inquiry'
          AND subject_id = $2 AND kind <> 'inquiry.escalated'
          AND NOT (kind = 'inquiry.notified' AND data ->> 'recipient' <> 'party')),
       (SELECT max(s.at) FROM process_instance p
          JOIN step_log s ON s.tenant_id = p.tenant_id AND s.instance_id = p.id
          WHERE p.tenant_id = $1 AND p.root_id = $3 AND p.process_id <> $4),
       (SELECT max(t.ended_at) FROM process_instance p
          JOIN user_task t ON t.tenant_id = p.tenant_id AND t.instance_id = p.id
          WHERE p.tenant_id = $1 AND p.root_id = $3 AND t.state = 'completed')) AS at`,
    [tenant, id, instanceId, WATCH_PROCESS],
  );
  return row?.at ?? receivedAt;
}
