import { appendEvent } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Inquiry } from './inquiries.js';
import { lockInquiry, updateInquiry } from './inquiries.js';
import type { Outcome, Status } from './inquiry.js';
import { endStatus, transition } from './inquiry.js';

/** Who changes an inquiry, and when. */
export interface Change {
  tenant: string;
  by: string;
  now: Date;
  newId: () => Id;
}

/**
 * Sets the status of an inquiry; setting it again changes nothing.
 * @throws NotFoundError, ConflictError 'status_not_allowed'
 */
export async function setStatus(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  status: Status,
): Promise<Inquiry> {
  const inquiry = await lockInquiry(tx, change.tenant, inquiryId);
  if (inquiry.status === transition(inquiry.status, status)) return inquiry;
  const changed = { status, changedAt: change.now };
  await updateInquiry(tx, change.tenant, inquiryId, changed);
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.status', {
    from: inquiry.status,
    to: status,
  });
  return { ...inquiry, ...changed };
}

/**
 * Ends an inquiry. One that has ended stays as it ended.
 * @throws NotFoundError
 */
export async function closeInquiry(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  outcome: Outcome,
): Promise<Inquiry & { closedAt: Date; outcome: Outcome }> {
  const inquiry = await lockInquiry(tx, change.tenant, inquiryId);
  const { closedAt, outcome: ended } = inquiry;
  if (closedAt && ended) return { ...inquiry, closedAt, outcome: ended };
  const changed = {
    status: transition(inquiry.status, endStatus(outcome)),
    changedAt: change.now,
    closedAt: change.now,
    outcome,
  };
  await updateInquiry(tx, change.tenant, inquiryId, changed);
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.closed', { outcome });
  return { ...inquiry, ...changed };
}

/** Tells the inquiry's story one step further. */
export function appendInquiryEvent(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  inquiryId: Id,
  kind: `inquiry.${string}`,
  data: JsonObject = {},
): Promise<void> {
  return appendEvent(tx, tenant, {
    id: newId(),
    subjectType: 'inquiry',
    subjectId: inquiryId,
    kind,
    actor: by,
    at: now,
    data,
  });
}
