import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import type { IncidentKind } from '../step/changes.js';
import { findByKey, search } from './search.js';
import type { Found, Search, SearchTable } from './search.js';

export interface IncidentRow {
  id: Id;
  instanceId: Id;
  definitionId: Id;
  processId: string;
  elementId: string | null;
  kind: IncidentKind;
  message: string;
  jobId: Id | null;
  createdAt: Date;
  resolvedAt: Date | null;
}

const TABLE: SearchTable = {
  from: `incident n JOIN process_instance i ON i.tenant_id = n.tenant_id AND i.id = n.instance_id
    WHERE n.tenant_id = $1`,
  columns: `n.id, n.instance_id AS "instanceId", i.definition_id AS "definitionId",
    i.process_id AS "processId", n.element_id AS "elementId", n.kind, n.message,
    n.job_id AS "jobId", n.created_at AS "createdAt", n.resolved_at AS "resolvedAt"`,
  key: 'incidentKey',
  fields: {
    incidentKey: { type: 'key', sql: 'n.id' },
    processInstanceKey: { type: 'key', sql: 'n.instance_id' },
    processDefinitionKey: { type: 'key', sql: 'i.definition_id' },
    processDefinitionId: { type: 'text', sql: 'i.process_id' },
    elementId: { type: 'text', sql: 'n.element_id' },
    jobKey: { type: 'key', sql: 'n.job_id' },
    errorMessage: { type: 'text', sql: 'n.message' },
    creationTime: { type: 'time', sql: 'n.created_at' },
    tenantId: { type: 'text', sql: 'n.tenant_id' },
    kind: { type: 'text', sql: 'n.kind' },
    state: {
      type: 'choice',
      sql: '(n.resolved_at IS NULL)',
      choices: { ACTIVE: 'n.resolved_at IS NULL', RESOLVED: 'n.resolved_at IS NOT NULL' },
    },
  },
};

export function searchIncidents(
  tx: Tx,
  tenant: string,
  asked: Search,
): Promise<Found<IncidentRow>> {
  return search(tx, TABLE, tenant, asked);
}

export function findIncident(tx: Tx, tenant: string, id: Id): Promise<IncidentRow | undefined> {
  return findByKey(tx, TABLE, tenant, id);
}
