import { z } from 'zod';
import {
  findProcessDefinition,
  readProcessXml,
  searchProcessDefinitions,
} from '../../../engine/read/process-definitions.js';
import type { ProcessDefinitionRow } from '../../../engine/read/process-definitions.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { defineRoute } from '../../route.js';
import { flag, integer, keyFilter, tenant, text } from './filters.js';
import { presentFound, searchBody, searchResult } from './searching.js';
import { tenantIdOf } from './tenant.js';
import { key, keyParameter, known, tenantId } from './values.js';

const definition = z
  .object({
    processDefinitionKey: key,
    processDefinitionId: z.string(),
    version: z.int(),
    name: z.string().optional(),
    resourceName: z.string(),
    tenantId,
    hasStartForm: z.boolean(),
  })
  .meta({ id: 'ProcessDefinition' });

const search = defineRoute({
  method: 'POST',
  path: '/v2/process-definitions/search',
  name: 'searchProcessDefinitions',
  permission: 'processes.read',
  summary: 'Find versions of processes',
  tags: ['processes'],
  writes: false,
  body: searchBody(
    {
      processDefinitionKey: keyFilter,
      processDefinitionId: text,
      name: text,
      resourceName: text,
      version: integer,
      isLatestVersion: flag,
      tenantId: tenant,
    },
    ['processDefinitionKey', 'processDefinitionId', 'name', 'resourceName', 'version', 'tenantId'],
  ),
  returns: searchResult(definition),
  example: { as: 'owner', body: { filter: { isLatestVersion: true } } },
  run: async ({ tx, principal: { tenant: own }, body }) =>
    presentFound(await searchProcessDefinitions(tx, own, body), (row) => present(row, own)),
});

const get = defineRoute({
  method: 'GET',
  path: '/v2/process-definitions/{processDefinitionKey}',
  name: 'getProcessDefinition',
  permission: 'processes.read',
  summary: 'One version of a process',
  tags: ['processes'],
  params: keyParameter('processDefinitionKey'),
  returns: definition,
  failures: ['not_found'],
  example: { as: 'owner', params: { processDefinitionKey: '2251799813685249' } },
  async run({ tx, principal: { tenant: own }, params: { processDefinitionKey } }) {
    const row = await findProcessDefinition(tx, own, processDefinitionKey);
    return row ? present(row, own) : notFound(processDefinitionKey);
  },
});

const getXml = defineRoute({
  method: 'GET',
  path: '/v2/process-definitions/{processDefinitionKey}/xml',
  name: 'getProcessDefinitionXml',
  permission: 'processes.read',
  summary: 'The BPMN of a version, as it was deployed',
  tags: ['processes'],
  params: keyParameter('processDefinitionKey'),
  returns: z.string(),
  produces: 'text/xml',
  failures: ['not_found'],
  example: { as: 'owner', params: { processDefinitionKey: '2251799813685249' } },
  async run({ tx, principal: { tenant: own }, params: { processDefinitionKey } }) {
    return (await readProcessXml(tx, own, processDefinitionKey)) ?? notFound(processDefinitionKey);
  },
});

function present(row: ProcessDefinitionRow, own: string): z.input<typeof definition> {
  const { id, processId, version, name, resourceName } = row;
  return known({
    processDefinitionKey: id,
    processDefinitionId: processId,
    version,
    name,
    resourceName,
    tenantId: tenantIdOf(own),
    // Forms belong to services here; a start event has none.
    hasStartForm: false,
  });
}

function notFound(id: string): never {
  throw new NotFoundError('definition_not_found', `There is no process definition ${id}.`);
}

/** Versions of processes, and their drawings. */
export const processDefinitionRoutes = [search, get, getXml];
