import { z } from 'zod';
import type { ActivatedJob } from '../../../engine/external-jobs.js';
import { defineRoute } from '../../route.js';
import { ownTenant, tenantIdOf } from './tenant.js';
import { anyObject, key, keyParameter, long, tenantId, variables } from './values.js';

const DEFAULT_WAIT_MS = 10_000;
/** Longer waits are answered with nothing, and asked again. */
const LONGEST_WAIT_MS = 60_000;
const LONGEST_LEASE_MS = 30 * 24 * 60 * 60_000;
const MOST_JOBS = 1000;
const MOST_RETRIES = 1000;

const params = keyParameter('jobKey');
const example = { as: 'admin', params: { jobKey: '2251799813685249' } };
const name = z.string().min(1).max(256);
const milliseconds = long(-LONGEST_LEASE_MS, LONGEST_LEASE_MS);

const activatedJob = z
  .object({
    jobKey: key,
    type: z.string(),
    kind: z.literal('BPMN_ELEMENT'),
    listenerEventType: z.literal('UNSPECIFIED'),
    processInstanceKey: key,
    processDefinitionKey: key,
    processDefinitionId: z.string(),
    processDefinitionVersion: z.int(),
    elementId: z.string(),
    elementInstanceKey: key.meta({ description: 'An element’s execution is known by its job.' }),
    customHeaders: anyObject,
    worker: z.string(),
    retries: z.int(),
    deadline: z.int().meta({ description: 'Milliseconds since 1970; then it is given to others.' }),
    variables,
    tenantId,
  })
  .meta({ id: 'ActivatedJob' });

const activate = defineRoute({
  method: 'POST',
  path: '/v2/jobs/activation',
  name: 'activateJobs',
  permission: 'jobs.work',
  summary: 'Take jobs of a type',
  description:
    'When there is none, the answer waits for the first one: for `requestTimeout` milliseconds, at ' +
    'most a minute; for ten seconds when that is 0; not at all when it is negative.',
  tags: ['jobs'],
  // Waits outside of any transaction; taking jobs is one of its own.
  writes: false,
  body: z.strictObject({
    type: name,
    worker: z.string().max(256).default('default'),
    timeout: long(1, LONGEST_LEASE_MS).meta({ description: 'How long the jobs are held.' }),
    maxJobsToActivate: z.int().min(1).max(MOST_JOBS),
    requestTimeout: milliseconds.default(0),
    fetchVariable: z
      .array(z.string())
      .max(1000)
      .optional()
      .meta({ description: 'Only these; all when none is named.' }),
    tenantIds: z.array(tenantId).max(100).optional(),
  }),
  returns: z.object({ jobs: z.array(activatedJob) }),
  example: {
    as: 'admin',
    body: { type: 'ping', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: -1 },
  },
  async run({ principal, body, services, gone }) {
    for (const named of body.tenantIds ?? []) ownTenant(principal, named);
    const { type, worker, timeout: timeoutMs, maxJobsToActivate: maxJobs } = body;
    const { requestTimeout, fetchVariable = [] } = body;
    const waitMs = Math.min(requestTimeout || DEFAULT_WAIT_MS, LONGEST_WAIT_MS);
    const request = { type, worker, maxJobs, timeoutMs };
    const jobs = await services.jobActivation.activate(principal.tenant, request, { waitMs, gone });
    return { jobs: jobs.map((job) => present(job, principal.tenant, fetchVariable)) };
  },
});

const complete = defineRoute({
  method: 'POST',
  path: '/v2/jobs/{jobKey}/completion',
  name: 'completeJob',
  permission: 'jobs.work',
  summary: 'The job is done',
  tags: ['jobs'],
  params,
  body: z.strictObject({ variables: variables.nullish() }).nullish(),
  failures: ['not_found', 'conflict'],
  example,
  async run({ tx, principal: { tenant, username: by }, params: { jobKey }, body, services }) {
    const done = { jobId: jobKey, variables: body?.variables ?? {}, by };
    await services.engine.completeJob(tx, tenant, done);
    return undefined;
  },
});

const fail = defineRoute({
  method: 'POST',
  path: '/v2/jobs/{jobKey}/failure',
  name: 'failJob',
  permission: 'jobs.work',
  summary: 'The job failed',
  description: 'With no retries left it becomes an incident.',
  tags: ['jobs'],
  params,
  body: z
    .strictObject({
      retries: z.int().max(MOST_RETRIES).default(0),
      errorMessage: z
        .string()
        .max(10_000)
        .default('')
        .meta({ description: 'Shown to operators; never personal data.' }),
      retryBackOff: long(0, LONGEST_LEASE_MS)
        .default(0)
        .meta({ description: 'Milliseconds until the next attempt.' }),
    })
    .default({ retries: 0, errorMessage: '', retryBackOff: 0 }),
  failures: ['not_found', 'conflict'],
  example: { ...example, body: { retries: 2, errorMessage: 'the register did not answer' } },
  async run({ tx, principal: { tenant, username: by }, params: { jobKey }, body, services }) {
    const { retries, errorMessage, retryBackOff: retryBackOffMs } = body;
    const failure = { jobId: jobKey, retries, errorMessage, retryBackOffMs, by };
    await services.engine.failJob(tx, tenant, failure);
    return undefined;
  },
});

const throwError = defineRoute({
  method: 'POST',
  path: '/v2/jobs/{jobKey}/error',
  name: 'throwJobError',
  permission: 'jobs.work',
  summary: 'Answer with an error of the process',
  description: 'A boundary event catches it; when none does, it becomes an incident.',
  tags: ['jobs'],
  params,
  body: z.strictObject({
    errorCode: name,
    errorMessage: z.string().max(10_000).nullish(),
    variables: variables.nullish(),
  }),
  failures: ['not_found', 'conflict'],
  example: { ...example, body: { errorCode: 'not-ours' } },
  async run({ tx, principal: { tenant, username: by }, params: { jobKey }, body, services }) {
    const { errorCode, errorMessage, variables: given } = body;
    await services.engine.throwJobError(tx, tenant, {
      jobId: jobKey,
      errorCode,
      errorMessage: errorMessage ?? '',
      variables: given ?? {},
      by,
    });
    return undefined;
  },
});

const update = defineRoute({
  method: 'PATCH',
  path: '/v2/jobs/{jobKey}',
  name: 'updateJob',
  permission: 'jobs.work',
  summary: 'Hold a job longer, or change its retries',
  tags: ['jobs'],
  params,
  body: z.strictObject({
    changeset: z.strictObject({
      retries: z.int().min(1).max(MOST_RETRIES).nullish(),
      timeout: long(0, LONGEST_LEASE_MS).nullish().meta({ description: 'Milliseconds from now.' }),
    }),
  }),
  failures: ['not_found'],
  example: { ...example, body: { changeset: { timeout: 60_000 } } },
  async run({ tx, principal: { tenant }, params: { jobKey }, body: { changeset }, services }) {
    const { retries, timeout } = changeset;
    await services.engine.updateJob(tx, tenant, {
      jobId: jobKey,
      ...(typeof retries === 'number' && { retries }),
      ...(typeof timeout === 'number' && { timeoutMs: timeout }),
    });
    return undefined;
  },
});

function present(
  job: ActivatedJob,
  own: string,
  names: readonly string[],
): z.input<typeof activatedJob> {
  const shown = names.length
    ? Object.entries(job.variables).filter(([given]) => names.includes(given))
    : Object.entries(job.variables);
  return {
    jobKey: job.id,
    type: job.type,
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    processInstanceKey: job.instanceId,
    processDefinitionKey: job.definitionId,
    processDefinitionId: job.processId,
    processDefinitionVersion: job.version,
    elementId: job.elementId,
    elementInstanceKey: job.id,
    customHeaders: job.headers,
    worker: job.worker,
    retries: job.retries,
    deadline: job.deadline.getTime(),
    variables: Object.fromEntries(shown),
    tenantId: tenantIdOf(own),
  };
}

/** The work of external workers. */
export const jobRoutes = [activate, complete, fail, throwError, update];
