import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import { readDisposals } from '../../privacy/disposals.js';
import type { LegalHold } from '../../privacy/legal-holds.js';
import { HOLD_REASONS, liftHold, placeHold, readHolds } from '../../privacy/legal-holds.js';
import { defineRoute } from '../route.js';
import { changeBy } from './change-by.js';
import { dateTime, id } from './parameters.js';

const MAX_DISPOSALS = 100;

const hold = z
  .object({
    id: z.string(),
    reference: z.string(),
    reason: z.enum(HOLD_REASONS),
    placedBy: z.string(),
    placedAt: dateTime,
    until: dateTime,
    liftedBy: z.string().nullable(),
    liftedAt: dateTime.nullable(),
  })
  .meta({ id: 'LegalHold' });

const disposal = z
  .object({
    id: z.string(),
    at: dateTime,
    entries: z.array(z.object({ reference: z.string(), service: z.string(), rule: z.string() })),
    count: z.int(),
    hash: z
      .string()
      .meta({ description: 'SHA-256 of the entries: what is signed is what was done.' }),
    signedBy: z.string().nullable(),
    signedAt: dateTime.nullable(),
  })
  .meta({ id: 'Disposal' });

/** What keeps cases from being de-identified, and the lists of those that were. */
export const retentionRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/inquiries/{reference}/holds',
    name: 'placeHold',
    permission: 'holds.change',
    summary: 'Keep a case as it is although its time runs out',
    description:
      'While the hold lasts, the case is not de-identified. It says why, not about whom.',
    tags: ['retention'],
    params: z.strictObject({ reference: z.string().max(60) }),
    body: z.strictObject({ reason: z.enum(HOLD_REASONS), until: dateTime }),
    returns: hold,
    failures: ['not_found', 'conflict'],
    example: {
      as: 'clerk',
      params: { reference: '26-K3F9-2XQ7' },
      body: { reason: 'complaint', until: '2036-01-01T00:00:00Z' },
    },
    async run(request) {
      const { tx, params, body } = request;
      const asked = { ...params, reason: body.reason, until: parseDateTime(body.until) };
      return present(await placeHold(tx, changeBy(request), asked));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/holds/{id}/lift',
    name: 'liftHold',
    permission: 'holds.change',
    summary: 'Lift a hold before its time',
    tags: ['retention'],
    params: z.strictObject({ id }),
    returns: hold,
    failures: ['not_found', 'conflict'],
    example: { as: 'clerk', params: { id: '2251799813685249' } },
    async run(request) {
      return present(await liftHold(request.tx, changeBy(request), request.params.id));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/holds',
    name: 'listHolds',
    permission: 'disposals.read',
    summary: 'Holds that count now',
    tags: ['retention'],
    returns: z.object({ items: z.array(hold) }),
    example: { as: 'clerk' },
    async run({ tx, principal: { tenant }, now }) {
      return { items: (await readHolds(tx, tenant, now)).map(present) };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/disposals',
    name: 'listDisposals',
    permission: 'disposals.read',
    summary: 'Lists of de-identified cases, the newest first',
    description: 'Which cases, by which rule, how many, and who signed the list.',
    tags: ['retention'],
    returns: z.object({ items: z.array(disposal) }),
    example: { as: 'clerk' },
    async run({ tx, principal: { tenant } }) {
      const items = await readDisposals(tx, tenant, MAX_DISPOSALS);
      return {
        items: items.map((one) => ({
          ...one,
          at: one.at.toISOString(),
          signedAt: one.signedAt?.toISOString() ?? null,
        })),
      };
    },
  }),
];

function present(one: LegalHold) {
  return {
    ...one,
    placedAt: one.placedAt.toISOString(),
    until: one.until.toISOString(),
    liftedAt: one.liftedAt?.toISOString() ?? null,
  };
}
