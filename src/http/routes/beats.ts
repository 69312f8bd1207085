import { z } from 'zod';
import { demand } from '../../access/policy.js';
import { findService } from '../../catalogue/services.js';
import { rankCells, reportDone } from '../../inquiries/beats.js';
import { defineRoute } from '../route.js';
import { dateTime } from './parameters.js';

const service = z.string().max(20).meta({ description: 'Code of the service.' });
const beat = z.string().max(60).meta({ description: 'A route that a contractor works through.' });

const list = defineRoute({
  method: 'GET',
  path: '/api/beats',
  name: 'listBeats',
  permission: 'inquiries.read',
  summary: 'What waits on the beats, the heaviest cells first',
  description:
    'Open cases by beat and cell of the map, ranked by the points of their priority rule. What came ' +
    'in during the last quarter of an hour weighs more: where reports pile up is where to go next.',
  tags: ['crises'],
  query: z.strictObject({ service, beat: beat.optional() }),
  returns: z.object({
    items: z.array(
      z.object({
        beat: z.string(),
        cell: z.string().nullable().meta({ description: 'South-western corner of about 280 m.' }),
        cases: z.int(),
        points: z.int(),
        recent: z.int(),
        since: dateTime,
      }),
    ),
  }),
  example: { as: 'caseworker', query: { service: 'BROYTING' } },
  async run({ tx, principal, query, now }) {
    const cells = await rankCells(tx, principal.tenant, { ...query, now });
    return { items: cells.map((one) => ({ ...one, since: one.since.toISOString() })) };
  },
});

const done = defineRoute({
  method: 'POST',
  path: '/api/beats/done',
  name: 'reportBeatDone',
  permission: 'beats.report',
  summary: 'Report that a beat or a cell is done',
  description:
    'Every open case that waits for it gets the same answer at once, and is closed by its process. ' +
    'Name a beat, a cell, or both. Call again while `left` is not 0.',
  tags: ['crises'],
  body: z
    .strictObject({
      service,
      beat: beat.optional(),
      cell: z.string().max(60).optional(),
      text: z.string().trim().min(1, 'must not be empty').max(2000).meta({
        description: 'What each citizen is told. It goes to many: no personal data.',
      }),
    })
    .refine((body) => body.beat !== undefined || body.cell !== undefined, {
      message: 'must name a beat or a cell',
      path: ['beat'],
    }),
  returns: z.object({ answered: z.int(), left: z.int() }),
  example: {
    as: 'caseworker',
    body: { service: 'BROYTING', beat: 'rode-1', text: 'Rode 1 er brøytet og strødd.' },
  },
  async run({ tx, principal, body, now, services }) {
    const { tenant, username: by } = principal;
    const owner = (await findService(tx, tenant, body.service))?.unit ?? null;
    demand(principal, 'beats.report', { unit: owner });
    const change = { tenant, by, now, newId: services.newId };
    return reportDone(tx, change, body);
  },
});

/** Contractors' lists: what waits, and what is done. */
export const beatRoutes = [list, done];
