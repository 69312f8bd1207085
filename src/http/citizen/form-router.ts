import { Router } from 'express';
import type { Request, Response } from 'express';
import { DEMO_TENANTS } from '../../access/demo-users.js';
import { parseDateTime } from '../../calendar/date-time.js';
import { findForm } from '../../catalogue/forms.js';
import type { Service } from '../../catalogue/services.js';
import { findService, readServices } from '../../catalogue/services.js';
import { readNotices } from '../../inquiries/notices.js';
import { NotFoundError, UnavailableError } from '../../kernel/errors.js';
import { nameKey } from '../../people/contact.js';
import { readMultipart } from '../multipart.js';
import { rateLimit } from '../rate-limit.js';
import { citizenLanguage } from './citizen-page.js';
import type { CitizenRuntime } from './citizen-runtime.js';
import { NOTHING_FILLED_IN } from './fields.js';
import type { FilledIn } from './fields.js';
import { fieldsOf } from './form-answers.js';
import { formListPage, formPage } from './form-page.js';
import { sendForm } from './send-form.js';
import { CITIZEN_TEXTS } from './texts.js';

/** A person needs longer than this to fill in a form; a machine does not. */
const FASTEST_MS = 3_000;

const HOUR_MS = 3_600_000;

/** From one address: a household or an office, not a flood. */
const mayRead = rateLimit({ times: 600, windowMs: HOUR_MS / 6 });
const maySend = rateLimit({ times: 60, windowMs: HOUR_MS });

/**
 * The municipality's forms: `/form` of the one that the host name begins with, `/fjordvik/form` of a
 * named one. Nobody has to log in, and no script runs.
 */
export function formRouter(runtime: CitizenRuntime): Router {
  const router = Router({ caseSensitive: true });
  const list = (request: Request, response: Response) => showList(runtime, request, response);
  const show = (request: Request, response: Response) => showForm(runtime, request, response);
  const send = (request: Request, response: Response) => takeForm(runtime, request, response);
  router.get(['/form', '/:tenant/form'], list);
  router.get(['/form/:code', '/:tenant/form/:code'], show);
  router.post(['/form/:code', '/:tenant/form/:code'], send);
  return router;
}

async function showList(runtime: CitizenRuntime, request: Request, response: Response) {
  response.locals['route'] = '/form';
  const tenant = tenantOf(request);
  demandRate(mayRead, request, runtime);
  const language = citizenLanguage(request.query['lang']);
  const asked = request.query['q'];
  const query = typeof asked === 'string' ? asked.slice(0, 100) : '';
  const words = nameKey(query).split(' ');
  const services = (await readServices(runtime.db, tenant)).filter((service) => {
    const text = nameKey(
      [...Object.values(service.names), ...Object.values(service.descriptions)].join(' '),
    );
    return hasForm(service) && words.every((word) => text.includes(word));
  });
  services.sort((a, b) => a.names[language].localeCompare(b.names[language], language));
  const path = `/${tenant}/form`;
  await runtime.before();
  const notices = await readNotices(runtime.db, tenant, { now: runtime.clock() });
  response.type('html').send(formListPage({ tenant, language, path, query, services, notices }));
}

async function showForm(runtime: CitizenRuntime, request: Request, response: Response) {
  response.locals['route'] = '/form/{code}';
  demandRate(mayRead, request, runtime);
  await present(runtime, request, response, { given: NOTHING_FILLED_IN, status: 200 });
}

async function takeForm(runtime: CitizenRuntime, request: Request, response: Response) {
  response.locals['route'] = '/form/{code}';
  const { service, form, tenant } = await formOf(runtime, request);
  const language = citizenLanguage(request.query['lang']);
  const { fields: values, files } = await readMultipart(request);
  const refuse = (notice: string | undefined, given: FilledIn, status: number) =>
    present(runtime, request, response, { notice, given, status });
  await runtime.before();
  const now = runtime.clock();
  if (!maySend(addressOf(request), now)) {
    await refuse(CITIZEN_TEXTS.tooMany[language], { values, errors: {} }, 429);
    return;
  }
  if (values['website'] || !isHuman(values['opened'], now)) {
    const again = { ...values, website: '', opened: now.toISOString() };
    await refuse(CITIZEN_TEXTS.tooFast[language], { values: again, errors: {} }, 400);
    return;
  }
  const sent = await sendForm(runtime, { tenant, service, form, values, files, language });
  if ('errors' in sent) {
    await refuse(undefined, { values, errors: sent.errors }, 400);
    return;
  }
  response.redirect(303, `/status/${sent.statusKey}?lang=${language}&said=thanks`);
}

async function present(
  runtime: CitizenRuntime,
  request: Request,
  response: Response,
  shown: { given: FilledIn; status: number; notice?: string | undefined },
): Promise<void> {
  const { service, form, tenant } = await formOf(runtime, request);
  await runtime.before();
  const now = runtime.clock();
  const page = formPage({
    tenant,
    language: citizenLanguage(request.query['lang']),
    path: `/${tenant}/form/${service.code}`,
    service,
    fields: fieldsOf(form),
    given: shown.given,
    notice: shown.notice,
    notices: await readNotices(runtime.db, tenant, { now, service: service.code }),
    now,
  });
  response.status(shown.status).type('html').send(page);
}

async function formOf({ db }: CitizenRuntime, request: Request) {
  const tenant = tenantOf(request);
  const code = String(request.params['code']).toUpperCase().slice(0, 20);
  const service = await findService(db, tenant, code);
  if (!service || !hasForm(service)) {
    throw new NotFoundError('form_not_found', 'There is no such form.');
  }
  const form = service.form ? await findForm(db, tenant, service.form) : undefined;
  return { tenant, service, form: form ?? { components: [] } };
}

function hasForm({ channels, retiredAt }: Service): boolean {
  if (retiredAt) return false;
  return channels.includes('form') || channels.includes('portal');
}

/** By path, or by the first part of the host's name; the first municipality where neither says. */
function tenantOf(request: Request): string {
  const named = request.params['tenant'];
  const [host] = request.hostname.split('.');
  const tenant = DEMO_TENANTS.find((one) => one === (named ?? host));
  if (tenant !== undefined) return tenant;
  if (named === undefined) return DEMO_TENANTS[0];
  throw new NotFoundError('municipality_not_found', 'There is no such municipality.');
}

function isHuman(opened: string | undefined, now: Date): boolean {
  try {
    return now.getTime() - parseDateTime(opened ?? '').getTime() >= FASTEST_MS;
  } catch {
    return false;
  }
}

function demandRate(may: typeof mayRead, request: Request, { clock }: CitizenRuntime): void {
  if (may(addressOf(request), clock())) return;
  throw new UnavailableError('too_many_requests', 'Too many requests came from here.');
}

function addressOf(request: Request): string {
  return request.socket.remoteAddress ?? '';
}
