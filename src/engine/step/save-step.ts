import type { Tx } from '../../db/tx.js';
import { WAKE_CHANNEL } from '../../jobs/worker.js';
import { ConflictError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Changes } from './changes.js';

/** Everything a step writes. */
export interface SavedStep {
  tenant: string;
  instanceId: Id;
  definitionId: Id;
  processId: string;
  rootId: Id;
  status: 'active' | 'completed' | 'canceled';
  /** The revision and stamp found, which the row must still carry. */
  stamp: Id;
  nextRevision: number;
  nextStamp: Id;
  variables: JsonObject;
  state: Buffer | null;
  now: Date;
  actor: string;
  command: JsonObject;
  changes: Changes;
}

/**
 * Saves a step in one statement and one round trip: state, tasks, timers, jobs, subscriptions,
 * children, incidents and the log stand or fall together. Throws ConflictError `instance_moved` when
 * the row is no longer the one that was loaded.
 */
export async function saveStep(tx: Tx, step: SavedStep): Promise<void> {
  const { changes } = step;
  const [saved] = await tx.query<{ saved: number }>(
    SAVE,
    [
      step.tenant,
      step.instanceId,
      step.stamp,
      step.status,
      step.nextRevision,
      step.nextStamp,
      step.variables,
      step.state,
      step.now,
      step.actor,
      step.command,
      JSON.stringify(changes.log),
      JSON.stringify(changes.tasks),
      JSON.stringify(changes.endedTasks),
      JSON.stringify(changes.jobs),
      changes.endedJobs,
      JSON.stringify(changes.subscriptions),
      changes.endedSubscriptions,
      JSON.stringify(changes.incidents),
      JSON.stringify(changes.endedIncidents),
      JSON.stringify(changes.children),
      step.definitionId,
      step.processId,
      step.rootId,
      changes.jobs.some((job) => new Date(job.available_at) <= step.now),
    ],
    { name: 'save-step' },
  );
  if (saved?.saved !== 1) {
    throw new ConflictError('instance_moved', 'The instance was moved by somebody else meanwhile.');
  }
}

const SAVE = `WITH saved AS (
  UPDATE process_instance SET status = $4, revision = $5, stamp = $6, variables = $7, state = $8,
    ended_at = CASE WHEN $4 = 'active' THEN NULL ELSE $9::timestamptz END
  WHERE tenant_id = $1 AND id = $2 AND stamp = $3 RETURNING 1),
new_tasks AS (
  INSERT INTO user_task (tenant_id, id, instance_id, execution_id, element_id, name, definition_id,
    process_id, state, assignee, candidate_groups, candidate_users, form_id, priority, due_at,
    follow_up_at, variables, created_at)
  SELECT $1, t.id, $2, t.execution_id, t.element_id, t.name, $22, $23, 'created', t.assignee,
    t.candidate_groups, t.candidate_users, t.form_id, t.priority, t.due_at, t.follow_up_at,
    t.variables, $9
  FROM jsonb_to_recordset($13::jsonb) AS t(id bigint, execution_id text, element_id text, name text,
    assignee text, candidate_groups text[], candidate_users text[], form_id text, priority int,
    due_at timestamptz, follow_up_at timestamptz, variables jsonb)),
ended_tasks AS (
  UPDATE user_task t SET state = e.state, ended_at = $9
  FROM jsonb_to_recordset($14::jsonb) AS e(id bigint, state text)
  WHERE t.tenant_id = $1 AND t.id = e.id),
new_jobs AS (
  INSERT INTO job (tenant_id, id, instance_id, execution_id, element_id, kind, type, payload,
    available_at, retries, created_at)
  SELECT $1, j.id, j.instance_id, j.execution_id, j.element_id, j.kind, j.type, j.payload,
    j.available_at, j.retries, $9
  FROM jsonb_to_recordset($15::jsonb) AS j(id bigint, instance_id bigint, execution_id text,
    element_id text, kind text, type text, payload jsonb, available_at timestamptz, retries int)),
ended_jobs AS (DELETE FROM job WHERE tenant_id = $1 AND id = ANY($16::bigint[])),
new_subscriptions AS (
  INSERT INTO message_subscription (tenant_id, id, kind, instance_id, execution_id, element_id,
    process_id, name, correlation_key, created_at)
  SELECT $1, s.id, s.kind, $2, s.execution_id, s.element_id, $23, s.name, s.correlation_key, $9
  FROM jsonb_to_recordset($17::jsonb) AS s(id bigint, kind text, execution_id text, element_id text, name text,
    correlation_key text)),
ended_subscriptions AS (
  DELETE FROM message_subscription WHERE tenant_id = $1 AND id = ANY($18::bigint[])),
new_incidents AS (
  INSERT INTO incident (tenant_id, id, instance_id, execution_id, element_id, kind, message, job_id,
    created_at)
  SELECT $1, n.id, $2, n.execution_id, n.element_id, n.kind, n.message, n.job_id, $9
  FROM jsonb_to_recordset($19::jsonb) AS n(id bigint, execution_id text, element_id text, kind text,
    message text, job_id bigint)),
ended_incidents AS (
  UPDATE incident i SET resolved_at = $9, resolved_by = $10,
    resolution = coalesce(e.resolution, 'canceled'), reason = e.reason
  FROM (SELECT o.id, e.resolution, e.reason FROM incident o
    LEFT JOIN jsonb_to_recordset($20::jsonb) AS e(id bigint, resolution text, reason text) ON e.id = o.id
    WHERE o.tenant_id = $1 AND o.instance_id = $2 AND o.resolved_at IS NULL
      AND (e.id IS NOT NULL OR o.job_id = ANY($16::bigint[]) OR $4 <> 'active')) e
  WHERE i.tenant_id = $1 AND i.id = e.id),
new_children AS (
  INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status, revision,
    stamp, variables, parent_id, parent_execution_id, parent_element_id, root_id, started_by, started_at)
  SELECT $1, c.id, d.id, d.process_id, d.version, 'created', 0, c.id, c.variables, $2,
    c.execution_id, c.element_id, $24, $10, $9
  FROM jsonb_to_recordset($21::jsonb) AS c(id bigint, definition_id bigint, execution_id text,
    element_id text, variables jsonb)
  JOIN process_definition d ON d.tenant_id = $1 AND d.id = c.definition_id),
logged AS (
  INSERT INTO step_log (tenant_id, instance_id, revision, at, actor, command, elements)
  VALUES ($1, $2, $5, $9, $10, $11, $12))
SELECT count(*)::int AS saved, CASE WHEN $25 THEN pg_notify('${WAKE_CHANNEL}', '')::text END FROM saved`;
