import { z } from 'zod';
import { findIncident, searchIncidents } from '../../../engine/read/incidents.js';
import type { IncidentRow } from '../../../engine/read/incidents.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { defineRoute } from '../../route.js';
import type { Asked } from './filters.js';
import { choice, dateTime, keyFilter, tenant, text } from './filters.js';
import { presentFound, searchBody, searchResult } from './searching.js';
import { tenantIdOf } from './tenant.js';
import { dateTimeText, key, keyParameter, known, tenantId } from './values.js';

/** What Camunda calls our kinds of incident. */
const ERROR_TYPES = {
  evaluation_failed: 'EXTRACT_VALUE_ERROR',
  handler_failed: 'UNKNOWN',
  job_no_retries: 'JOB_NO_RETRIES',
  error_not_caught: 'UNHANDLED_ERROR_EVENT',
  process_not_found: 'CALLED_ELEMENT_ERROR',
  no_flow_taken: 'CONDITION_ERROR',
  token_stuck: 'UNKNOWN',
  limit_exceeded: 'EXTRACT_VALUE_ERROR',
  step_limit: 'UNKNOWN',
  step_failed: 'UNKNOWN',
} as const satisfies Record<IncidentRow['kind'], string>;

type ErrorType = (typeof ERROR_TYPES)[IncidentRow['kind']];

const errorTypes = [...new Set(Object.values(ERROR_TYPES))];

const errorTypeFilter = z.enum(errorTypes).transform((wanted): Asked => {
  const kinds = Object.entries(ERROR_TYPES).flatMap(([kind, type]) =>
    type === wanted ? kind : [],
  );
  return [{ operator: 'in', value: kinds }];
});

const incident = z
  .object({
    incidentKey: key,
    processInstanceKey: key,
    processDefinitionKey: key,
    processDefinitionId: z.string(),
    elementId: z.string().optional(),
    elementInstanceKey: key.optional().meta({ description: 'Known when a job failed.' }),
    jobKey: key.optional(),
    errorType: z.enum(errorTypes),
    errorMessage: z.string(),
    state: z.enum(['ACTIVE', 'RESOLVED']),
    creationTime: dateTimeText,
    tenantId,
  })
  .meta({ id: 'Incident' });

const search = defineRoute({
  method: 'POST',
  path: '/v2/incidents/search',
  name: 'searchIncidents',
  permission: 'incidents.read',
  summary: 'Find what stands still',
  tags: ['incidents'],
  writes: false,
  body: searchBody(
    {
      incidentKey: keyFilter,
      processInstanceKey: keyFilter,
      processDefinitionKey: keyFilter,
      processDefinitionId: text,
      elementId: text,
      jobKey: keyFilter,
      elementInstanceKey: keyFilter,
      errorType: errorTypeFilter,
      errorMessage: text,
      state: choice('ACTIVE', 'RESOLVED'),
      creationTime: dateTime,
      tenantId: tenant,
    },
    [
      'incidentKey',
      'processInstanceKey',
      'processDefinitionKey',
      'processDefinitionId',
      'elementId',
      'jobKey',
      'errorMessage',
      'state',
      'creationTime',
      'tenantId',
    ],
    // An element's execution is known by the key of its job.
    { names: { errorType: 'kind', elementInstanceKey: 'jobKey' } },
  ),
  returns: searchResult(incident),
  example: { as: 'owner', body: { filter: { state: 'ACTIVE' } } },
  run: async ({ tx, principal: { tenant: own }, body }) =>
    presentFound(await searchIncidents(tx, own, body), (row) => present(row, own)),
});

const get = defineRoute({
  method: 'GET',
  path: '/v2/incidents/{incidentKey}',
  name: 'getIncident',
  permission: 'incidents.read',
  summary: 'One incident',
  tags: ['incidents'],
  params: keyParameter('incidentKey'),
  returns: incident,
  failures: ['not_found'],
  example: { as: 'owner', params: { incidentKey: '2251799813685249' } },
  async run({ tx, principal: { tenant: own }, params: { incidentKey } }) {
    const row = await findIncident(tx, own, incidentKey);
    if (row) return present(row, own);
    throw new NotFoundError('incident_not_found', `There is no incident ${incidentKey}.`);
  },
});

const resolve = defineRoute({
  method: 'POST',
  path: '/v2/incidents/{incidentKey}/resolution',
  name: 'resolveIncident',
  permission: 'incidents.resolve',
  summary: 'Try again what failed',
  tags: ['incidents'],
  params: keyParameter('incidentKey'),
  body: z.strictObject({}).nullish(),
  failures: ['not_found', 'conflict'],
  example: { as: 'owner', params: { incidentKey: '2251799813685249' } },
  async run({ tx, principal: { tenant: own, username: by }, params: { incidentKey }, services }) {
    await services.engine.resolveIncident(tx, own, { incidentId: incidentKey, by });
    return undefined;
  },
});

function present(row: IncidentRow, own: string): z.input<typeof incident> {
  const errorType: ErrorType = ERROR_TYPES[row.kind];
  return known({
    incidentKey: row.id,
    processInstanceKey: row.instanceId,
    processDefinitionKey: row.definitionId,
    processDefinitionId: row.processId,
    elementId: row.elementId,
    elementInstanceKey: row.jobId,
    jobKey: row.jobId,
    errorType,
    errorMessage: row.message,
    state: row.resolvedAt ? ('RESOLVED' as const) : ('ACTIVE' as const),
    creationTime: row.createdAt.toISOString(),
    tenantId: tenantIdOf(own),
  });
}

/** What stands still and needs a person. */
export const incidentRoutes = [search, get, resolve];
