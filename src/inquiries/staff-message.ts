import type { Tx } from '../db/tx.js';
import { ConflictError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { pauseClock, resumeClock } from './case-clock.js';
import { requirePerson } from './conversation.js';
import { lockInquiry } from './inquiries.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent, setStatus } from './lifecycle.js';

/** Name of the effect that mails one. */
export const STAFF_MAIL = 'staff-mail';

/** Something staff say to the citizen. */
export interface StaffMessage {
  inquiryId: Id;
  subject: string | null;
  body: string;
  /** The case waits for an answer: its clock stands still until the citizen has said something. */
  awaitsAnswer: boolean;
  /** The same for the same message, however often it comes. */
  idempotencyKey: string;
}

/**
 * Keeps what staff say to the citizen; the caller has it sent. Undefined when it is there already.
 * @throws ConflictError 'inquiry_deidentified', 'inquiry_closed' when an answer is awaited on a
 * closed case
 */
export async function writeToCitizen(
  tx: Tx,
  change: Change,
  { inquiryId, subject, body, awaitsAnswer, idempotencyKey }: StaffMessage,
): Promise<Id | undefined> {
  const { tenant, by, now, newId } = change;
  await lockInquiry(tx, tenant, inquiryId);
  await requirePerson(tx, tenant, inquiryId);
  const id = newId();
  const inserted = await tx.query(
    `INSERT INTO inquiry_message (tenant_id, id, inquiry_id, direction, kind, recipient, subject,
       body, sent_at, idempotency_key, written_by)
     VALUES ($1, $2, $3, 'out', 'message', 'party', $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, idempotency_key) DO NOTHING RETURNING id`,
    [tenant, id, inquiryId, subject, body, now, idempotencyKey, by],
  );
  if (inserted.length === 0) return undefined;
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.messageWritten', {
    messageId: id,
    awaitsAnswer,
  });
  if (awaitsAnswer) {
    await pauseClock(tx, change, inquiryId, 'awaitingCitizen');
    await setStatus(tx, change, inquiryId, 'awaitingCitizen');
  }
  return id;
}

/** Ends the wait for an answer that staff asked for. */
export async function endWait(tx: Tx, change: Change, inquiryId: Id): Promise<void> {
  await resumeClock(tx, change, inquiryId);
  await setStatus(tx, change, inquiryId, 'inProgress');
}

/** What staff wrote. @throws ConflictError 'message_deidentified' when it is no longer held */
export async function readWritten(tx: Tx, tenant: string, id: Id): Promise<string> {
  const [row] = await tx.query<{ body: string | null }>(
    `SELECT body FROM inquiry_message WHERE tenant_id = $1 AND id = $2`,
    [tenant, id],
  );
  if (row?.body) return row.body;
  throw new ConflictError('message_deidentified', 'What this message said is deleted.');
}

/** Whether a message of staff has been mailed. */
export async function isMailed(tx: Tx, tenant: string, id: Id): Promise<boolean> {
  const found = await tx.query(
    `SELECT 1 FROM inquiry_message WHERE tenant_id = $1 AND id = $2 AND address IS NOT NULL`,
    [tenant, id],
  );
  return found.length > 0;
}

/** Notes where a message of staff was mailed to. False when it was noted before, unless sent again. */
export async function noteMailed(
  tx: Tx,
  tenant: string,
  { id, address, isAgain }: { id: Id; address: string; isAgain: boolean },
): Promise<boolean> {
  const changed = await tx.query(
    `UPDATE inquiry_message SET address = $3
     WHERE tenant_id = $1 AND id = $2 AND (address IS NULL OR $4) RETURNING id`,
    [tenant, id, address, isAgain],
  );
  return changed.length > 0;
}
