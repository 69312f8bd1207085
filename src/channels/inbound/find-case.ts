import type { Tx } from '../../db/tx.js';
import { isInReplyPeriod } from '../../inquiries/dialogue.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import { INQUIRY_COLUMNS } from '../../inquiries/inquiries.js';
import { isOpen } from '../../inquiries/inquiry.js';
import { readReference } from '../../inquiries/reference.js';
import type { Id } from '../../kernel/ids.js';
import { plusTag } from './addresses.js';
import type { ReadMail } from './read-mail.js';

/** Anything that may be a reference, however it is written. */
const CANDIDATES = /\b\d{2}[ -]?[0-9a-z]{4}[ -]?[0-9a-z]{4}\b/gi;

/**
 * The case that a mail is about: by the address it is to, by the mail it answers, by the number in
 * its subject. The most certain first: a subject is copied along for years.
 */
export async function findCase(
  tx: Tx,
  tenant: string,
  { answers, subject }: Pick<ReadMail, 'answers' | 'subject'>,
  recipient: string,
): Promise<Inquiry | undefined> {
  const tag = plusTag(recipient);
  const byAddress = tag === undefined ? undefined : await byReference(tx, tenant, [tag]);
  if (byAddress) return byAddress;
  const answered = await byAnswered(tx, tenant, answers);
  if (answered) return answered;
  return byReference(tx, tenant, subject.slice(0, 300).match(CANDIDATES) ?? []);
}

/** Whether what is said now still belongs to the case, or makes a new one. */
export function takesReplies(inquiry: Inquiry, now: Date): boolean {
  if (inquiry.status === 'deidentified') return false;
  return isOpen(inquiry.status) || isInReplyPeriod(inquiry, now);
}

async function byReference(
  tx: Tx,
  tenant: string,
  typed: readonly string[],
): Promise<Inquiry | undefined> {
  const references = typed.map(readReference).filter((one) => one !== undefined);
  if (references.length === 0) return undefined;
  const [found] = await tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS} FROM inquiry WHERE tenant_id = $1 AND reference = ANY($2)
     ORDER BY array_position($2, reference) LIMIT 1`,
    [tenant, references],
  );
  return found;
}

async function byAnswered(
  tx: Tx,
  tenant: string,
  messageIds: readonly string[],
): Promise<Inquiry | undefined> {
  if (messageIds.length === 0) return undefined;
  const [found] = await tx.query<{ id: Id }>(
    `SELECT coalesce(
       (SELECT inquiry_id FROM mail_delivery WHERE tenant_id = $1 AND message_id = ANY($2)
        ORDER BY id DESC LIMIT 1),
       (SELECT inquiry_id FROM inbound_mail WHERE tenant_id = $1 AND message_id = ANY($2)
          AND inquiry_id IS NOT NULL ORDER BY id DESC LIMIT 1)) AS id`,
    [tenant, messageIds],
  );
  if (!found?.id) return undefined;
  const [inquiry] = await tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS} FROM inquiry WHERE tenant_id = $1 AND id = $2`,
    [tenant, found.id],
  );
  return inquiry;
}
