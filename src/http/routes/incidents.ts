import { z } from 'zod';
import { readOpenIncidents } from '../../inquiries/open-incidents.js';
import { defineRoute } from '../route.js';
import { pageOf } from './inquiry-schemas.js';
import { cursor, dateTime, id, limit } from './parameters.js';

const incident = z
  .object({
    id,
    processId: z.string(),
    version: z.int(),
    elementId: z.string().nullable().meta({ description: 'Where it stands in the drawing.' }),
    kind: z.string(),
    message: z.string(),
    reference: z.string().nullable().meta({ description: 'The inquiry it holds up.' }),
    unit: z.string().nullable(),
    createdAt: dateTime,
  })
  .meta({ id: 'Incident' });

const params = z.strictObject({ id });
const failures = ['not_found', 'conflict'] as const;
const exampleId = { id: '912726453915746304' };

const list = defineRoute({
  method: 'GET',
  path: '/api/incidents',
  name: 'listIncidents',
  permission: 'incidents.read',
  summary: 'What stands still until a person helps, the oldest first',
  tags: ['incidents'],
  query: z.strictObject({ cursor, limit }),
  returns: pageOf(incident),
  example: { as: 'admin' },
  run: ({ tx, principal, query }) => readOpenIncidents(tx, principal.tenant, query),
});

const retry = defineRoute({
  method: 'POST',
  path: '/api/incidents/{id}/retry',
  name: 'retryIncident',
  permission: 'incidents.resolve',
  summary: 'Try again what failed',
  description: 'When what was wrong has been mended: a variable, a mail server, a missing process.',
  tags: ['incidents'],
  params,
  failures,
  example: { as: 'admin', params: exampleId },
  async run({ tx, principal, params: { id: incidentId }, services }) {
    const by = principal.username;
    await services.engine.resolveIncident(tx, principal.tenant, { incidentId, by });
    return undefined;
  },
});

const skip = defineRoute({
  method: 'POST',
  path: '/api/incidents/{id}/skip',
  name: 'skipIncident',
  permission: 'incidents.resolve',
  summary: 'Go on without the work that failed',
  description: 'The reason is kept with the incident, together with who gave it.',
  tags: ['incidents'],
  params,
  body: z.strictObject({
    reason: z
      .string()
      .trim()
      .min(3, 'must say why, in at least 3 characters')
      .max(500)
      .meta({ description: 'Why the work is not needed. No personal data.' }),
  }),
  failures,
  example: {
    as: 'admin',
    params: exampleId,
    body: { reason: 'The unit was told by telephone' },
  },
  async run({ tx, principal, params: { id: incidentId }, body: { reason }, services }) {
    const by = principal.username;
    await services.engine.skipIncident(tx, principal.tenant, { incidentId, by, reason });
    return undefined;
  },
});

/** Where processes stand still. */
export const incidentRoutes = [list, retry, skip];
