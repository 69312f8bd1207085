import { groupsOf, loginsOf } from '../access/principal.js';
import type { Principal } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import { findByKey, search } from '../engine/read/search.js';
import type { Found, Restriction, Search, SearchTable } from '../engine/read/search.js';
import type { Id } from '../kernel/ids.js';

/** A task as engine clients see it, open or done. */
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
    LEFT JOIN process_instance p ON p.tenant_id = t.tenant_id AND p.id = t.instance_id
    LEFT JOIN inquiry i ON i.tenant_id = p.tenant_id AND i.instance_id = p.root_id
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
    processInstanceVariables: { type: 'variables', sql: 'p.variables' },
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

/** Tasks that `principal` may read, in whatever state. @throws InvalidError 'cursor_invalid' */
export function searchTasks(
  tx: Tx,
  principal: Principal,
  asked: Search,
): Promise<Found<UserTaskRow>> {
  return search(tx, TABLE, principal.tenant, asked, readableBy(principal));
}

/** A task, if `principal` may read it. */
export function findTask(tx: Tx, principal: Principal, id: Id): Promise<UserTaskRow | undefined> {
  return findByKey(tx, TABLE, principal.tenant, id, readableBy(principal));
}

/** The rule `tasks.read` of the policy, and one's own, as a list can ask it. */
function readableBy(principal: Principal): Restriction {
  return (sql) => {
    if (principal.roles.includes('admin')) return 'true';
    const me = sql.parameter([...loginsOf(principal)]);
    const groups = sql.parameter([...groupsOf(principal)]);
    const units = sql.parameter([...principal.units]);
    return `(t.assignee = ANY(${me}::text[]) OR t.candidate_users && ${me}::text[]
      OR t.candidate_groups && ${groups}::text[] OR i.unit_code = ANY(${units}::text[])
      OR (cardinality(t.candidate_groups) = 0 AND cardinality(t.candidate_users) = 0))`;
  };
}
