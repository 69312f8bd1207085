import { z } from 'zod';
import { demand } from '../../access/policy.js';
import { parseDateTime } from '../../calendar/date-time.js';
import type { CaseClock } from '../../inquiries/case-clock.js';
import {
  EXTENSION_REASONS,
  extendDeadline,
  PAUSE_REASONS,
  pauseClock,
  resumeClock,
} from '../../inquiries/case-clock.js';
import { explainDeadlines } from '../../inquiries/explain-deadlines.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import { setStatus } from '../../inquiries/lifecycle.js';
import type { Change } from '../../inquiries/lifecycle.js';
import { defineRoute } from '../route.js';
import type { RouteRequest } from '../route.js';
import { caseClock, explained } from './deadline-schemas.js';
import { dateTime } from './parameters.js';
import { inquiryOf } from './readable-inquiry.js';

const params = z.strictObject({ reference: z.string().max(60) });
const example = { as: 'caseworker', params: { reference: '26-K3F9-2XQ7' } } as const;

const explain = defineRoute({
  method: 'GET',
  path: '/api/inquiries/{reference}/deadlines',
  name: 'explainDeadlines',
  permission: 'inquiries.read',
  summary: 'Why a case is due when it is',
  description:
    'The promise and the law, each with its basis and every day from receipt: counted, skipped ' +
    '(a weekend, a holiday, a day on which the unit is closed) or paused. While the clock stands ' +
    'still the dates are as they would be if it went on now.',
  tags: ['deadlines'],
  params,
  returns: explained,
  failures: ['not_found'],
  example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' } },
  async run(request) {
    const { tx, principal, now } = request;
    const { id } = await inquiryOf(request, request.params.reference);
    return explainDeadlines(tx, principal.tenant, id, now);
  },
});

const pause = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/deadlines/pause',
  name: 'pauseDeadlines',
  permission: 'deadlines.change',
  summary: 'Stop the clock of a case',
  description:
    'While the municipality can do nothing (forvaltningslovforskriften chapter 9). A clock that ' +
    'stands still already goes on standing, for its first reason.',
  tags: ['deadlines'],
  params,
  body: z.strictObject({ reason: z.enum(PAUSE_REASONS) }),
  returns: caseClock,
  failures: ['not_found', 'conflict'],
  example: { ...example, body: { reason: 'partyRequest' } },
  async run(request) {
    const { id, change } = await changeable(request);
    const clock = await pauseClock(request.tx, change, id, request.body.reason);
    if (request.body.reason === 'awaitingCitizen') {
      await setStatus(request.tx, change, id, 'awaitingCitizen');
    }
    return present(clock);
  },
});

const resume = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/deadlines/resume',
  name: 'resumeDeadlines',
  permission: 'deadlines.change',
  summary: 'Let the clock of a case go on',
  description:
    'Both deadlines move by the days on which it stood still. A clock that runs goes on running.',
  tags: ['deadlines'],
  params,
  returns: caseClock,
  failures: ['not_found', 'conflict'],
  example,
  async run(request) {
    const { id, status, change } = await changeable(request);
    const clock = await resumeClock(request.tx, change, id);
    if (status === 'awaitingCitizen') await setStatus(request.tx, change, id, 'inProgress');
    return present(clock);
  },
});

const extend = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/deadlines/extend',
  name: 'extendDeadline',
  permission: 'deadlines.change',
  summary: 'Move a deadline of a case to a later date',
  tags: ['deadlines'],
  params,
  body: z.strictObject({
    deadline: z.enum(['guarantee', 'statutory']).default('guarantee'),
    until: dateTime,
    reason: z.enum(EXTENSION_REASONS),
  }),
  returns: caseClock,
  failures: ['not_found', 'conflict'],
  example: { ...example, body: { until: '2099-03-27T14:00:00Z', reason: 'complex' } },
  async run(request) {
    const { id, change } = await changeable(request);
    const { deadline, until, reason } = request.body;
    const extension = { deadline, until: parseDateTime(until), reason };
    return present(await extendDeadline(request.tx, change, id, extension));
  },
});

/** A case's deadlines, explained and changed. */
export const deadlineRoutes = [explain, pause, resume, extend];

type Asked = Pick<RouteRequest<typeof params>, 'tx' | 'principal' | 'params' | 'now' | 'services'>;

async function changeable(asked: Asked): Promise<Inquiry & { change: Change }> {
  const inquiry = await inquiryOf(asked, asked.params.reference);
  const { principal, now, services } = asked;
  demand(principal, 'deadlines.change', inquiry);
  const { tenant, username: by } = principal;
  return { ...inquiry, change: { tenant, by, now, newId: services.newId } };
}

function present({ expectedBy, statutoryBy, promisedBy, pausedAt }: CaseClock) {
  return {
    expectedBy: expectedBy.toISOString(),
    statutoryBy: statutoryBy?.toISOString() ?? null,
    promisedBy: promisedBy?.toISOString() ?? null,
    pausedAt: pausedAt?.toISOString() ?? null,
  };
}
