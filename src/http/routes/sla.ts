import { z } from 'zod';
import { can } from '../../access/policy.js';
import { ledBy } from '../../access/principal.js';
import { countBreaches, readBreaches } from '../../inquiries/breaches.js';
import { defineRoute } from '../route.js';
import { pageOf } from './inquiry-schemas.js';
import { cursor, dateTime, flag, limit } from './parameters.js';

const deadline = z.enum(['guarantee', 'statutory']);

const breach = z
  .object({
    reference: z.string(),
    service: z.string(),
    unit: z.string().nullable(),
    deadline: deadline.meta({ description: 'The promise, or the law.' }),
    dueAt: dateTime,
    escalatedAt: dateTime
      .nullable()
      .meta({ description: 'When its process escalated it; null when it has not.' }),
    level: z.int().meta({ description: 'How far up; 0 when it was not escalated.' }),
    closedAt: dateTime.nullable(),
    hoursLate: z.int(),
  })
  .meta({ id: 'Breach' });

/** Deadlines that were missed. */
export const slaRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/sla/breaches',
    name: 'listBreaches',
    permission: 'breaches.read',
    summary: 'Missed deadlines, the oldest first',
    description:
      'Of inquiries that are still open, and of those that were closed too late. Managers see ' +
      'those of their units.',
    tags: ['deadlines'],
    query: z.strictObject({
      deadline: deadline.optional(),
      open: flag.meta({ description: 'Those still open, or those closed late.' }),
      cursor,
      limit,
    }),
    returns: pageOf(breach).extend({
      counts: z
        .object({ open: z.int(), closedLate: z.int(), escalated: z.int() })
        .meta({ description: 'Of all pages together.' }),
    }),
    example: { as: 'manager', query: { open: 'true' } },
    async run({ tx, principal, query, now }) {
      const { tenant } = principal;
      const units = can(principal, 'breaches.read', {}) ? undefined : ledBy(principal);
      const filter = { ...query, units };
      const page = await readBreaches(tx, tenant, filter, now);
      return { ...page, counts: await countBreaches(tx, tenant, filter, now) };
    },
  }),
];
