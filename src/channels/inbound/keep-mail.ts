import { createHash } from 'node:crypto';
import type { Db } from '../../db/database.js';
import type { Tx } from '../../db/tx.js';
import { insertEffect } from '../../jobs/effects.js';
import { WAKE_CHANNEL } from '../../jobs/worker.js';
import type { Clock } from '../../kernel/clock.js';
import { NotFoundError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { MailAddress } from './addresses.js';
import { findMailAddress } from './addresses.js';

/** The type of the jobs that handle a mail. */
export const MAIL_JOB = 'handle-mail';

/** A mail as a server or a mailbox hands it over. */
export interface IncomingMail {
  /** The envelope's sender; empty for what must not be answered (RFC 5321 §4.5.5). */
  sender: string;
  recipients: readonly string[];
  raw: Buffer;
}

interface KeepOptions {
  db: Db;
  clock: Clock;
  newId: () => Id;
}

/** Enough that a mail is handled even when a part of the product is broken for days. */
const RETRIES = 1000;

/**
 * Stores a mail durably, for each municipality that it is to, with a job that handles it. What came
 * before is not stored again. Resolves to how many were new; rejects when nothing is certain.
 */
export async function keepMail(
  { sender, recipients, raw }: IncomingMail,
  { db, clock, newId }: KeepOptions,
): Promise<number> {
  const messageId = messageIdOf(raw);
  const digest = digestOf(messageId, raw);
  return db.inTransaction(async (tx) => {
    const owners = new Map<string, { owner: MailAddress; recipient: string }>();
    for (const recipient of recipients) {
      const owner = await findMailAddress(tx, recipient);
      if (owner && !owners.has(owner.tenant)) owners.set(owner.tenant, { owner, recipient });
    }
    let kept = 0;
    for (const { owner, recipient } of owners.values()) {
      const id = newId();
      const stored = await tx.query(
        `INSERT INTO inbound_mail
           (tenant_id, id, digest, message_id, sender, recipient, raw, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, digest) DO NOTHING RETURNING id`,
        [owner.tenant, id, digest, messageId, sender, recipient.toLowerCase(), raw, clock()],
      );
      if (stored.length === 0) continue;
      kept += 1;
      await insertEffect(tx, owner.tenant, {
        ...{ id: newId(), type: MAIL_JOB, payload: { mailId: id } },
        ...{ availableAt: clock(), retries: RETRIES, now: clock() },
      });
      await tx.query('SELECT pg_notify($1, $2)', [WAKE_CHANNEL, '']);
    }
    return kept;
  });
}

const HEADER_LIMIT = 64 * 1024;

/** The Message-ID as it stands in the head, without angle brackets; null when there is none. */
function messageIdOf(raw: Buffer): string | null {
  const head = raw.subarray(0, HEADER_LIMIT).toString('latin1');
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length;
  const id = /^message-id:\s*<([^<>\s]{1,400})>/im.exec(head.slice(0, end))?.[1];
  return id?.replace(/[^\x21-\x7e]/g, '') ?? null;
}

/**
 * Two deliveries of one mail differ in their trace (RFC 5321 §4.4) but not in Message-ID and body; two
 * mails that share an id, as broken or malicious senders make them, differ in their body. SMTP ends a
 * body with a line end (RFC 5321 §4.1.1.4), which a mailbox need not.
 */
function digestOf(messageId: string | null, raw: Buffer): string {
  const end = raw.indexOf('\r\n\r\n');
  const body = withoutLineEnds(messageId === null || end === -1 ? raw : raw.subarray(end));
  return createHash('sha256')
    .update(`${messageId ?? ''}\n`)
    .update(body)
    .digest('hex');
}

function withoutLineEnds(raw: Buffer): Buffer {
  let { length } = raw;
  while (raw[length - 1] === 0x0a || raw[length - 1] === 0x0d) length -= 1;
  return raw.subarray(0, length);
}

/** Deletes the mails of a case. */
export async function removeMails(tx: Tx, tenant: string, inquiryId: Id): Promise<void> {
  await tx.query('DELETE FROM inbound_mail WHERE tenant_id = $1 AND inquiry_id = $2', [
    tenant,
    inquiryId,
  ]);
}

/** The mail that a message of a case came as, byte for byte. @throws NotFoundError 'mail_not_found' */
export async function readOriginal(
  tx: Tx,
  tenant: string,
  { inquiryId, messageId }: { inquiryId: Id; messageId: Id },
): Promise<Buffer> {
  const [found] = await tx.query<{ raw: Buffer }>(
    `SELECT raw FROM inbound_mail
     WHERE tenant_id = $1 AND inquiry_id = $2 AND inquiry_message_id = $3`,
    [tenant, inquiryId, messageId],
  );
  if (found) return found.raw;
  throw new NotFoundError('mail_not_found', 'This message did not come by mail.');
}
