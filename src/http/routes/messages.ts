import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import { recordStatusQuestion } from '../../inquiries/chasers.js';
import { addNote, markRead, readConversation } from '../../inquiries/conversation.js';
import { receiveMessage } from '../../inquiries/dialogue.js';
import { STAFF_MAIL, writeToCitizen } from '../../inquiries/staff-message.js';
import type { StaffMessage } from '../../inquiries/staff-message.js';
import { ANSWER_DUE, answerDueAt } from '../../inquiries/unanswered.js';
import { readUnread } from '../../inquiries/unread.js';
import { insertEffect } from '../../jobs/effects.js';
import { defineRoute } from '../route.js';
import type { RouteRequest } from '../route.js';
import { mayReadContent } from './inquiry-detail.js';
import { channel, pageOf } from './inquiry-schemas.js';
import { cursor, dateTime, flag, id, limit } from './parameters.js';
import { inquiryOf, visibleTo } from './readable-inquiry.js';

const reference = z.string().max(60);
const text = z.string().trim().min(1).max(20_000);
const subject = z.string().trim().min(1).max(300).optional();

const idempotencyKey = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .meta({ description: 'The same for the same message: it is taken once.' });

const entry = z
  .object({
    id: z.string(),
    direction: z
      .enum(['in', 'out', 'note'])
      .meta({ description: 'From the citizen, to somebody, or a note between colleagues.' }),
    kind: z.string().meta({ description: 'The template of one that a process sent.' }),
    channel: channel.nullable(),
    recipient: z.string(),
    writtenBy: z.string().nullable().meta({ description: 'Login of who wrote it (down).' }),
    address: z.string().nullable(),
    subject: z.string().nullable(),
    body: z.string().nullable().meta({ description: 'Null once the case is de-identified.' }),
    sentAt: dateTime,
    dueAt: dateTime.nullable().meta({ description: 'Until when somebody must have read it.' }),
    readAt: dateTime.nullable(),
    readBy: z.string().nullable(),
    fromReference: z
      .string()
      .nullable()
      .meta({ description: 'The case it was said on, when that one follows this one.' }),
    attachments: z.array(z.string()).meta({ description: 'Ids of files that came with it.' }),
  })
  .meta({ id: 'Message' });

const list = defineRoute({
  method: 'GET',
  path: '/api/inquiries/{reference}/messages',
  name: 'listMessages',
  permission: 'inquiries.read',
  summary: 'Everything that was said on an inquiry',
  description: 'In and out on every channel, and the notes between colleagues, oldest first.',
  tags: ['messages'],
  params: z.strictObject({ reference }),
  returns: z.object({ items: z.array(entry) }),
  failures: ['not_found'],
  example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' } },
  async run(request) {
    const inquiry = await inquiryOf(request, request.params.reference);
    const entries = await readConversation(request.tx, request.principal.tenant, inquiry.id);
    const isShown = await mayReadContent(request, inquiry);
    const iso = (date: Date | null) => date?.toISOString() ?? null;
    return {
      items: entries.map((one) => ({
        ...one,
        ...(!isShown && { subject: null, body: null, address: null }),
        sentAt: one.sentAt.toISOString(),
        dueAt: iso(one.dueAt),
        readAt: iso(one.readAt),
      })),
    };
  },
});

const post = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/messages',
  name: 'addMessage',
  permission: 'dialogue.write',
  summary: 'Write on an inquiry',
  description:
    'To the citizen, a note to colleagues, or down what the citizen said on the telephone, at the desk or in a ' +
    'letter: that ends the wait when the case waits for it.',
  tags: ['messages'],
  params: z.strictObject({ reference }),
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('note'), subject, text }),
    z.strictObject({
      kind: z.literal('sent').meta({ description: 'To the citizen, by mail.' }),
      subject,
      text,
      awaitsAnswer: z
        .boolean()
        .default(false)
        .meta({ description: 'The clock stands still until the citizen has answered.' }),
      answerBy: dateTime.optional().meta({
        description:
          'Until when it is waited for; ten working days unless the service says otherwise.',
      }),
      idempotencyKey,
    }),
    z.strictObject({
      kind: z.literal('received'),
      channel,
      subject,
      text,
      receivedAt: dateTime.optional(),
      asksStatus: z
        .boolean()
        .default(false)
        .meta({ description: 'It asks how the case goes: it is counted where the case stands.' }),
      idempotencyKey,
    }),
  ]),
  returns: z.object({
    id: z.string().nullable().meta({ description: 'Null for one that is there already.' }),
    effect: z
      .enum(['answered', 'reopeningAsked', 'unread', 'repeated', 'noted', 'sending'])
      .meta({ description: 'What came of it: whether the case waited for it, for one.' }),
  }),
  status: 201,
  failures: ['not_found', 'conflict'],
  example: {
    as: 'agent',
    params: { reference: '26-K3F9-2XQ7' },
    body: { kind: 'note', text: 'Ring helst etter klokka 16.' },
  },
  async run(request) {
    const { tx, principal, body, services, now } = request;
    const { tenant, username: by } = principal;
    const inquiry = await inquiryOf(request, request.params.reference);
    const { kind, text: written, subject: about = null } = body;
    if (kind === 'note') {
      const change = { tenant, by, now, newId: services.newId };
      const noteId = await addNote(tx, change, inquiry.id, { subject: about, body: written });
      return { id: noteId, effect: 'noted' as const };
    }
    // Other channels have keys of their own; this one must not meet theirs.
    const key = body.idempotencyKey ?? services.newId();
    if (body.kind === 'sent') {
      const { awaitsAnswer, answerBy } = body;
      const idempotencyKey = `out:${inquiry.id}:${key}`;
      const said = { inquiryId: inquiry.id, subject: about, body: written, awaitsAnswer };
      return send(request, { ...said, idempotencyKey }, answerBy);
    }
    const { channel: on, receivedAt } = body;
    const message = {
      inquiryId: inquiry.id,
      channel: on,
      subject: about,
      body: written,
      receivedAt: receivedAt === undefined ? now : parseDateTime(receivedAt),
      idempotencyKey: `desk:${inquiry.id}:${key}`,
      by,
    };
    const { messageId, effect } = await receiveMessage(tx, tenant, message, services.dialogue);
    if (body.asksStatus && effect !== 'repeated') {
      const { engine, dialogue, newId } = services;
      const ports = { ...dialogue, readModel: engine.model.bind(engine) };
      const asked = { inquiryId: inquiry.id, channel: on };
      await recordStatusQuestion(tx, { tenant, by, now, newId }, asked, ports);
    }
    return { id: messageId, effect };
  },
});

/** Kept now, mailed once this request has committed. */
async function send(
  { tx, principal, services, now }: RouteRequest,
  said: StaffMessage,
  answerBy: string | undefined,
): Promise<{ id: string | null; effect: 'sending' | 'repeated' }> {
  const { tenant, username: by } = principal;
  const { inquiryId, awaitsAnswer } = said;
  const messageId = await writeToCitizen(tx, { tenant, by, now, newId: services.newId }, said);
  if (messageId === undefined) return { id: null, effect: 'repeated' };
  const payload = { inquiryId, messageId, by, askedAt: now.toISOString() };
  if (awaitsAnswer) {
    const given = answerBy === undefined ? undefined : parseDateTime(answerBy);
    const availableAt = await answerDueAt(tx, { tenant, now }, inquiryId, given);
    const due = { type: ANSWER_DUE, payload, availableAt, now };
    await insertEffect(tx, tenant, { id: services.newId(), ...due });
  }
  const effect = { type: STAFF_MAIL, payload, availableAt: now, now };
  await insertEffect(tx, tenant, { id: services.newId(), ...effect });
  return { id: messageId, effect: 'sending' };
}

const read = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/messages/{id}/read',
  name: 'markMessageRead',
  permission: 'dialogue.write',
  summary: 'Say that a message is read',
  description: 'Its deadline is over then. Whoever answers the citizen has read it, too.',
  tags: ['messages'],
  params: z.strictObject({ reference, id }),
  failures: ['not_found'],
  example: { as: 'caseworker', params: { reference: '26-K3F9-2XQ7', id: '912726453915746304' } },
  async run(request) {
    const { tx, principal, params, services, now } = request;
    const { tenant, username: by } = principal;
    const { id: inquiryId } = await inquiryOf(request, params.reference);
    const change = { tenant, by, now, newId: services.newId };
    await markRead(tx, change, { inquiryId, messageId: params.id }, services.dialogue);
    return undefined;
  },
});

const unread = defineRoute({
  method: 'GET',
  path: '/api/messages/unread',
  name: 'listUnreadMessages',
  permission: 'inquiries.read',
  summary: 'What citizens said and nobody has read yet',
  description: 'The most urgent first. The front desk finds all, others those of their units.',
  tags: ['messages'],
  query: z.strictObject({ overdue: flag, cursor, limit }),
  returns: pageOf(
    z
      .object({
        id: z.string(),
        reference: z.string(),
        service: z.string(),
        unit: z.string().nullable(),
        channel: channel.nullable(),
        receivedAt: dateTime,
        dueAt: dateTime,
        overdue: z.boolean(),
      })
      .meta({ id: 'UnreadMessage' }),
  ),
  example: { as: 'caseworker', query: { overdue: 'false' } },
  run({ tx, principal, query, now }) {
    const filter = { ...query, visibleTo: visibleTo(principal) };
    return readUnread(tx, principal.tenant, filter, now);
  },
});

/** Both directions of the dialogue on an inquiry. */
export const messageRoutes = [list, post, read, unread];
