import type { Tx } from '../db/tx.js';
import { requirePerson } from '../inquiries/conversation.js';
import type { Change } from '../inquiries/lifecycle.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import { insertEffect } from '../jobs/effects.js';
import { ConflictError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { Delivery, ResendReason } from './deliveries.js';
import { getDelivery } from './deliveries.js';
import { messageIdFor } from './message-id.js';

/** Name of the effect that sends a mail again. */
export const RESEND_MAIL = 'resend-mail';

/** What is tried that long without being sent is tried no more: its process was helped past it. */
const GIVEN_UP_MS = 24 * 3_600_000;

/** What tells the mail of one delivery from the one it repeats. */
export function resendKey(deliveryId: Id): string {
  return `${RESEND_MAIL}:${deliveryId}`;
}

/**
 * Has a mail sent again once the caller's transaction is committed. Resolves to the new delivery.
 * @throws NotFoundError 'delivery_not_found'; ConflictError 'delivery_queued' while it is still tried,
 * 'delivery_resent' when it was sent again before, 'inquiry_deidentified'
 */
export async function resendDelivery(
  tx: Tx,
  change: Change,
  { inquiryId, id, reason }: { inquiryId: Id; id: Id; reason: ResendReason },
): Promise<Delivery> {
  const { tenant, by, now, newId } = change;
  await requirePerson(tx, tenant, inquiryId);
  const earlier = await getDelivery(tx, tenant, { inquiryId, id }, { lock: true });
  if (earlier.resentAs !== null) {
    throw new ConflictError('delivery_resent', 'This mail was sent again already.', {
      details: { resentAs: earlier.resentAs },
    });
  }
  if (earlier.state === 'queued' && now.getTime() - earlier.changedAt.getTime() < GIVEN_UP_MS) {
    throw new ConflictError('delivery_queued', 'This mail is still being tried.');
  }
  const newest = newId();
  await tx.query(
    `INSERT INTO mail_delivery (tenant_id, id, inquiry_id, message_id, template, recipient,
       recipient_unit, asked, state, attempts, created_at, changed_at, asked_by, reason)
     SELECT tenant_id, $3, inquiry_id, $4, template, recipient, recipient_unit, asked, 'queued', 0,
       $5, $5, $6, $7 FROM mail_delivery WHERE tenant_id = $1 AND id = $2`,
    [tenant, id, newest, messageIdFor(tenant, resendKey(newest)), now, by, reason],
  );
  await tx.query('UPDATE mail_delivery SET resent_as = $3 WHERE tenant_id = $1 AND id = $2', [
    tenant,
    id,
    newest,
  ]);
  const { template, recipient } = earlier;
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.resent', {
    template,
    recipient,
    reason,
  });
  const effect = { type: RESEND_MAIL, payload: { inquiryId, deliveryId: newest } };
  await insertEffect(tx, tenant, { id: newId(), ...effect, availableAt: now, now });
  return getDelivery(tx, tenant, { inquiryId, id: newest });
}
