import { z } from 'zod';
import { HOOKS, issueHookToken } from '../../inquiries/hook-tokens.js';
import { readIncoming } from '../../inquiries/phone-calls.js';
import { LANGUAGES, PARTY_KINDS } from '../../people/party.js';
import { defineRoute } from '../route.js';
import { status } from './inquiry-schemas.js';
import { dateTime } from './parameters.js';

const incoming = defineRoute({
  method: 'GET',
  path: '/api/contacts/incoming',
  name: 'listIncomingCalls',
  permission: 'contacts.read',
  summary: 'Who is calling now, and their open cases',
  description:
    'Calls that ring, and those the asker has answered, as the telephone system tells of them. ' +
    'Every look is logged with its purpose.',
  tags: ['contacts'],
  returns: z.object({
    items: z.array(
      z
        .object({
          callId: z.string(),
          state: z.enum(['ringing', 'answered']),
          number: z.string().nullable().meta({ description: 'Null when it is withheld.' }),
          rangAt: dateTime,
          parties: z.array(
            z.object({
              id: z.string(),
              kind: z.enum(PARTY_KINDS),
              name: z.string().nullable(),
              phone: z.string().nullable(),
              email: z.string().nullable(),
              language: z.enum(LANGUAGES),
              openCases: z.array(z.object({ reference: z.string(), service: z.string(), status })),
            }),
          ),
        })
        .meta({ id: 'IncomingCall' }),
    ),
  }),
  example: { as: 'agent' },
  async run({ tx, principal, now, services }) {
    const { tenant, username: by } = principal;
    return { items: await readIncoming(tx, { tenant, by, now, newId: services.newId }) };
  },
});

const token = defineRoute({
  method: 'POST',
  path: '/api/hooks/tokens',
  name: 'issueHookToken',
  permission: 'hooks.manage',
  summary: 'Make a token for the telephone or chat system',
  description: 'It is shown this once. The system sends it as `Authorization: Bearer`.',
  tags: ['contacts'],
  body: z.strictObject({ hook: z.enum(HOOKS) }),
  returns: z.object({ token: z.string() }),
  status: 201,
  example: { as: 'admin', body: { hook: 'phone' } },
  async run({ tx, principal, body, now, services }) {
    const { tenant, username: by } = principal;
    const change = { tenant, by, now, newId: services.newId };
    return { token: await issueHookToken(tx, change, body.hook) };
  },
});

/** Conversations that other systems tell of. */
export const callRoutes = [incoming, token];
