import { z } from 'zod';
import { findService } from '../../catalogue/services.js';
import { HOUR_MS, startCrisis } from '../../inquiries/crisis-watch.js';
import type { Crisis } from '../../inquiries/crisis.js';
import { CRISIS_OFF, countReports, findOpenCrisis, readCrises } from '../../inquiries/crisis.js';
import { readNotices, rewordNotice } from '../../inquiries/notices.js';
import { ConflictError, InvalidError, NotFoundError } from '../../kernel/errors.js';
import { defineRoute } from '../route.js';
import type { RouteRequest } from '../route.js';
import { dateTime, id, names } from './parameters.js';

const code = z.string().max(20).meta({ description: 'Code of the service.' });
const params = z.strictObject({ service: code });

const crisis = z
  .object({
    id,
    service: z.string(),
    unit: z.string().meta({ description: 'Code of the unit that leads it.' }),
    startedAt: dateTime,
    startedFor: z.enum(['threshold', 'leader']),
    reportsPerHour: z.int().meta({ description: 'How many reported in the hour before it began.' }),
    calmSince: dateTime.nullable(),
    endedAt: dateTime.nullable(),
    endedFor: z.enum(['calm', 'leader']).nullable(),
    evaluatedAt: dateTime.nullable(),
  })
  .meta({ id: 'Crisis' });

const notice = z
  .object({
    id,
    service: z.string(),
    texts: names,
    district: z.string().nullable().meta({ description: 'The area it concerns; null for all.' }),
    shownFrom: dateTime,
    shownUntil: dateTime.nullable(),
  })
  .meta({ id: 'Notice' });

const list = defineRoute({
  method: 'GET',
  path: '/api/crises',
  name: 'listCrises',
  permission: 'crises.read',
  summary: 'Times of crisis mode, the newest first',
  description: 'When it was on for which service, why, and whether it has been evaluated.',
  tags: ['crises'],
  returns: z.object({ items: z.array(crisis) }),
  example: { as: 'agent' },
  run: async ({ tx, principal }) => ({
    items: (await readCrises(tx, principal.tenant)).map(present),
  }),
});

const start = defineRoute({
  method: 'POST',
  path: '/api/crises',
  name: 'startCrisis',
  permission: 'crises.lead',
  summary: 'Switch crisis mode on for a service',
  description:
    'It switches itself on when more report in an hour than the decision table `krisegrense` says. ' +
    'While it is on, a common message is shown, cases are acknowledged without a promise of their ' +
    'own, guarantees are suspended, and cases are answered together when a beat is done.',
  tags: ['crises'],
  body: z.strictObject({ service: code }),
  returns: crisis,
  status: 201,
  failures: ['conflict'],
  example: { as: 'chief', body: { service: 'BROYTING' } },
  async run(request) {
    const { tx, principal, body, now, services } = request;
    const { tenant, username: by } = principal;
    if (!(await findService(tx, tenant, body.service))) {
      throw new InvalidError('service_unknown', 'There is no service of this code.', {
        details: [{ path: 'service', reason: 'is not a known service' }],
      });
    }
    const hour = { from: new Date(now.getTime() - HOUR_MS), to: now };
    const reportsPerHour = await countReports(tx, tenant, body.service, hour);
    const change = { tenant, by, now, newId: services.newId };
    const begun = { service: body.service, startedFor: 'leader' as const, reportsPerHour };
    const begunId = await startCrisis(tx, change, begun, services.engine);
    if (begunId === undefined) {
      throw new ConflictError('crisis_begun', 'This service is in crisis mode already.');
    }
    return present(await demandOpen(request, body.service));
  },
});

const reword = defineRoute({
  method: 'POST',
  path: '/api/crises/{service}/notice',
  name: 'rewordCrisisNotice',
  permission: 'crises.lead',
  summary: 'Say something else to everybody',
  description: 'Replaces the words of the common message of a crisis that is on.',
  tags: ['crises'],
  params,
  body: z.strictObject({ nb: text(), nn: text(), en: text() }),
  failures: ['not_found'],
  example: {
    as: 'chief',
    params: { service: 'BROYTING' },
    body: {
      nb: 'Hovedveiene er åpne. Boliggatene brøytes utover dagen.',
      nn: 'Hovudvegane er opne. Bustadgatene vert brøytte utover dagen.',
      en: 'The main roads are open. Residential streets are cleared during the day.',
    },
  },
  async run(request) {
    const { tx, principal, body, now } = request;
    const { id: crisisId } = await demandOpen(request, request.params.service);
    await rewordNotice(tx, principal.tenant, crisisId, body, now);
    return undefined;
  },
});

const end = defineRoute({
  method: 'POST',
  path: '/api/crises/{service}/end',
  name: 'endCrisis',
  permission: 'crises.lead',
  summary: 'Switch crisis mode off by hand',
  description: 'It switches itself off when it has been calm for as long as `krisegrense` says.',
  tags: ['crises'],
  params,
  failures: ['not_found'],
  example: { as: 'chief', params: { service: 'BROYTING' } },
  async run(request) {
    const { tx, principal, services } = request;
    const { tenant, username: by } = principal;
    const { id: crisisId } = await demandOpen(request, request.params.service);
    const message = { name: CRISIS_OFF, correlationKey: crisisId, variables: {}, by };
    await services.engine.publish(tx, tenant, { ...message, timeToLiveMs: 24 * HOUR_MS });
    return undefined;
  },
});

const notices = defineRoute({
  method: 'GET',
  path: '/api/notices',
  name: 'listNotices',
  permission: 'services.read',
  summary: 'What everybody is told just now',
  description:
    'Common messages: of crisis mode, and of units that tell an area what is going on. Show them ' +
    'where citizens report and where they ask for the status.',
  tags: ['crises'],
  query: z.strictObject({ service: code.optional() }),
  returns: z.object({ items: z.array(notice) }),
  example: { as: 'agent', query: { service: 'BROYTING' } },
  async run({ tx, principal, query, now }) {
    const items = await readNotices(tx, principal.tenant, { now, service: query.service });
    return {
      items: items.map((one) => ({
        ...one,
        shownFrom: one.shownFrom.toISOString(),
        shownUntil: one.shownUntil?.toISOString() ?? null,
      })),
    };
  },
});

/** Crisis mode, and what is told to everybody. */
export const crisisRoutes = [list, start, reword, end, notices];

function text() {
  return z.string().trim().min(1, 'must not be empty').max(1000);
}

async function demandOpen(
  { tx, principal }: Pick<RouteRequest, 'tx' | 'principal'>,
  service: string,
): Promise<Crisis> {
  const open = await findOpenCrisis(tx, principal.tenant, service);
  if (open) return open;
  throw new NotFoundError('crisis_not_found', 'This service is not in crisis mode.');
}

function present({ startedAt, calmSince, endedAt, evaluatedAt, ...rest }: Crisis) {
  return {
    ...rest,
    startedAt: startedAt.toISOString(),
    calmSince: calmSince?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    evaluatedAt: evaluatedAt?.toISOString() ?? null,
  };
}
