import type { Tx } from '../db/tx.js';
import { ConflictError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { lockInquiry, updateInquiry } from './inquiries.js';
import type { Inquiry } from './inquiries.js';
import { isOpen } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';
import { reopenInquiry } from './reopen.js';

/** The cases that follow this one because they are about the same thing, oldest first. */
export async function readFollowers(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<{ id: Id; reference: string }[]> {
  return tx.query<{ id: Id; reference: string }>(
    `SELECT id, reference FROM inquiry WHERE tenant_id = $1 AND duplicate_of = $2
       AND deidentified_at IS NULL ORDER BY id`,
    [tenant, inquiryId],
  );
}

/**
 * Lets a case follow another one no longer, since a person has seen that they are about different
 * things. It is on its own again, open, with a promise that counts from now.
 * @throws ConflictError 'inquiry_not_linked'
 */
export async function unlinkFollower(tx: Tx, change: Change, inquiryId: Id): Promise<Inquiry> {
  const inquiry = await lockInquiry(tx, change.tenant, inquiryId);
  if (inquiry.duplicateOf === null) {
    throw new ConflictError('inquiry_not_linked', 'This inquiry follows no other one.');
  }
  await updateInquiry(tx, change.tenant, inquiryId, { duplicateOf: null });
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.unlinked', {});
  if (isOpen(inquiry.status)) return { ...inquiry, duplicateOf: null };
  return reopenInquiry(tx, change, inquiryId, 'unlinked');
}
