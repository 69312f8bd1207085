import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import { ConflictError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { caseVariables } from './case-variables.js';
import type { Inquiry } from './inquiries.js';
import { getInquiry, lockInquiry, updateInquiry } from './inquiries.js';
import type { Change } from './lifecycle.js';
import type { StartPort } from './start-port.js';

/** The process of a case that a person has opened again. */
const REOPENED_PROCESS = 'inquiry-reopened';

/** What running anew needs of the engine. */
export interface RunPort extends StartPort {
  cancel(tx: Tx, tenant: string, request: { instanceId: Id; by: string }): Promise<void>;
}

/**
 * Gives a case that is open again a new run of its process: the earlier one, which would forget the
 * case when its time is out, ends, and stays part of the story.
 */
export async function runAnew(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  inquiryId: Id,
  engine: RunPort,
): Promise<Inquiry> {
  const inquiry = await lockInquiry(tx, tenant, inquiryId);
  const service = await findService(tx, tenant, inquiry.service);
  if (!service) throw new ConflictError('service_unknown', 'Its service is no longer offered.');
  await endEarlierRun(tx, { tenant, by, now }, inquiry, engine);
  const instanceId = newId();
  await updateInquiry(tx, tenant, inquiryId, { instanceId });
  await engine.start(tx, tenant, {
    processId: REOPENED_PROCESS,
    variables: caseVariables(inquiry, service, true),
    by,
    instanceId,
  });
  return getInquiry(tx, tenant, inquiryId);
}

async function endEarlierRun(
  tx: Tx,
  { tenant, by, now }: Pick<Change, 'tenant' | 'by' | 'now'>,
  { id, instanceId }: Inquiry,
  engine: RunPort,
): Promise<void> {
  if (instanceId === null) return;
  const live = await tx.query(
    `SELECT 1 FROM process_instance WHERE tenant_id = $1 AND id = $2
       AND status IN ('created', 'active')`,
    [tenant, instanceId],
  );
  if (live.length > 0) await engine.cancel(tx, tenant, { instanceId, by });
  await tx.query(
    `INSERT INTO earlier_run (tenant_id, inquiry_id, instance_id, ended_at)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [tenant, id, instanceId, now],
  );
}
