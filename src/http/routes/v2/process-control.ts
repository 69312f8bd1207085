import { z } from 'zod';
import { defineRoute } from '../../route.js';
import { ownTenant, tenantIdOf } from './tenant.js';
import { key, keyParameter, long, tenantId, variables } from './values.js';

const NEWEST = -1;
const LARGEST_VERSION = 2 ** 31 - 1;
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

const creation = z
  .strictObject({
    processDefinitionId: z.string().min(1).max(256).optional(),
    processDefinitionVersion: z.int().min(NEWEST).max(LARGEST_VERSION).default(NEWEST),
    processDefinitionKey: key.optional(),
    variables: variables.default({}),
    tenantId: tenantId.optional(),
    awaitCompletion: z
      .literal(false, { error: 'is not supported: start it, then look for its state' })
      .default(false),
    requestTimeout: long(0, LONGEST_WAIT_MS)
      .optional()
      .meta({ description: 'Means nothing without awaitCompletion.' }),
  })
  .refine(
    (given) =>
      (given.processDefinitionId === undefined) !== (given.processDefinitionKey === undefined),
    'needs either processDefinitionId or processDefinitionKey',
  );

const start = defineRoute({
  method: 'POST',
  path: '/v2/process-instances',
  name: 'createProcessInstance',
  permission: 'instances.control',
  summary: 'Start a process',
  description: 'By its id, in the newest version or another one, or by the key of a version.',
  tags: ['instances'],
  body: creation,
  returns: z.object({
    processInstanceKey: key,
    processDefinitionKey: key,
    processDefinitionId: z.string(),
    processDefinitionVersion: z.int(),
    variables,
    tenantId,
  }),
  failures: ['not_found'],
  example: {
    as: 'owner',
    body: { processDefinitionId: 'inquiry-after-1', variables: { service: 'DUNK' } },
  },
  async run({ tx, principal, body, services }) {
    const tenant = ownTenant(principal, body.tenantId);
    const { processDefinitionId, processDefinitionVersion, processDefinitionKey } = body;
    const outcome = await services.engine.start(tx, tenant, {
      ...(processDefinitionId !== undefined && { processId: processDefinitionId }),
      ...(processDefinitionVersion !== NEWEST && { version: processDefinitionVersion }),
      ...(processDefinitionKey !== undefined && { definitionId: processDefinitionKey }),
      variables: body.variables,
      by: principal.username,
    });
    return {
      processInstanceKey: outcome.instanceId,
      processDefinitionKey: outcome.definitionId,
      processDefinitionId: outcome.processId,
      processDefinitionVersion: outcome.version,
      // Shown only to those who wait for its end, which is not supported.
      variables: {},
      tenantId: tenantIdOf(tenant),
    };
  },
});

const cancel = defineRoute({
  method: 'POST',
  path: '/v2/process-instances/{processInstanceKey}/cancellation',
  name: 'cancelProcessInstance',
  permission: 'instances.control',
  summary: 'Cancel a process instance',
  description: 'With everything it waits for, and the processes it called.',
  tags: ['instances'],
  params: keyParameter('processInstanceKey'),
  body: z.strictObject({}).nullish(),
  failures: ['not_found', 'conflict'],
  example: { as: 'owner', params: { processInstanceKey: '2251799813685249' } },
  async run({ tx, principal, params, services }) {
    const request = { instanceId: params.processInstanceKey, by: principal.username };
    await services.engine.cancel(tx, principal.tenant, request);
    return undefined;
  },
});

const setVariables = defineRoute({
  method: 'PUT',
  path: '/v2/element-instances/{elementInstanceKey}/variables',
  name: 'createElementInstanceVariables',
  permission: 'instances.control',
  summary: 'Set variables of a process instance',
  description:
    'The key is that of the process instance: variables of single elements cannot be set. What an ' +
    'incident lacked is mended with this before it is resolved.',
  tags: ['instances'],
  params: keyParameter('elementInstanceKey'),
  body: z.strictObject({ variables, local: z.boolean().optional() }),
  failures: ['not_found', 'conflict'],
  example: {
    as: 'owner',
    params: { elementInstanceKey: '2251799813685249' },
    body: { variables: { unit: 'VAR' } },
  },
  async run({ tx, principal: { tenant, username: by }, params, body, services }) {
    const { elementInstanceKey: instanceId } = params;
    await services.engine.setVariables(tx, tenant, { instanceId, variables: body.variables, by });
    return undefined;
  },
});

/** What changes process instances. */
export const processControlRoutes = [start, cancel, setVariables];
