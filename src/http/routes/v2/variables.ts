import { z } from 'zod';
import type { Condition } from '../../../engine/read/conditions.js';
import type { Found } from '../../../engine/read/search.js';
import { findVariable, searchVariables } from '../../../engine/read/variables.js';
import type { VariableRow } from '../../../engine/read/variables.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { defineRoute } from '../../route.js';
import { jsonValue, keyFilter, tenant, text } from './filters.js';
import { presentFound, searchBody, searchResult } from './searching.js';
import { tenantIdOf } from './tenant.js';
import { readTask } from './user-tasks.js';
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

const truncation = z.strictObject({ truncateValues: z.enum(['true', 'false']).default('true') });

const sortable = [
  'variableKey',
  'name',
  'value',
  'processInstanceKey',
  'scopeKey',
  'tenantId',
] as const;

const search = defineRoute({
  method: 'POST',
  path: '/v2/variables/search',
  name: 'searchVariables',
  permission: 'instances.read',
  summary: 'Find variables',
  tags: ['instances'],
  writes: false,
  query: truncation,
  body: searchBody(
    {
      variableKey: keyFilter,
      name: text,
      value: jsonValue,
      processInstanceKey: keyFilter,
      scopeKey: keyFilter,
      tenantId: tenant,
    },
    sortable,
  ),
  returns: searchResult(listed),
  example: { as: 'owner', body: { filter: { name: 'unit' } } },
  run: async ({ tx, principal: { tenant: own }, query, body }) =>
    presentAll(await searchVariables(tx, own, body), query, own),
});

const searchOfTask = defineRoute({
  method: 'POST',
  path: '/v2/user-tasks/{userTaskKey}/variables/search',
  name: 'searchUserTaskVariables',
  permission: 'tasks.read',
  summary: 'Find the variables that a task can see',
  description: 'Its own, and those of its process.',
  tags: ['tasks'],
  writes: false,
  params: keyParameter('userTaskKey'),
  query: truncation,
  body: searchBody({ name: text }, sortable),
  returns: searchResult(listed),
  failures: ['not_found'],
  example: { as: 'caseworker', params: { userTaskKey: '2251799813685249' }, body: {} },
  async run({ tx, principal, params, query, body }) {
    const { id, instanceId } = await readTask(tx, principal, params.userTaskKey);
    const itsOwn: Condition = { field: 'scopeKey', operator: 'in', value: [id, instanceId] };
    const asked = { ...body, conditions: [...body.conditions, itsOwn] };
    return presentAll(await searchVariables(tx, principal.tenant, asked), query, principal.tenant);
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

function presentAll(
  found: Found<VariableRow>,
  { truncateValues }: z.output<typeof truncation>,
  own: string,
) {
  return presentFound(found, (row) => {
    const whole = present(row, own);
    const isTruncated = truncateValues === 'true' && whole.value.length > LONGEST;
    return { ...whole, isTruncated, ...(isTruncated && { value: whole.value.slice(0, LONGEST) }) };
  });
}

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
export const variableRoutes = [search, searchOfTask, get];
