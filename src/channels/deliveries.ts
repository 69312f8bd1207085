import type { Tx } from '../db/tx.js';
import { NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

/** `queued`: on its way, tried again until a server takes it; `noAddress`: nobody to send it to. */
export const DELIVERY_STATES = ['queued', 'sent', 'refused', 'bounced', 'noAddress'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What became of one mail. No address and no words stand here, so it outlives the person link. */
export interface Delivery {
  id: Id;
  inquiryId: Id;
  /** Without angle brackets. */
  messageId: string;
  template: string;
  recipient: string;
  recipientUnit: string | null;
  /** How it was asked for, so that it can be asked for again. */
  asked: JsonObject;
  state: DeliveryState;
  attempts: number;
  /** The mail server's status code, where it gave one. */
  detail: string | null;
  createdAt: Date;
  changedAt: Date;
  /** The delivery that was made of it anew. */
  resentAs: Id | null;
  /** Login of who had it sent again, and why; null of a mail's first delivery. */
  askedBy: string | null;
  reason: ResendReason | null;
}

/** Why a mail is sent once more: to choose from, since a reason in words could name somebody. */
export const RESEND_REASONS = [
  'addressCorrected',
  'notReceived',
  'temporaryFailure',
  'other',
] as const;
export type ResendReason = (typeof RESEND_REASONS)[number];

const COLUMNS = `d.id, d.inquiry_id AS "inquiryId", d.message_id AS "messageId", d.template, d.recipient,
  d.recipient_unit AS "recipientUnit", d.asked, d.state, d.attempts, d.detail,
  d.created_at AS "createdAt", d.changed_at AS "changedAt", d.resent_as AS "resentAs",
  d.asked_by AS "askedBy", d.reason`;

type NewDelivery = Pick<
  Delivery,
  'id' | 'inquiryId' | 'messageId' | 'template' | 'recipient' | 'recipientUnit' | 'asked' | 'state'
>;

/** Notes that a mail is tried, once more if it was tried before. */
export async function noteAttempt(
  tx: Tx,
  tenant: string,
  delivery: NewDelivery,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO mail_delivery (tenant_id, id, inquiry_id, message_id, template, recipient,
       recipient_unit, asked, state, attempts, created_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)
     ON CONFLICT (tenant_id, message_id) DO UPDATE SET state = excluded.state,
       attempts = mail_delivery.attempts + 1, changed_at = excluded.changed_at`,
    [
      tenant,
      delivery.id,
      delivery.inquiryId,
      delivery.messageId,
      delivery.template,
      delivery.recipient,
      delivery.recipientUnit,
      delivery.asked,
      delivery.state,
      now,
    ],
  );
}

/** Notes what became of a mail; undefined when no such mail was sent. */
export async function noteState(
  tx: Tx,
  tenant: string,
  messageId: string,
  change: { state: DeliveryState; detail?: string | null; now: Date },
): Promise<Delivery | undefined> {
  const [changed] = await tx.query<Delivery>(
    `UPDATE mail_delivery d SET state = $3, detail = $4, changed_at = $5
     WHERE tenant_id = $1 AND message_id = $2 RETURNING ${COLUMNS}`,
    [tenant, messageId, change.state, change.detail ?? null, change.now],
  );
  return changed;
}

/** Whether a server has taken this mail. */
export async function isTaken(tx: Tx, tenant: string, messageId: string): Promise<boolean> {
  const taken = await tx.query(
    `SELECT 1 FROM mail_delivery WHERE tenant_id = $1 AND message_id = $2
       AND state IN ('sent', 'bounced')`,
    [tenant, messageId],
  );
  return taken.length > 0;
}

/**
 * One mail of a case; with `lock`, nobody else changes it before the transaction ends.
 * @throws NotFoundError 'delivery_not_found'
 */
export async function getDelivery(
  tx: Tx,
  tenant: string,
  { inquiryId, id }: Pick<Delivery, 'inquiryId' | 'id'>,
  { lock = false } = {},
): Promise<Delivery> {
  const [found] = await tx.query<Delivery>(
    `SELECT ${COLUMNS} FROM mail_delivery d
     WHERE d.tenant_id = $1 AND d.id = $2 AND d.inquiry_id = $3 ${lock ? 'FOR UPDATE' : ''}`,
    [tenant, id, inquiryId],
  );
  if (found) return found;
  throw new NotFoundError('delivery_not_found', 'There is no such mail of this inquiry.');
}

/** Every mail of a case, oldest first. */
export function readDeliveries(tx: Tx, tenant: string, inquiryId: Id): Promise<Delivery[]> {
  return tx.query<Delivery>(
    `SELECT ${COLUMNS} FROM mail_delivery d WHERE d.tenant_id = $1 AND d.inquiry_id = $2
     ORDER BY d.id`,
    [tenant, inquiryId],
  );
}

/** Mails to citizens that did not arrive and were not sent again, of open cases and closed ones. */
export function readUndeliverable(
  tx: Tx,
  tenant: string,
  limit: number,
): Promise<(Delivery & { reference: string; unit: string | null })[]> {
  return tx.query(
    `SELECT ${COLUMNS}, i.reference, i.unit_code AS unit FROM mail_delivery d
     JOIN inquiry i ON i.tenant_id = d.tenant_id AND i.id = d.inquiry_id
     WHERE d.tenant_id = $1 AND d.state IN ('refused', 'bounced', 'noAddress')
       AND d.resent_as IS NULL AND d.recipient = 'party' AND i.status <> 'deidentified'
       AND (d.state <> 'noAddress' OR i.identified)
     ORDER BY d.changed_at, d.id LIMIT $2`,
    [tenant, limit],
  );
}

/** The Message-IDs that a new mail on a case follows, oldest first. */
export async function threadOf(
  tx: Tx,
  tenant: string,
  { inquiryId, recipient }: { inquiryId: Id; recipient: string },
): Promise<{ theirs: string[]; all: string[] }> {
  const sent = await tx.query<{ messageId: string }>(
    `SELECT message_id AS "messageId" FROM mail_delivery WHERE tenant_id = $1 AND inquiry_id = $2
       AND recipient = $3 AND state = 'sent' ORDER BY id LIMIT 20`,
    [tenant, inquiryId, recipient],
  );
  if (recipient !== 'party') return { theirs: [], all: sent.map(({ messageId }) => messageId) };
  const came = await tx.query<{ messageId: string }>(
    `SELECT message_id AS "messageId" FROM inbound_mail WHERE tenant_id = $1 AND inquiry_id = $2
       AND message_id IS NOT NULL AND outcome IN ('inquiry', 'reply') ORDER BY id DESC LIMIT 20`,
    [tenant, inquiryId],
  );
  const theirs = came.map(({ messageId }) => messageId).reverse();
  return { theirs, all: [...sent.map(({ messageId }) => messageId), ...theirs] };
}
