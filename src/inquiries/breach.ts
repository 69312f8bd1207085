import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import { lockInquiry, updateInquiry } from './inquiries.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

/** The promise, the law, and the municipality's own limits inside a process. */
export const DEADLINES = ['guarantee', 'statutory', 'internal'] as const;
export type Deadline = (typeof DEADLINES)[number];

/** Added at each escalation: a case that has slipped comes before those that have not. */
const PRIORITY_STEP = 20;

/**
 * Records that a deadline was missed, and raises the priority of the case and of its open tasks. The
 * same deadline missed at the same level is one breach. Returns its id.
 * @throws NotFoundError
 */
export async function recordBreach(
  tx: Tx,
  change: Change,
  missed: { inquiryId: Id; deadline: Deadline; level: number },
): Promise<Id> {
  const { inquiryId, deadline, level } = missed;
  const { tenant, now, newId } = change;
  const inquiry = await lockInquiry(tx, tenant, inquiryId);
  const dates = { guarantee: inquiry.expectedBy, statutory: inquiry.statutoryBy, internal: now };
  const dueAt = dates[deadline] ?? now;
  const known = await findBreach(tx, tenant, missed, dueAt);
  if (known !== undefined) return known;
  const id = newId();
  await tx.query(
    `INSERT INTO breach (tenant_id, id, inquiry_id, deadline, level, unit_code, due_at, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenant, id, inquiryId, deadline, level, inquiry.unit, dueAt, now],
  );
  const priority = Math.min(100, inquiry.priority + PRIORITY_STEP);
  await updateInquiry(tx, tenant, inquiryId, { priority });
  await raiseTasks(tx, tenant, inquiry.instanceId, priority);
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.escalated', { deadline, level });
  return id;
}

async function findBreach(
  tx: Tx,
  tenant: string,
  { inquiryId, deadline, level }: { inquiryId: Id; deadline: Deadline; level: number },
  dueAt: Date,
): Promise<Id | undefined> {
  const [known] = await tx.query<{ id: Id }>(
    `SELECT id FROM breach WHERE tenant_id = $1 AND inquiry_id = $2 AND deadline = $3
       AND level = $4 AND due_at = $5`,
    [tenant, inquiryId, deadline, level, dueAt],
  );
  return known?.id;
}

/** Open tasks of the case's process and of those it called. */
async function raiseTasks(
  tx: Tx,
  tenant: string,
  instanceId: Id | null,
  priority: number,
): Promise<void> {
  await tx.query(
    `UPDATE user_task t SET priority = greatest(t.priority, $3)
     FROM process_instance p WHERE t.tenant_id = $1 AND p.tenant_id = $1
       AND p.id = t.instance_id AND p.root_id = $2 AND t.state = 'created'`,
    [tenant, instanceId, priority],
  );
}
