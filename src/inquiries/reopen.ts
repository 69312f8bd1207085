import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import { restartClock } from './case-clock.js';
import type { Inquiry } from './inquiries.js';
import { lockInquiry, updateInquiry } from './inquiries.js';
import { isOpen, transition } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

/** Why a closed case is worked on again. */
export const REOPEN_REASONS = ['citizenReplied', 'lowScore', 'unlinked', 'mistake'] as const;
export type ReopenReason = (typeof REOPEN_REASONS)[number];

/**
 * Opens a closed case again; its clock starts anew, from now. That it was closed, when and how stays in its
 * story; what has been archived stays archived. An open case stays as it is.
 * @throws NotFoundError, ConflictError 'status_not_allowed' for a de-identified one
 */
export async function reopenInquiry(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  reason: ReopenReason,
): Promise<Inquiry> {
  const inquiry = await lockInquiry(tx, change.tenant, inquiryId);
  if (isOpen(inquiry.status)) return inquiry;
  const changed = {
    status: transition(inquiry.status, 'reopened'),
    changedAt: change.now,
    closedAt: null,
    outcome: null,
  };
  await updateInquiry(tx, change.tenant, inquiryId, changed);
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.reopened', {
    reason,
    outcome: inquiry.outcome,
    closedAt: inquiry.closedAt?.toISOString() ?? null,
  });
  return restartClock(tx, change, inquiryId);
}
