import type { Tx } from '../db/tx.js';
import { ConflictError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { DialoguePorts } from './dialogue-ports.js';
import { getInquiry } from './inquiries.js';
import type { Channel } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

/** A message of a case, as its timeline shows it. */
export interface ConversationEntry {
  id: Id;
  /** `note`: between colleagues. */
  direction: 'in' | 'out' | 'note';
  /** The template of one that was sent by a process. */
  kind: string;
  channel: Channel | null;
  recipient: string;
  /** Login of who wrote it, or of who wrote it down. */
  writtenBy: string | null;
  address: string | null;
  subject: string | null;
  body: string | null;
  sentAt: Date;
  /** Until when somebody must have read it; null where nobody has to. */
  dueAt: Date | null;
  readAt: Date | null;
  readBy: string | null;
  /** The case it was said on, when that one follows this one. */
  fromReference: string | null;
  attachments: Id[];
}

const SELECT = `SELECT m.id, m.direction, m.kind, m.channel, m.recipient, m.written_by AS "writtenBy",
    m.address, m.subject, m.body, m.sent_at AS "sentAt", m.due_at AS "dueAt",
    m.read_at AS "readAt", m.read_by AS "readBy", f.reference AS "fromReference",
    ARRAY(SELECT a.attachment_id FROM message_attachment a
      WHERE a.tenant_id = m.tenant_id AND a.message_id = m.id ORDER BY 1) AS attachments
  FROM inquiry_message m
  LEFT JOIN inquiry f ON f.tenant_id = m.tenant_id AND f.id = m.from_inquiry_id`;

/** Everything that was said on a case, in and out, oldest first; notes between colleagues too. */
export function readConversation(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<ConversationEntry[]> {
  return tx.query<ConversationEntry>(
    `${SELECT} WHERE m.tenant_id = $1 AND (m.inquiry_id = $2 OR m.from_inquiry_id = $2)
     ORDER BY m.sent_at, m.id`,
    [tenant, inquiryId],
  );
}

/** Writes a note that colleagues see on the case, and nobody else. */
export async function addNote(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  { subject, body }: { subject: string | null; body: string },
): Promise<Id> {
  const { tenant, by, now, newId } = change;
  await requirePerson(tx, tenant, inquiryId);
  const id = newId();
  await tx.query(
    `INSERT INTO inquiry_message (tenant_id, id, inquiry_id, direction, kind, recipient, subject,
       body, sent_at, idempotency_key, written_by)
     VALUES ($1, $2, $3, 'note', 'note', 'unit', $4, $5, $6, $7, $8)`,
    [tenant, id, inquiryId, subject, body, now, `note:${id}`, by],
  );
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.noted', { messageId: id });
  return id;
}

/**
 * Says that somebody has read a message, which ends its deadline. Reading again changes nothing.
 * @throws NotFoundError 'message_not_found'
 */
export async function markRead(
  tx: Tx,
  change: Change,
  message: { inquiryId: Id; messageId: Id },
  { publish }: Pick<DialoguePorts, 'publish'>,
): Promise<void> {
  const { tenant, by, now } = change;
  const { inquiryId, messageId } = message;
  const [found] = await tx.query<{ readAt: Date | null }>(
    `SELECT read_at AS "readAt" FROM inquiry_message
     WHERE tenant_id = $1 AND id = $2 AND inquiry_id = $3 AND due_at IS NOT NULL FOR UPDATE`,
    [tenant, messageId, inquiryId],
  );
  if (!found) throw new NotFoundError('message_not_found', 'There is no such message to read.');
  if (found.readAt) return;
  await tx.query(
    'UPDATE inquiry_message SET read_at = $3, read_by = $4 WHERE tenant_id = $1 AND id = $2',
    [tenant, messageId, now, by],
  );
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.messageRead', { messageId });
  await publish(tx, tenant, {
    name: 'message.read',
    correlationKey: messageId,
    timeToLiveMs: 0,
    variables: {},
    by,
  });
}

/** @throws ConflictError 'inquiry_deidentified' */
export async function requirePerson(tx: Tx, tenant: string, inquiryId: Id): Promise<void> {
  const { deidentifiedAt } = await getInquiry(tx, tenant, inquiryId);
  if (!deidentifiedAt) return;
  throw new ConflictError('inquiry_deidentified', 'What was held about this case is deleted.');
}
