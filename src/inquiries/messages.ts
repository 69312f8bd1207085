import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';

/** Whom a message of ours goes to. */
export const RECIPIENTS = ['party', 'unit', 'manager'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/** A message in or out, in the content store. */
export interface InquiryMessage {
  id: Id;
  inquiryId: Id;
  direction: 'in' | 'out';
  /** The template it was written with. */
  kind: string;
  recipient: Recipient;
  address: string | null;
  subject: string | null;
  body: string | null;
  sentAt: Date;
  /** The same for the same effect, however often it is tried. */
  idempotencyKey: string;
}

const COLUMNS = `id, inquiry_id AS "inquiryId", direction, kind, recipient, address, subject, body,
  sent_at AS "sentAt", idempotency_key AS "idempotencyKey"`;

/** Records a message. False when the one of that key is there already. */
export async function recordMessage(
  tx: Tx,
  tenant: string,
  message: InquiryMessage,
): Promise<boolean> {
  const recorded = await tx.query(
    `INSERT INTO inquiry_message (tenant_id, id, inquiry_id, direction, kind, recipient, address,
       subject, body, sent_at, idempotency_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (tenant_id, idempotency_key) DO NOTHING RETURNING id`,
    [
      tenant,
      message.id,
      message.inquiryId,
      message.direction,
      message.kind,
      message.recipient,
      message.address,
      message.subject,
      message.body,
      message.sentAt,
      message.idempotencyKey,
    ],
  );
  return recorded.length === 1;
}

export async function isMessageRecorded(
  tx: Tx,
  tenant: string,
  idempotencyKey: string,
): Promise<boolean> {
  const found = await tx.query(
    'SELECT 1 FROM inquiry_message WHERE tenant_id = $1 AND idempotency_key = $2',
    [tenant, idempotencyKey],
  );
  return found.length > 0;
}

/** Every message of a case, oldest first. */
export async function readMessages(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<InquiryMessage[]> {
  return tx.query<InquiryMessage>(
    `SELECT ${COLUMNS} FROM inquiry_message WHERE tenant_id = $1 AND inquiry_id = $2 ORDER BY id`,
    [tenant, inquiryId],
  );
}
