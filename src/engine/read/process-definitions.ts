import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import { findByKey, search } from './search.js';
import type { Found, Search, SearchTable } from './search.js';

export interface ProcessDefinitionRow {
  id: Id;
  processId: string;
  version: number;
  name: string | null;
  resourceName: string;
}

const TABLE: SearchTable = {
  from: 'process_definition d WHERE d.tenant_id = $1',
  columns: `d.id, d.process_id AS "processId", d.version, d.name, d.resource_name AS "resourceName"`,
  key: 'processDefinitionKey',
  fields: {
    processDefinitionKey: { type: 'key', sql: 'd.id' },
    processDefinitionId: { type: 'text', sql: 'd.process_id' },
    version: { type: 'integer', sql: 'd.version' },
    name: { type: 'text', sql: 'd.name' },
    resourceName: { type: 'text', sql: 'd.resource_name' },
    tenantId: { type: 'text', sql: 'd.tenant_id' },
    isLatestVersion: {
      type: 'boolean',
      sql: `(d.version = (SELECT max(n.version) FROM process_definition n
        WHERE n.tenant_id = d.tenant_id AND n.process_id = d.process_id))`,
    },
  },
};

export function searchProcessDefinitions(
  tx: Tx,
  tenant: string,
  asked: Search,
): Promise<Found<ProcessDefinitionRow>> {
  return search(tx, TABLE, tenant, asked);
}

export function findProcessDefinition(
  tx: Tx,
  tenant: string,
  id: Id,
): Promise<ProcessDefinitionRow | undefined> {
  return findByKey(tx, TABLE, tenant, id);
}

/** The file a version was deployed from, as it was. */
export async function readProcessXml(tx: Tx, tenant: string, id: Id): Promise<string | undefined> {
  const [row] = await tx.query<{ xml: string }>(
    'SELECT xml FROM process_definition WHERE tenant_id = $1 AND id = $2',
    [tenant, id],
  );
  return row?.xml;
}
