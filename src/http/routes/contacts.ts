import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import { recordStatusQuestion } from '../../inquiries/chasers.js';
import { CONVERSATION_RESULTS, contactDraftSchema } from '../../inquiries/contact-draft.js';
import { searchContacts } from '../../inquiries/contacts.js';
import type { Change } from '../../inquiries/lifecycle.js';
import { readReference } from '../../inquiries/reference.js';
import type { AskStatus } from '../../inquiries/register-contact.js';
import { registerContact } from '../../inquiries/register-contact.js';
import { toView } from '../../inquiries/view.js';
import { defineRoute } from '../route.js';
import type { RouteRequest } from '../route.js';
import { channel, inquirySummary, pageOf } from './inquiry-schemas.js';
import { cursor, dateTime, limit } from './parameters.js';
import { inquiryOf } from './readable-inquiry.js';

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
    'back has a task at the front desk with a deadline of its own. A question about how a case goes ' +
    'is counted against the place where the case stands.',
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
  async run(request) {
    const { tx, principal, body, now, services } = request;
    const { tenant, username: by } = principal;
    const { newId, registerInquiry: register } = services;
    const change = { tenant, by, now, newId };
    const { callId } = body;
    const sourceKey = callId === undefined ? null : `call:${callId}`;
    const askStatus = statusAsker(request, change);
    const { id, questions } = await registerContact(tx, change, body, {
      register,
      askStatus,
      sourceKey,
    });
    return {
      id,
      questions: questions.map((one) => ({ ...one, inquiry: toView(one.inquiry, now) })),
    };
  },
});

function statusAsker(request: RouteRequest, change: Change): AskStatus {
  const { tx, services } = request;
  const ports = { ...services.dialogue, readModel: services.engine.model.bind(services.engine) };
  return async (reference, channel) => {
    const inquiry = await inquiryOf(request, reference);
    await recordStatusQuestion(tx, change, { inquiryId: inquiry.id, channel }, ports);
    return inquiry;
  };
}

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
