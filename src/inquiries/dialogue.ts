import { addWorkingDays } from '../calendar/working-days.js';
import { appendEvent } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import { ConflictError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { DialoguePorts } from './dialogue-ports.js';
import type { Inquiry } from './inquiries.js';
import { lockInquiry } from './inquiries.js';
import type { Channel } from './inquiry.js';
import { isOpen } from './inquiry.js';
import { endWait } from './staff-message.js';

/** How long a citizen may answer a closed case by replying to it, in days. */
export const REPLY_DAYS = 14;

/** Within how many working days somebody has read a message; an assumption of ours, and a promise. */
const READ_WITHIN_WORKING_DAYS = 2;

const DAY_MS = 86_400_000;
const MAX_SUBJECT = 300;
const MAX_BODY = 100_000;

/** Something a citizen says on a case that is there already. */
export interface IncomingMessage {
  inquiryId: Id;
  channel: Channel;
  subject: string | null;
  body: string;
  receivedAt: Date;
  /** The same for the same message, however often it comes. */
  idempotencyKey: string;
  /** Login of who wrote it down, or the machine that took it; never a name or an address. */
  by: string;
  attachments?: readonly Id[];
  /** Words that go with something else, of which the process is told in its own way. */
  isRemark?: boolean;
}

/**
 * What comes of a message: the process that waited goes on; somebody considers whether the closed
 * case is to be opened again; or somebody has to read it. `repeated`: it is there already.
 */
export type MessageEffect = 'answered' | 'reopeningAsked' | 'unread' | 'repeated';

export interface ReceivedMessage {
  messageId: Id | null;
  /** The case it lies on: the main one, when it was said on one that follows it. */
  inquiryId: Id;
  effect: MessageEffect;
}

/**
 * The one way in for everything a citizen says on an existing case. It is kept whatever becomes of
 * it, it counts as unread until somebody has said that it is read, and the case's process is told.
 * What cannot be stored is mended rather than refused, since nobody may lose a citizen's words.
 * @throws NotFoundError 'inquiry_not_found'
 * @throws ConflictError 'inquiry_deidentified' when there is no longer a person behind the case
 */
export async function receiveMessage(
  tx: Tx,
  tenant: string,
  message: IncomingMessage,
  ports: DialoguePorts,
): Promise<ReceivedMessage> {
  const given = await lockInquiry(tx, tenant, message.inquiryId);
  // A follower's own words belong where the work is done.
  const inquiry = given.duplicateOf ? await lockInquiry(tx, tenant, given.duplicateOf) : given;
  if (given.status === 'deidentified' || inquiry.status === 'deidentified') {
    throw new ConflictError('inquiry_deidentified', 'What was held about this case is deleted.');
  }
  const id = ports.newId();
  const now = ports.clock();
  const { isRemark = false } = message;
  const isAwaited = !isRemark && (await isAnswerAwaited(tx, tenant, inquiry.id));
  // Asked by a person; where a process asked, it lets the clock go on itself.
  const isAsked = inquiry.status === 'awaitingCitizen' && !isAwaited && !isRemark;
  const effect = isRemark ? 'unread' : effectOn(inquiry, isAwaited || isAsked, now);
  const answerBy = addWorkingDays(now, READ_WITHIN_WORKING_DAYS);
  const from = given.id === inquiry.id ? null : given.id;
  const row = { ...message, id, inquiryId: inquiry.id, from, answerBy };
  if (!(await insertIncoming(tx, tenant, row))) {
    return { messageId: null, inquiryId: inquiry.id, effect: 'repeated' };
  }
  await appendEvent(tx, tenant, {
    id: ports.newId(),
    subjectType: 'inquiry',
    subjectId: inquiry.id,
    kind: 'inquiry.messageReceived',
    actor: message.by,
    at: now,
    data: { messageId: id, channel: message.channel, effect },
  });
  if (isAsked) {
    const change = { tenant, by: message.by, now, newId: ports.newId };
    await endWait(tx, change, inquiry.id);
  }
  const told = { inquiryId: inquiry.id, id, effect, isAwaited, answerBy, by: message.by };
  await tellProcess(tx, tenant, told, ports);
  return { messageId: id, inquiryId: inquiry.id, effect };
}

/** Whether a closed case can still be answered by replying to it. */
export function isInReplyPeriod({ closedAt }: Pick<Inquiry, 'closedAt'>, now: Date): boolean {
  return closedAt !== null && now.getTime() - closedAt.getTime() <= REPLY_DAYS * DAY_MS;
}

function effectOn(
  inquiry: Inquiry,
  isAwaited: boolean,
  now: Date,
): Exclude<MessageEffect, 'repeated'> {
  if (isOpen(inquiry.status)) return isAwaited ? 'answered' : 'unread';
  return isInReplyPeriod(inquiry, now) ? 'reopeningAsked' : 'unread';
}

async function isAnswerAwaited(tx: Tx, tenant: string, inquiryId: Id): Promise<boolean> {
  const waiting = await tx.query(
    `SELECT 1 FROM message_subscription WHERE tenant_id = $1 AND kind = 'message'
       AND name = 'citizen.answered' AND correlation_key = $2 LIMIT 1`,
    [tenant, inquiryId],
  );
  return waiting.length > 0;
}

type Row = IncomingMessage & { id: Id; from: Id | null; answerBy: Date };

async function insertIncoming(tx: Tx, tenant: string, row: Row): Promise<boolean> {
  const inserted = await tx.query(
    `INSERT INTO inquiry_message (tenant_id, id, inquiry_id, direction, kind, recipient, address,
       subject, body, sent_at, idempotency_key, channel, written_by, from_inquiry_id, due_at)
     VALUES ($1, $2, $3, 'in', 'message', 'unit', NULL, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (tenant_id, idempotency_key) DO NOTHING RETURNING id`,
    [
      tenant,
      row.id,
      row.inquiryId,
      row.subject === null ? null : storable(row.subject, MAX_SUBJECT),
      storable(row.body, MAX_BODY),
      row.receivedAt,
      row.idempotencyKey,
      row.channel,
      row.by,
      row.from,
      row.answerBy,
    ],
  );
  if (inserted.length === 0) return false;
  for (const attachmentId of row.attachments ?? []) {
    await tx.query(
      `INSERT INTO message_attachment (tenant_id, message_id, attachment_id) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING`,
      [tenant, row.id, attachmentId],
    );
  }
  return true;
}

interface Told {
  inquiryId: Id;
  id: Id;
  effect: MessageEffect;
  isAwaited: boolean;
  answerBy: Date;
  by: string;
}

/**
 * Published, not handed over: a process that cannot go on just then must not undo that the message
 * came. A wait for the citizen ends; otherwise the case's dialogue begins, where it is drawn.
 */
async function tellProcess(
  tx: Tx,
  tenant: string,
  { inquiryId, id, effect, isAwaited, answerBy, by }: Told,
  { publish }: DialoguePorts,
): Promise<void> {
  const message = { correlationKey: inquiryId, timeToLiveMs: 0, by };
  if (isAwaited) {
    await publish(tx, tenant, { ...message, name: 'citizen.answered', variables: {} });
  }
  await publish(tx, tenant, {
    ...message,
    name: 'citizen.message',
    variables: { inquiryId, messageId: id, messageEffect: effect, readBy: answerBy.toISOString() },
  });
}

/** PostgreSQL stores neither the character zero nor half a character. */
function storable(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/\0/g, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}
