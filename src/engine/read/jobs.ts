import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import { search } from './search.js';
import type { Found, Search, SearchTable } from './search.js';

/** A service task's work that is not done yet. */
export interface JobRow {
  id: Id;
  type: string;
  instanceId: Id;
  definitionId: Id;
  processId: string;
  elementId: string;
  headers: JsonObject;
  worker: string | null;
  retries: number;
  /** When it falls due again, if its worker has not answered by then. */
  leasedUntil: Date | null;
  lastError: string | null;
}

const TABLE: SearchTable = {
  from: `job j JOIN process_instance i ON i.tenant_id = j.tenant_id AND i.id = j.instance_id
    WHERE j.tenant_id = $1 AND j.kind IN ('handler', 'external')`,
  columns: `j.id, j.type, j.instance_id AS "instanceId", i.definition_id AS "definitionId",
    i.process_id AS "processId", j.element_id AS "elementId", j.payload->'headers' AS headers,
    j.owner AS worker, j.retries, j.last_error AS "lastError",
    CASE WHEN j.owner IS NOT NULL THEN j.available_at END AS "leasedUntil"`,
  key: 'jobKey',
  fields: {
    jobKey: { type: 'key', sql: 'j.id' },
    type: { type: 'text', sql: 'j.type' },
    processInstanceKey: { type: 'key', sql: 'j.instance_id' },
    processDefinitionKey: { type: 'key', sql: 'i.definition_id' },
    processDefinitionId: { type: 'text', sql: 'i.process_id' },
    elementId: { type: 'text', sql: 'j.element_id' },
    worker: { type: 'text', sql: 'j.owner' },
    retries: { type: 'integer', sql: 'j.retries' },
    errorMessage: { type: 'text', sql: 'j.last_error' },
    tenantId: { type: 'text', sql: 'j.tenant_id' },
    hasFailedWithRetriesLeft: {
      type: 'boolean',
      sql: '(j.last_error IS NOT NULL AND j.retries > 0)',
    },
    state: {
      type: 'choice',
      sql: '(j.last_error IS NULL)',
      choices: { CREATED: 'j.last_error IS NULL', FAILED: 'j.last_error IS NOT NULL' },
    },
  },
};

export function searchJobs(tx: Tx, tenant: string, asked: Search): Promise<Found<JobRow>> {
  return search(tx, TABLE, tenant, asked);
}
