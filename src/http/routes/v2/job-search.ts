import { z } from 'zod';
import { searchJobs } from '../../../engine/read/jobs.js';
import type { JobRow } from '../../../engine/read/jobs.js';
import { defineRoute } from '../../route.js';
import { choice, flag, integer, keyFilter, tenant, text } from './filters.js';
import { presentFound, searchBody, searchResult } from './searching.js';
import { tenantIdOf } from './tenant.js';
import { anyObject, dateTimeText, key, known, tenantId } from './values.js';

const job = z
  .object({
    jobKey: key,
    type: z.string(),
    kind: z.literal('BPMN_ELEMENT'),
    listenerEventType: z.literal('UNSPECIFIED'),
    state: z.enum(['CREATED', 'FAILED']),
    processInstanceKey: key,
    processDefinitionKey: key,
    processDefinitionId: z.string(),
    elementId: z.string(),
    elementInstanceKey: key.meta({ description: 'An element’s execution is known by its job.' }),
    customHeaders: anyObject,
    worker: z.string().meta({ description: 'Empty while nobody has it.' }),
    retries: z.int(),
    hasFailedWithRetriesLeft: z.boolean(),
    deadline: dateTimeText.optional().meta({ description: 'Until when its worker has it.' }),
    errorMessage: z.string().optional(),
    tenantId,
  })
  .meta({ id: 'Job' });

/** Jobs that wait or are being done. */
export const jobSearchRoutes = [
  defineRoute({
    method: 'POST',
    path: '/v2/jobs/search',
    name: 'searchJobs',
    permission: 'instances.read',
    summary: 'Find jobs that are not done',
    description: 'A job that is done is gone: the history of its instance tells of it.',
    tags: ['jobs'],
    writes: false,
    body: searchBody(
      {
        jobKey: keyFilter,
        elementInstanceKey: keyFilter,
        type: text,
        state: choice('CREATED', 'FAILED'),
        processInstanceKey: keyFilter,
        processDefinitionKey: keyFilter,
        processDefinitionId: text,
        elementId: text,
        worker: text,
        retries: integer,
        hasFailedWithRetriesLeft: flag,
        errorMessage: text,
        tenantId: tenant,
      },
      [
        'jobKey',
        'elementInstanceKey',
        'type',
        'state',
        'processInstanceKey',
        'processDefinitionKey',
        'processDefinitionId',
        'elementId',
        'worker',
        'retries',
        'errorMessage',
        'tenantId',
      ],
      { names: { elementInstanceKey: 'jobKey' } },
    ),
    returns: searchResult(job),
    example: { as: 'owner', body: { filter: { type: 'notify' } } },
    run: async ({ tx, principal: { tenant: own }, body }) =>
      presentFound(await searchJobs(tx, own, body), (row) => present(row, own)),
  }),
];

function present(row: JobRow, own: string): z.input<typeof job> {
  return known({
    jobKey: row.id,
    type: row.type,
    kind: 'BPMN_ELEMENT' as const,
    listenerEventType: 'UNSPECIFIED' as const,
    state: row.lastError === null ? ('CREATED' as const) : ('FAILED' as const),
    processInstanceKey: row.instanceId,
    processDefinitionKey: row.definitionId,
    processDefinitionId: row.processId,
    elementId: row.elementId,
    elementInstanceKey: row.id,
    customHeaders: row.headers,
    worker: row.worker ?? '',
    retries: row.retries,
    hasFailedWithRetriesLeft: row.lastError !== null && row.retries > 0,
    deadline: row.leasedUntil?.toISOString() ?? null,
    errorMessage: row.lastError,
    tenantId: tenantIdOf(own),
  });
}
