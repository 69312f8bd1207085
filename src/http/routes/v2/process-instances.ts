import { z } from 'zod';
import {
  findProcessInstance,
  searchProcessInstances,
} from '../../../engine/read/process-instances.js';
import type { ProcessInstanceRow } from '../../../engine/read/process-instances.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { defineRoute } from '../../route.js';
import {
  choice,
  dateTime,
  flag,
  integer,
  keyFilter,
  tenant,
  text,
  variableValues,
} from './filters.js';
import { presentFound, searchBody, searchResult } from './searching.js';
import { tenantIdOf } from './tenant.js';
import { dateTimeText, key, keyParameter, known, tenantId } from './values.js';

const STATES = {
  created: 'ACTIVE',
  active: 'ACTIVE',
  completed: 'COMPLETED',
  canceled: 'TERMINATED',
} as const;

const instance = z
  .object({
    processInstanceKey: key,
    processDefinitionKey: key,
    processDefinitionId: z.string(),
    processDefinitionName: z.string(),
    processDefinitionVersion: z.int(),
    parentProcessInstanceKey: key.optional(),
    state: z.enum(['ACTIVE', 'COMPLETED', 'TERMINATED']),
    startDate: dateTimeText,
    endDate: dateTimeText.optional(),
    hasIncident: z.boolean(),
    tenantId,
  })
  .meta({ id: 'ProcessInstance' });

const search = defineRoute({
  method: 'POST',
  path: '/v2/process-instances/search',
  name: 'searchProcessInstances',
  permission: 'instances.read',
  summary: 'Find process instances',
  tags: ['instances'],
  writes: false,
  body: searchBody(
    {
      processInstanceKey: keyFilter,
      processDefinitionKey: keyFilter,
      processDefinitionId: text,
      processDefinitionName: text,
      processDefinitionVersion: integer,
      parentProcessInstanceKey: keyFilter,
      state: choice('ACTIVE', 'COMPLETED', 'TERMINATED'),
      startDate: dateTime,
      endDate: dateTime,
      hasIncident: flag,
      variables: variableValues,
      tenantId: tenant,
    },
    [
      'processInstanceKey',
      'processDefinitionKey',
      'processDefinitionId',
      'processDefinitionName',
      'processDefinitionVersion',
      'parentProcessInstanceKey',
      'state',
      'startDate',
      'endDate',
      'hasIncident',
      'tenantId',
    ],
  ),
  returns: searchResult(instance),
  example: {
    as: 'owner',
    body: { filter: { state: 'ACTIVE' }, sort: [{ field: 'startDate', order: 'DESC' }] },
  },
  run: async ({ tx, principal: { tenant: own }, body }) =>
    presentFound(await searchProcessInstances(tx, own, body), (row) => present(row, own)),
});

const get = defineRoute({
  method: 'GET',
  path: '/v2/process-instances/{processInstanceKey}',
  name: 'getProcessInstance',
  permission: 'instances.read',
  summary: 'One process instance',
  tags: ['instances'],
  params: keyParameter('processInstanceKey'),
  returns: instance,
  failures: ['not_found'],
  example: { as: 'owner', params: { processInstanceKey: '2251799813685249' } },
  async run({ tx, principal: { tenant: own }, params: { processInstanceKey } }) {
    const row = await findProcessInstance(tx, own, processInstanceKey);
    if (row) return present(row, own);
    throw new NotFoundError(
      'instance_not_found',
      `There is no process instance ${processInstanceKey}.`,
    );
  },
});

function present(row: ProcessInstanceRow, own: string): z.input<typeof instance> {
  return known({
    processInstanceKey: row.id,
    processDefinitionKey: row.definitionId,
    processDefinitionId: row.processId,
    processDefinitionName: row.processName ?? row.processId,
    processDefinitionVersion: row.version,
    parentProcessInstanceKey: row.parentId,
    state: STATES[row.status],
    startDate: row.startedAt.toISOString(),
    endDate: row.endedAt?.toISOString() ?? null,
    hasIncident: row.hasIncident,
    tenantId: tenantIdOf(own),
  });
}

/** What can be read of process instances. */
export const processInstanceRoutes = [search, get];
