import type { SavedStep } from './saved-step.js';

/** One table's share of what a step writes, left out of the statement when it has nothing to write. */
export interface SavePart {
  name: string;
  needed: (step: SavedStep) => boolean;
  /** With `:name` for a value of the step. */
  sql: string;
}

/**
 * Rows that end are found by `id = ANY(…)`, not by a join with `jsonb_to_recordset`: for that the
 * server expects a hundred rows, and rather reads a whole table of some thousands.
 */
export const SAVE_PARTS: readonly SavePart[] = [
  {
    name: 'new_tasks',
    needed: ({ changes }) => changes.tasks.length > 0,
    sql: `INSERT INTO user_task (tenant_id, id, instance_id, execution_id, element_id, name,
        definition_id, process_id, state, assignee, candidate_groups, candidate_users, form_id,
        priority, due_at, follow_up_at, variables, created_at)
      SELECT :tenant, t.id, :instanceId, t.execution_id, t.element_id, t.name,
        :definitionId, :processId, 'created', t.assignee, t.candidate_groups, t.candidate_users,
        t.form_id, t.priority, t.due_at, t.follow_up_at, t.variables, :now
      FROM jsonb_to_recordset(:tasks::jsonb) AS t(id bigint, execution_id text, element_id text,
        name text, assignee text, candidate_groups text[], candidate_users text[], form_id text,
        priority int, due_at timestamptz, follow_up_at timestamptz, variables jsonb)`,
  },
  {
    name: 'ended_tasks',
    needed: ({ changes }) => changes.endedTasks.length > 0,
    sql: `UPDATE user_task SET ended_at = :now,
        state = CASE WHEN id = ANY(:canceledTasks::bigint[]) THEN 'canceled' ELSE 'completed' END
      WHERE tenant_id = :tenant AND id = ANY(:endedTasks::bigint[])`,
  },
  {
    name: 'new_jobs',
    needed: ({ changes }) => changes.jobs.length > 0,
    sql: `INSERT INTO job (tenant_id, id, instance_id, execution_id, element_id, kind, type,
        payload, available_at, retries, created_at)
      SELECT :tenant, j.id, j.instance_id, j.execution_id, j.element_id, j.kind, j.type,
        j.payload, j.available_at, j.retries, :now
      FROM jsonb_to_recordset(:jobs::jsonb) AS j(id bigint, instance_id bigint,
        execution_id text, element_id text, kind text, type text, payload jsonb,
        available_at timestamptz, retries int)`,
  },
  {
    name: 'ended_jobs',
    needed: ({ changes }) => changes.endedJobs.length > 0,
    sql: `DELETE FROM job WHERE tenant_id = :tenant AND id = ANY(:endedJobs::bigint[])`,
  },
  {
    name: 'new_subscriptions',
    needed: ({ changes }) => changes.subscriptions.length > 0,
    sql: `INSERT INTO message_subscription (tenant_id, id, kind, instance_id, execution_id,
        element_id, process_id, name, correlation_key, created_at)
      SELECT :tenant, s.id, s.kind, :instanceId, s.execution_id,
        s.element_id, :processId, s.name, s.correlation_key, :now
      FROM jsonb_to_recordset(:subscriptions::jsonb) AS s(id bigint, kind text,
        execution_id text, element_id text, name text, correlation_key text)`,
  },
  {
    name: 'ended_subscriptions',
    needed: ({ changes }) => changes.endedSubscriptions.length > 0,
    sql: `DELETE FROM message_subscription
      WHERE tenant_id = :tenant AND id = ANY(:endedSubscriptions::bigint[])`,
  },
  {
    name: 'new_incidents',
    needed: ({ changes }) => changes.incidents.length > 0,
    sql: `INSERT INTO incident (tenant_id, id, instance_id, execution_id, element_id, kind,
        message, job_id, created_at)
      SELECT :tenant, n.id, :instanceId, n.execution_id, n.element_id, n.kind,
        n.message, n.job_id, :now
      FROM jsonb_to_recordset(:incidents::jsonb) AS n(id bigint, execution_id text,
        element_id text, kind text, message text, job_id bigint)`,
  },
  {
    // Whatever ends a job or the instance ends their incidents, too.
    name: 'ended_incidents',
    needed: ({ status, changes }) =>
      status !== 'active' || changes.endedIncidents.length + changes.endedJobs.length > 0,
    sql: `UPDATE incident i SET resolved_at = :now, resolved_by = :actor,
        resolution = coalesce(e.resolution, 'canceled'), reason = e.reason
      FROM (SELECT o.id, e.resolution, e.reason FROM incident o
        LEFT JOIN jsonb_to_recordset(:endedIncidents::jsonb)
          AS e(id bigint, resolution text, reason text) ON e.id = o.id
        WHERE o.tenant_id = :tenant AND o.instance_id = :instanceId AND o.resolved_at IS NULL
          AND (e.id IS NOT NULL OR o.job_id = ANY(:endedJobs::bigint[]) OR :status <> 'active')) e
      WHERE i.tenant_id = :tenant AND i.id = e.id`,
  },
  {
    name: 'new_children',
    needed: ({ changes }) => changes.children.length > 0,
    sql: `INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
        revision, stamp, variables, parent_id, parent_execution_id, parent_element_id, root_id,
        started_by, started_at)
      SELECT :tenant, c.id, d.id, d.process_id, d.version, 'created',
        0, c.id, c.variables, :instanceId, c.execution_id, c.element_id, :rootId, :actor, :now
      FROM jsonb_to_recordset(:children::jsonb) AS c(id bigint, definition_id bigint,
        execution_id text, element_id text, variables jsonb)
      JOIN process_definition d ON d.tenant_id = :tenant AND d.id = c.definition_id`,
  },
];
