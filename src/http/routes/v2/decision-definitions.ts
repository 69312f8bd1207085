import { z } from 'zod';
import {
  findDecisionDefinition,
  readDecisionXml,
  searchDecisionDefinitions,
} from '../../../engine/read/decision-definitions.js';
import type { DecisionDefinitionRow } from '../../../engine/read/decision-definitions.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { defineRoute } from '../../route.js';
import { integer, keyFilter, tenant, text } from './filters.js';
import { presentFound, searchBody, searchResult } from './searching.js';
import { tenantIdOf } from './tenant.js';
import { key, keyParameter, known, tenantId } from './values.js';

const definition = z
  .object({
    decisionDefinitionKey: key,
    decisionDefinitionId: z.string(),
    decisionRequirementsId: z.string(),
    version: z.int(),
    name: z.string().optional(),
    tenantId,
  })
  .meta({ id: 'DecisionDefinition' });

const search = defineRoute({
  method: 'POST',
  path: '/v2/decision-definitions/search',
  name: 'searchDecisionDefinitions',
  permission: 'processes.read',
  summary: 'Find versions of decisions',
  tags: ['decisions'],
  writes: false,
  body: searchBody(
    {
      decisionDefinitionKey: keyFilter,
      decisionDefinitionId: text,
      decisionRequirementsId: text,
      name: text,
      version: integer,
      tenantId: tenant,
    },
    [
      'decisionDefinitionKey',
      'decisionDefinitionId',
      'decisionRequirementsId',
      'name',
      'version',
      'tenantId',
    ],
  ),
  returns: searchResult(definition),
  example: { as: 'owner', body: { sort: [{ field: 'name' }] } },
  run: async ({ tx, principal: { tenant: own }, body }) =>
    presentFound(await searchDecisionDefinitions(tx, own, body), (row) => present(row, own)),
});

const get = defineRoute({
  method: 'GET',
  path: '/v2/decision-definitions/{decisionDefinitionKey}',
  name: 'getDecisionDefinition',
  permission: 'processes.read',
  summary: 'One version of a decision',
  tags: ['decisions'],
  params: keyParameter('decisionDefinitionKey'),
  returns: definition,
  failures: ['not_found'],
  example: { as: 'owner', params: { decisionDefinitionKey: '2251799813685249' } },
  async run({ tx, principal: { tenant: own }, params: { decisionDefinitionKey } }) {
    const row = await findDecisionDefinition(tx, own, decisionDefinitionKey);
    return row ? present(row, own) : notFound(decisionDefinitionKey);
  },
});

const getXml = defineRoute({
  method: 'GET',
  path: '/v2/decision-definitions/{decisionDefinitionKey}/xml',
  name: 'getDecisionDefinitionXml',
  permission: 'processes.read',
  summary: 'The DMN of a version, as it was deployed',
  tags: ['decisions'],
  params: keyParameter('decisionDefinitionKey'),
  returns: z.string(),
  produces: 'text/xml',
  failures: ['not_found'],
  example: { as: 'owner', params: { decisionDefinitionKey: '2251799813685249' } },
  async run({ tx, principal: { tenant: own }, params: { decisionDefinitionKey } }) {
    return (
      (await readDecisionXml(tx, own, decisionDefinitionKey)) ?? notFound(decisionDefinitionKey)
    );
  },
});

function present(row: DecisionDefinitionRow, own: string): z.input<typeof definition> {
  const { id, decisionId, version, name, requirementsId } = row;
  return known({
    decisionDefinitionKey: id,
    decisionDefinitionId: decisionId,
    decisionRequirementsId: requirementsId,
    version,
    name,
    tenantId: tenantIdOf(own),
  });
}

function notFound(id: string): never {
  throw new NotFoundError('decision_not_found', `There is no decision definition ${id}.`);
}

/** Versions of decisions, and their tables. */
export const decisionDefinitionRoutes = [search, get, getXml];
