import express, { Router } from 'express';
import type { Request, Response } from 'express';
import { findService } from '../../catalogue/services.js';
import { recordStatusQuestion } from '../../inquiries/chasers.js';
import type { IncomingMessage } from '../../inquiries/dialogue.js';
import { receiveMessage } from '../../inquiries/dialogue.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import { isOpen } from '../../inquiries/inquiry.js';
import { readMilestones } from '../../inquiries/milestones.js';
import { readNotices } from '../../inquiries/notices.js';
import { findByStatusKey } from '../../inquiries/status-keys.js';
import { statusFor } from '../../inquiries/status.js';
import { askToWithdraw } from '../../inquiries/withdraw.js';
import { NotFoundError, UnavailableError } from '../../kernel/errors.js';
import { isStorable } from '../body.js';
import { rateLimit } from '../rate-limit.js';
import type { RouteRequest } from '../route.js';
import { citizenLanguage } from './citizen-page.js';
import { CITIZEN } from './citizen-runtime.js';
import type { CitizenRuntime } from './citizen-runtime.js';
import { statusPage } from './status-page.js';
import { CITIZEN_TEXTS } from './texts.js';

const HOUR_MS = 3_600_000;
const MAX_TEXT = 4000;

/** Whoever tries keys meets this; whoever has one does not. */
const mayMiss = rateLimit({ times: 30, windowMs: HOUR_MS / 6 });
const mayDo = rateLimit({ times: 30, windowMs: HOUR_MS });

type Deed = 'message' | 'chase' | 'withdraw' | 'score';
type Said = keyof typeof CITIZEN_TEXTS;

/** What a deed is answered with, by the parameter `said`. */
const NOTICES: readonly Said[] = [
  'thanks',
  'said',
  'chased',
  'withdrawn',
  'scored',
  'empty',
  'tooMany',
];

/** The citizen's own door to one case: `/status/<key>`, without a login or a script. */
export function statusRouter(runtime: CitizenRuntime): Router {
  const router = Router({ caseSensitive: true });
  const form = express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 20 });
  router.get('/status/:key', (request, response) => show(runtime, request, response));
  for (const deed of Object.keys(DEEDS) as Deed[]) {
    router.post(`/status/:key/${deed}`, form, (request, response) =>
      act(runtime, deed, request, response),
    );
  }
  return router;
}

async function show(runtime: CitizenRuntime, request: Request, response: Response): Promise<void> {
  const { db, clock, services } = runtime;
  const { tenant, inquiry, path } = await caseOf(runtime, request, response);
  const language = citizenLanguage(request.query['lang']);
  const readModel = services.engine.model.bind(services.engine);
  const now = clock();
  const said = NOTICES.find((one) => one === request.query['said']);
  const page = statusPage({
    tenant,
    language,
    path,
    inquiry,
    service: await findService(db, tenant, inquiry.service),
    status: await statusFor(db, tenant, inquiry, now, language, readModel),
    milestones: await readMilestones(db, tenant, inquiry.instanceId, readModel),
    notice: said && {
      text: CITIZEN_TEXTS[said][language],
      isError: said === 'empty' || said === 'tooMany',
      isNew: said === 'thanks',
    },
    notices: await readNotices(db, tenant, { now, service: inquiry.service }),
    now,
  });
  response.type('html').send(page);
}

async function act(
  runtime: CitizenRuntime,
  deed: Deed,
  request: Request,
  response: Response,
): Promise<void> {
  const { tenant, inquiry, path } = await caseOf(runtime, request, response);
  const { db, clock, services, wake } = runtime;
  const now = clock();
  const language = citizenLanguage(request.query['lang']);
  let said: Said = 'tooMany';
  if (mayDo(`${tenant} ${inquiry.id}`, now)) {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const words = CITIZEN_TEXTS.withdrawWords[language];
    const asked = { tenant, inquiry, body, now, services, words };
    said = await db.inTransaction((tx) => DEEDS[deed](tx, asked));
    wake();
  }
  response.redirect(303, `${path}?lang=${language}&said=${said}`);
}

/** Also keeps the key out of the log: it says the declared path. */
async function caseOf(runtime: CitizenRuntime, request: Request, response: Response) {
  response.locals['route'] = '/status/{key}';
  await runtime.before();
  const key = String(request.params['key']).slice(0, 200);
  const found = isStorable(key) ? await findByStatusKey(runtime.db, key) : undefined;
  if (found) return { ...found, path: `/status/${key}` };
  if (!mayMiss(request.socket.remoteAddress ?? '', runtime.clock())) {
    throw new UnavailableError(
      'too_many_requests',
      'Too many pages were asked for that are not there.',
    );
  }
  throw new NotFoundError('status_not_found', 'There is no such page.');
}

interface Asked {
  tenant: string;
  inquiry: Inquiry;
  body: Record<string, unknown>;
  now: Date;
  services: CitizenRuntime['services'];
  words: string;
}

type Do = (tx: RouteRequest['tx'], asked: Asked) => Promise<Said>;

const DEEDS: Readonly<Record<Deed, Do>> = { message: write, chase, withdraw, score };

async function write(tx: RouteRequest['tx'], asked: Asked): Promise<Said> {
  const { tenant, body, services } = asked;
  const text = textIn(body, 'text');
  if (text === '') return 'empty';
  await receiveMessage(tx, tenant, messageOf(asked, text), services.dialogue);
  return 'said';
}

async function chase(tx: RouteRequest['tx'], asked: Asked): Promise<Said> {
  const { tenant, inquiry, now, services } = asked;
  const { engine, dialogue, newId } = services;
  const change = { tenant, by: CITIZEN, now, newId };
  const ports = { publish: dialogue.publish, readModel: engine.model.bind(engine) };
  await recordStatusQuestion(tx, change, { inquiryId: inquiry.id, channel: 'portal' }, ports);
  return 'chased';
}

async function withdraw(tx: RouteRequest['tx'], asked: Asked): Promise<Said> {
  const { tenant, inquiry, body, now, services, words } = asked;
  if (body['sure'] !== 'true' || !isOpen(inquiry.status)) return 'empty';
  const change = { tenant, by: CITIZEN, now, newId: services.newId };
  await askToWithdraw(tx, change, { inquiry, channel: 'portal', words }, services.dialogue);
  return 'withdrawn';
}

/** The one question after the end; what comes of it is up to the process that asked. */
async function score(tx: RouteRequest['tx'], asked: Asked): Promise<Said> {
  const { tenant, inquiry, body, services } = asked;
  const given = Number(body['score']);
  if (!Number.isInteger(given) || given < 1 || given > 5) return 'empty';
  const comment = textIn(body, 'comment');
  if (comment !== '') {
    const remark = { ...messageOf(asked, comment), isRemark: true };
    await receiveMessage(tx, tenant, remark, services.dialogue);
  }
  await services.dialogue.publish(tx, tenant, {
    name: 'feedback.answered',
    correlationKey: inquiry.id,
    timeToLiveMs: 0,
    variables: { score: given },
    by: CITIZEN,
  });
  return 'scored';
}

function textIn(body: Asked['body'], name: string): string {
  const text = body[name];
  return typeof text === 'string' ? text.trim().slice(0, MAX_TEXT) : '';
}

function messageOf({ inquiry, now, services }: Asked, body: string): IncomingMessage {
  return {
    inquiryId: inquiry.id,
    channel: 'portal',
    subject: null,
    body,
    receivedAt: now,
    idempotencyKey: `portal:${services.newId()}`,
    by: CITIZEN,
  };
}
