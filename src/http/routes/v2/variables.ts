import { z } from 'zod';
import { findVariable, searchVariables } from '../../../engine/read/variables.js';
import type { VariableRow } from '../../../engine/read/variables.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { defineRoute } from '../../route.js';
import { jsonValue, keyFilter, tenant, text } from './filters.js';
import { presentFound, searchBody, searchResult } from './searching.js';
import { tenantIdOf } from './tenant.js';
import { key, keyParameter, tenantId } from './values.js';

/** Lists cut longer values off; a variable asked for by its key is whole. */
const LONGEST = 8192;

const variable = z.object({
  variableKey: key,
  name: z.string(),
  value: z.string().meta({ description: 'As JSON text.' }),
  processInstanceKey: key,
  scopeKey: key.meta({ description: 'The process instance, or the task whose own it is.' }),
  tenantId,
});

const listed = variable.extend({ isTruncated: z.boolean() }).meta({ id: 'Variable' });

const search = defineRoute({
  method: 'POST',
  path: '/v2/variables/search',
  name: 'searchVariables',
  permission: 'instances.read',
  summary: 'Find variables',
  tags: ['instances'],
  writes: false,
  query: z.strictObject({ truncateValues: z.enum(['true', 'false']).default('true') }),
  body: searchBody(
    {
      variableKey: keyFilter,
      name: text,
      value: jsonValue,
      processInstanceKey: keyFilter,
      scopeKey: keyFilter,
      tenantId: tenant,
    },
    ['variableKey', 'name', 'value', 'processInstanceKey', 'scopeKey', 'tenantId'],
  ),
  returns: searchResult(listed),
  example: { as: 'owner', body: { filter: { name: 'unit' } } },
  async run({ tx, principal: { tenant: own }, query, body }) {
    const isCut = query.truncateValues === 'true';
    const found = await searchVariables(tx, own, body);
    return presentFound(found, (row) => {
      const whole = present(row, own);
      const isTruncated = isCut && whole.value.length > LONGEST;
      return {
        ...whole,
        isTruncated,
        ...(isTruncated && { value: whole.value.slice(0, LONGEST) }),
      };
    });
  },
});

const get = defineRoute({
  method: 'GET',
  path: '/v2/variables/{variableKey}',
  name: 'getVariable',
  permission: 'instances.read',
  summary: 'One variable, whole',
  tags: ['instances'],
  params: keyParameter('variableKey'),
  returns: variable,
  failures: ['not_found'],
  example: { as: 'owner', params: { variableKey: '2251799813685249' } },
  async run({ tx, principal: { tenant: own }, params: { variableKey } }) {
    const row = await findVariable(tx, own, variableKey);
    if (row) return present(row, own);
    throw new NotFoundError('variable_not_found', `There is no variable ${variableKey}.`);
  },
});

function present(row: VariableRow, own: string): z.input<typeof variable> {
  return {
    variableKey: row.id,
    name: row.name,
    value: JSON.stringify(row.value),
    processInstanceKey: row.instanceId,
    scopeKey: row.scopeId,
    tenantId: tenantIdOf(own),
  };
}

/** Variables of instances and tasks: ids and person-free values only. */
export const variableRoutes = [search, get];
