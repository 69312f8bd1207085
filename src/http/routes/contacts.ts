import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import { CONVERSATION_RESULTS, contactDraftSchema } from '../../inquiries/contact-draft.js';
import { searchContacts } from '../../inquiries/contacts.js';
import { readReference } from '../../inquiries/reference.js';
import { registerContact } from '../../inquiries/register-contact.js';
import { toView } from '../../inquiries/view.js';
import { defineRoute } from '../route.js';
import { channel, inquirySummary, pageOf } from './inquiry-schemas.js';
import { cursor, dateTime, limit } from './parameters.js';

const result = z.enum(CONVERSATION_RESULTS);

const register = defineRoute({
  method: 'POST',
  path: '/api/contacts',
  name: 'registerContact',
  permission: 'inquiries.register',
  summary: 'Register a conversation with all its questions',
  description:
    'A call, a visit, a letter, a fax or a chat may ask several things: each becomes an inquiry of ' +
    'its own, all or none. What was answered at once is closed at once; who was promised a call ' +
    'back has a task at the front desk with a deadline of its own.',
  tags: ['contacts'],
  body: contactDraftSchema,
  returns: z.object({
    id: z.string(),
    questions: z.array(
      z.object({
        inquiry: inquirySummary,
        result,
        lookalikes: z.int().meta({ description: 'How many known parties look like this one.' }),
      }),
    ),
  }),
  status: 201,
  example: {
    as: 'agent',
    body: {
      channel: 'phone',
      party: { name: 'Test Person', phone: '+4799999999' },
      result: 'registered',
      sources: ['Tjenestebeskrivelser'],
      questions: [
        { service: 'DUNK', text: 'Dunken er knust', ownWords: false },
        {
          text: 'Når er gjenvinningsstasjonen åpen?',
          result: 'answeredNow',
          answer: 'Til klokka 19 på torsdager.',
        },
      ],
    },
  },
  async run({ tx, principal, body, now, services }) {
    const { tenant, username: by } = principal;
    const { newId, registerInquiry } = services;
    const change = { tenant, by, now, newId };
    const { callId } = body;
    const key = callId === undefined ? null : `call:${callId}`;
    const { id, questions } = await registerContact(tx, change, body, registerInquiry, key);
    return {
      id,
      questions: questions.map((one) => ({ ...one, inquiry: toView(one.inquiry, now) })),
    };
  },
});

const search = defineRoute({
  method: 'GET',
  path: '/api/contacts',
  name: 'searchContacts',
  permission: 'contacts.read',
  summary: 'Find conversations, the newest first',
  description: 'Everything given must hold. Who they were with is on their inquiries.',
  tags: ['contacts'],
  query: z.strictObject({
    channel: channel.optional(),
    result: result.optional(),
    registeredBy: z.string().max(100).optional().meta({ description: 'Login.' }),
    inquiry: z.string().max(60).optional().meta({ description: 'Reference of an inquiry.' }),
    receivedFrom: dateTime.optional(),
    receivedBefore: dateTime.optional(),
    cursor,
    limit,
  }),
  returns: pageOf(
    z
      .object({
        id: z.string(),
        channel,
        receivedAt: dateTime,
        startedAt: dateTime.nullable(),
        endedAt: dateTime.nullable(),
        result,
        sources: z.array(z.string()),
        registeredBy: z.string(),
        questions: z.array(
          z.object({
            reference: z.string(),
            service: z.string(),
            unit: z.string().nullable(),
            result,
          }),
        ),
      })
      .meta({ id: 'Contact' }),
  ),
  example: { as: 'agent', query: { channel: 'phone', limit: '10' } },
  run({ tx, principal, query }) {
    const { inquiry, receivedFrom, receivedBefore, ...rest } = query;
    const date = (text: string | undefined) =>
      text === undefined ? undefined : parseDateTime(text);
    return searchContacts(tx, principal.tenant, {
      ...rest,
      reference: inquiry === undefined ? undefined : (readReference(inquiry) ?? ''),
      receivedFrom: date(receivedFrom),
      receivedBefore: date(receivedBefore),
    });
  },
});

/** Conversations, which cases come out of. */
export const contactRoutes = [register, search];
