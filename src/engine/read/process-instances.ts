import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import { findByKey, search } from './search.js';
import type { Found, Search, SearchTable } from './search.js';

export interface ProcessInstanceRow {
  id: Id;
  definitionId: Id;
  processId: string;
  processName: string | null;
  version: number;
  status: 'created' | 'active' | 'completed' | 'canceled';
  startedAt: Date;
  endedAt: Date | null;
  parentId: Id | null;
  hasIncident: boolean;
}

const HAS_INCIDENT = `EXISTS (SELECT 1 FROM incident n WHERE n.tenant_id = i.tenant_id
  AND n.instance_id = i.id AND n.resolved_at IS NULL)`;

const TABLE: SearchTable = {
  from: `process_instance i
    LEFT JOIN process_definition d ON d.tenant_id = i.tenant_id AND d.id = i.definition_id
    WHERE i.tenant_id = $1`,
  columns: `i.id, i.definition_id AS "definitionId", i.process_id AS "processId",
    d.name AS "processName", i.version, i.status, i.started_at AS "startedAt",
    i.ended_at AS "endedAt", i.parent_id AS "parentId", ${HAS_INCIDENT} AS "hasIncident"`,
  key: 'processInstanceKey',
  fields: {
    processInstanceKey: { type: 'key', sql: 'i.id' },
    processDefinitionKey: { type: 'key', sql: 'i.definition_id' },
    processDefinitionId: { type: 'text', sql: 'i.process_id' },
    processDefinitionName: { type: 'text', sql: 'd.name' },
    processDefinitionVersion: { type: 'integer', sql: 'i.version' },
    parentProcessInstanceKey: { type: 'key', sql: 'i.parent_id' },
    startDate: { type: 'time', sql: 'i.started_at' },
    endDate: { type: 'time', sql: 'i.ended_at' },
    tenantId: { type: 'text', sql: 'i.tenant_id' },
    hasIncident: { type: 'boolean', sql: HAS_INCIDENT },
    variables: { type: 'variables', sql: 'i.variables' },
    state: {
      type: 'choice',
      sql: 'i.status',
      choices: {
        ACTIVE: `i.status IN ('created', 'active')`,
        COMPLETED: `i.status = 'completed'`,
        TERMINATED: `i.status = 'canceled'`,
      },
    },
  },
};

export function searchProcessInstances(
  tx: Tx,
  tenant: string,
  asked: Search,
): Promise<Found<ProcessInstanceRow>> {
  return search(tx, TABLE, tenant, asked);
}

export function findProcessInstance(
  tx: Tx,
  tenant: string,
  id: Id,
): Promise<ProcessInstanceRow | undefined> {
  return findByKey(tx, TABLE, tenant, id);
}
