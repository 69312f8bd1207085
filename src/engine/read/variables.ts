import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonValue } from '../../kernel/json.js';
import { findByKey, search } from './search.js';
import type { Found, Search, SearchTable } from './search.js';

export interface VariableRow {
  id: Id;
  name: string;
  value: JsonValue;
  instanceId: Id;
  /** The instance, or the task whose own variable it is. */
  scopeId: Id;
}

/** Variables have no rows of their own: where one lies and what it is called make its key. */
const KEY = '(hashtextextended(v.name, v.scope_id) & 9223372036854775807)';

const TABLE: SearchTable = {
  from: `(
      SELECT i.tenant_id, i.id AS instance_id, i.id AS scope_id, e.key AS name, e.value
      FROM process_instance i, jsonb_each(i.variables) e
      UNION ALL
      SELECT t.tenant_id, t.instance_id, t.id, e.key, e.value
      FROM user_task t, jsonb_each(t.variables) e
    ) v WHERE v.tenant_id = $1`,
  columns: `${KEY} AS id, v.name, v.value, v.instance_id AS "instanceId", v.scope_id AS "scopeId"`,
  key: 'variableKey',
  fields: {
    variableKey: { type: 'key', sql: KEY },
    name: { type: 'text', sql: 'v.name' },
    value: { type: 'json', sql: 'v.value' },
    processInstanceKey: { type: 'key', sql: 'v.instance_id' },
    scopeKey: { type: 'key', sql: 'v.scope_id' },
    tenantId: { type: 'text', sql: 'v.tenant_id' },
  },
};

export function searchVariables(
  tx: Tx,
  tenant: string,
  asked: Search,
): Promise<Found<VariableRow>> {
  return search(tx, TABLE, tenant, asked);
}

export function findVariable(tx: Tx, tenant: string, id: Id): Promise<VariableRow | undefined> {
  return findByKey(tx, TABLE, tenant, id);
}
