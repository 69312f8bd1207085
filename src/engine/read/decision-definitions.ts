import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import { findByKey, search } from './search.js';
import type { Found, Search, SearchTable } from './search.js';

export interface DecisionDefinitionRow {
  id: Id;
  decisionId: string;
  version: number;
  name: string | null;
  requirementsId: string;
}

const TABLE: SearchTable = {
  from: 'decision_definition d WHERE d.tenant_id = $1',
  columns: `d.id, d.decision_id AS "decisionId", d.version, d.name,
    d.requirements_id AS "requirementsId"`,
  key: 'decisionDefinitionKey',
  fields: {
    decisionDefinitionKey: { type: 'key', sql: 'd.id' },
    decisionDefinitionId: { type: 'text', sql: 'd.decision_id' },
    decisionRequirementsId: { type: 'text', sql: 'd.requirements_id' },
    version: { type: 'integer', sql: 'd.version' },
    name: { type: 'text', sql: 'd.name' },
    tenantId: { type: 'text', sql: 'd.tenant_id' },
  },
};

export function searchDecisionDefinitions(
  tx: Tx,
  tenant: string,
  asked: Search,
): Promise<Found<DecisionDefinitionRow>> {
  return search(tx, TABLE, tenant, asked);
}

export function findDecisionDefinition(
  tx: Tx,
  tenant: string,
  id: Id,
): Promise<DecisionDefinitionRow | undefined> {
  return findByKey(tx, TABLE, tenant, id);
}

/** The file a decision was deployed from, as it was. */
export async function readDecisionXml(tx: Tx, tenant: string, id: Id): Promise<string | undefined> {
  const [row] = await tx.query<{ xml: string }>(
    'SELECT xml FROM decision_definition WHERE tenant_id = $1 AND id = $2',
    [tenant, id],
  );
  return row?.xml;
}
