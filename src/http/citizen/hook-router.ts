import { Router } from 'express';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import type { Tx } from '../../db/tx.js';
import { recordStatusQuestion } from '../../inquiries/chasers.js';
import { contactDraftSchema } from '../../inquiries/contact-draft.js';
import { receiveMessage } from '../../inquiries/dialogue.js';
import type { Hook } from '../../inquiries/hook-tokens.js';
import { tenantOfHookToken } from '../../inquiries/hook-tokens.js';
import { getInquiryByReference } from '../../inquiries/inquiries.js';
import { recordCall } from '../../inquiries/phone-calls.js';
import { registerContact } from '../../inquiries/register-contact.js';
import { InvalidError, UnauthenticatedError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import { readJson } from '../body.js';
import { keepingFaults } from '../keeping-faults.js';
import type { CitizenRuntime } from './citizen-runtime.js';

const short = z.string().min(1).max(200);
const when = z.iso.datetime({ offset: true });

const callSchema = z.strictObject({
  callId: short,
  state: z.enum(['ringing', 'answered', 'ended']),
  number: z.string().max(50).nullish(),
  agent: z.string().max(100).nullish(),
  at: when.optional(),
});

const chatSchema = z.strictObject({
  conversationId: short,
  reference: z.string().max(60).optional(),
  // The visitor wanted to know how the case goes.
  asksStatus: z.boolean().optional(),
  service: z.string().max(20).optional(),
  startedAt: when.optional(),
  endedAt: when.optional(),
  visitor: z
    .strictObject({
      name: z.string().max(200).optional(),
      email: z.string().max(254).optional(),
      phone: z.string().max(50).optional(),
    })
    .nullish(),
  turns: z
    .array(
      z.strictObject({ from: z.enum(['visitor', 'agent', 'bot']), text: z.string().max(4000) }),
    )
    .min(1)
    .max(500),
});

type Take = (tx: Tx, tenant: string, body: unknown, runtime: CitizenRuntime) => Promise<JsonObject>;

/**
 * Where the municipality's telephone and chat systems report conversations: each with a token of its
 * own as `Authorization: Bearer`. The same report again changes nothing.
 */
export function hookRouter(runtime: CitizenRuntime): Router {
  const router = Router({ caseSensitive: true });
  const hooks: [Hook, Take][] = [
    ['phone', takeCall],
    ['chat', takeChat],
  ];
  for (const [hook, take] of hooks) {
    router.post(`/api/hooks/${hook}`, (request, response) =>
      answer(runtime, hook, take, request, response),
    );
  }
  return router;
}

async function answer(
  runtime: CitizenRuntime,
  hook: Hook,
  take: Take,
  request: Request,
  response: Response,
): Promise<void> {
  response.locals['route'] = `/api/hooks/${hook}`;
  const { db, services, wake, before } = runtime;
  const token = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const tenant = await tenantOfHookToken(db, hook, token);
  if (tenant === undefined) {
    throw new UnauthenticatedError('unauthenticated', 'A valid token is needed.');
  }
  const body = await readJson(request, response);
  await before();
  const taken = await keepingFaults({ db, services }, () =>
    db.inTransaction((tx) => take(tx, tenant, body, runtime)),
  );
  wake();
  response.json(taken);
}

async function takeCall(
  tx: Tx,
  tenant: string,
  body: unknown,
  { clock }: CitizenRuntime,
): Promise<JsonObject> {
  const { callId, state, number = null, agent = null, at } = read(callSchema, body);
  const time = at === undefined ? clock() : parseDateTime(at);
  await recordCall(tx, tenant, { callId, state, number, agent, at: time });
  return { callId };
}

async function takeChat(
  tx: Tx,
  tenant: string,
  body: unknown,
  { clock, services }: CitizenRuntime,
): Promise<JsonObject> {
  const chat = read(chatSchema, body);
  const { conversationId, reference, service, startedAt, endedAt, visitor } = chat;
  const text = chat.turns.map(({ from, text: said }) => `${CALLED[from]}: ${said}`).join('\n');
  const sourceKey = `chat:${conversationId}`;
  const now = clock();
  if (reference !== undefined) {
    const { id: inquiryId } = await getInquiryByReference(tx, tenant, reference);
    const message = { inquiryId, channel: 'chat' as const, subject: null, body: text };
    const incoming = { ...message, receivedAt: now, idempotencyKey: sourceKey, by: 'chat' };
    const { effect } = await receiveMessage(tx, tenant, incoming, services.dialogue);
    if (chat.asksStatus && effect !== 'repeated') {
      const change = { tenant, by: 'chat', now, newId: services.newId };
      const ports = {
        ...services.dialogue,
        readModel: services.engine.model.bind(services.engine),
      };
      await recordStatusQuestion(tx, change, { inquiryId, channel: 'chat' }, ports);
    }
    return { reference, effect };
  }
  const [known] = await tx.query<{ reference: string }>(
    `SELECT i.reference FROM contact c JOIN contact_question q
       ON q.tenant_id = c.tenant_id AND q.contact_id = c.id
     JOIN inquiry i ON i.tenant_id = q.tenant_id AND i.id = q.inquiry_id
     WHERE c.tenant_id = $1 AND c.source_key = $2`,
    [tenant, sourceKey],
  );
  if (known) return { reference: known.reference, effect: 'repeated' };
  const isKnown = Object.values(visitor ?? {}).some((part) => part?.trim());
  const draft = read(contactDraftSchema, {
    channel: 'chat',
    ...(isKnown && { party: visitor }),
    startedAt,
    endedAt,
    questions: [{ service, text: text.slice(0, 20_000), ownWords: true }],
  });
  const change = { tenant, by: 'chat', now, newId: services.newId };
  const ports = { register: services.registerInquiry, sourceKey };
  const { questions } = await registerContact(tx, change, draft, ports);
  return { reference: questions[0]?.inquiry.reference ?? null, effect: 'registered' };
}

const CALLED = { visitor: 'Innbygger', agent: 'Kommunen', bot: 'Automatisk svar' } as const;

/** @throws InvalidError 'invalid_request' with every reason, none of which repeats what was sent */
function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    reason: message,
  }));
  throw new InvalidError('invalid_request', 'The request is not valid.', { details });
}
