import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import { findByKey, search } from './search.js';
import type { Found, Search, SearchTable } from './search.js';

export interface UserTaskRow {
  id: Id;
  instanceId: Id;
  definitionId: Id;
  processId: string;
  processName: string | null;
  version: number;
  elementId: string;
  name: string | null;
  state: 'created' | 'completed' | 'canceled';
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  /** The newest version of the form it names; null when it names none, or one that is not there. */
  formKey: Id | null;
  priority: number;
  createdAt: Date;
  endedAt: Date | null;
  dueAt: Date | null;
  followUpAt: Date | null;
}

const TABLE: SearchTable = {
  from: `user_task t
    LEFT JOIN process_definition d ON d.tenant_id = t.tenant_id AND d.id = t.definition_id
    LEFT JOIN process_instance i ON i.tenant_id = t.tenant_id AND i.id = t.instance_id
    WHERE t.tenant_id = $1`,
  columns: `t.id, t.instance_id AS "instanceId", t.definition_id AS "definitionId",
    t.process_id AS "processId", d.name AS "processName", d.version, t.element_id AS "elementId",
    t.name, t.state, t.assignee, t.candidate_groups AS "candidateGroups",
    t.candidate_users AS "candidateUsers", t.priority, t.created_at AS "createdAt",
    t.ended_at AS "endedAt", t.due_at AS "dueAt", t.follow_up_at AS "followUpAt",
    (SELECT f.id FROM form_definition f WHERE f.tenant_id = t.tenant_id AND f.form_id = t.form_id
      ORDER BY f.version DESC LIMIT 1) AS "formKey"`,
  key: 'userTaskKey',
  fields: {
    userTaskKey: { type: 'key', sql: 't.id' },
    processInstanceKey: { type: 'key', sql: 't.instance_id' },
    processDefinitionKey: { type: 'key', sql: 't.definition_id' },
    processDefinitionId: { type: 'text', sql: 't.process_id' },
    elementId: { type: 'text', sql: 't.element_id' },
    // Of one element's execution there is one task, so the task's key is the execution's too.
    elementInstanceKey: { type: 'key', sql: 't.id' },
    name: { type: 'text', sql: 't.name' },
    assignee: { type: 'text', sql: 't.assignee' },
    candidateGroup: { type: 'texts', sql: 't.candidate_groups' },
    candidateUser: { type: 'texts', sql: 't.candidate_users' },
    priority: { type: 'integer', sql: 't.priority' },
    creationDate: { type: 'time', sql: 't.created_at' },
    completionDate: { type: 'time', sql: 't.ended_at' },
    dueDate: { type: 'time', sql: 't.due_at' },
    followUpDate: { type: 'time', sql: 't.follow_up_at' },
    tenantId: { type: 'text', sql: 't.tenant_id' },
    processInstanceVariables: { type: 'variables', sql: 'i.variables' },
    localVariables: { type: 'variables', sql: 't.variables' },
    state: {
      type: 'choice',
      sql: 't.state',
      choices: {
        CREATED: `t.state = 'created'`,
        COMPLETED: `t.state = 'completed'`,
        CANCELED: `t.state = 'canceled'`,
      },
    },
  },
};

export function searchUserTasks(
  tx: Tx,
  tenant: string,
  asked: Search,
): Promise<Found<UserTaskRow>> {
  return search(tx, TABLE, tenant, asked);
}

export function findUserTask(tx: Tx, tenant: string, id: Id): Promise<UserTaskRow | undefined> {
  return findByKey(tx, TABLE, tenant, id);
}
