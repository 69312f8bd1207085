import type { Tx } from '../db/tx.js';
import { backOffMs } from '../jobs/back-off.js';
import { returnJob } from '../jobs/due-jobs.js';
import { ConflictError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { AdvanceContext } from './advance.js';
import type { IncidentKind } from './step/changes.js';

/** A service task's work in the hands of an external worker. */
export interface ActivatedJob {
  id: Id;
  type: string;
  instanceId: Id;
  definitionId: Id;
  processId: string;
  version: number;
  elementId: string;
  executionId: string;
  headers: JsonObject;
  worker: string;
  retries: number;
  deadline: Date;
  variables: JsonObject;
}

export interface ActivateRequest {
  type: string;
  worker: string;
  maxJobs: number;
  timeoutMs: number;
}

/** Leases due jobs of a type to a worker; each falls due again when its time is up. */
export async function activateJobs(
  { clock }: AdvanceContext,
  tx: Tx,
  tenant: string,
  { type, worker, maxJobs, timeoutMs }: ActivateRequest,
): Promise<ActivatedJob[]> {
  const now = clock();
  return tx.query<ActivatedJob>(
    `WITH due AS (
       SELECT id FROM job WHERE tenant_id = $1 AND kind = 'external' AND type = $2 AND retries > 0
         AND available_at <= $3 ORDER BY available_at LIMIT $4 FOR UPDATE SKIP LOCKED),
     leased AS (
       UPDATE job j SET owner = $5, attempts = attempts + 1, available_at = $6
       FROM due WHERE j.tenant_id = $1 AND j.id = due.id RETURNING j.*)
     SELECT l.id, l.type, l.instance_id AS "instanceId", i.definition_id AS "definitionId",
       i.process_id AS "processId", i.version, l.element_id AS "elementId",
       l.execution_id AS "executionId", l.payload->'headers' AS headers, l.owner AS worker, l.retries,
       l.available_at AS deadline, i.variables || coalesce(l.payload->'locals', '{}') AS variables
     FROM leased l JOIN process_instance i ON i.tenant_id = $1 AND i.id = l.instance_id ORDER BY l.id`,
    [tenant, type, now, maxJobs, worker, new Date(now.getTime() + timeoutMs)],
  );
}

export interface FailRequest {
  jobId: Id;
  /** How many attempts are left; 0 makes it an incident. */
  retries: number;
  errorMessage: string;
  retryBackOffMs?: number;
  by: string;
}

/** Gives a job back. Throws NotFoundError `job_not_found`. */
export async function failJob(
  context: AdvanceContext,
  tx: Tx,
  tenant: string,
  request: FailRequest,
): Promise<void> {
  const job = await findJob(tx, tenant, request.jobId);
  if (job.retries === 0) throw new ConflictError('job_has_incident', 'The job has an incident.');
  const now = context.clock();
  const pauseMs = request.retryBackOffMs ?? 0;
  await returnJob(
    tx,
    { tenant, id: request.jobId },
    {
      retries: Math.max(0, request.retries),
      availableAt: new Date(now.getTime() + pauseMs),
      error: request.errorMessage,
    },
  );
  if (request.retries <= 0) await raiseJobIncident(context, tx, tenant, job, request.errorMessage);
}

export interface FailedJob {
  id: Id;
  instanceId: Id | null;
  executionId: string | null;
  elementId: string | null;
}

/** After the last retry a job waits for a person. */
export async function raiseJobIncident(
  { ports, clock }: AdvanceContext,
  tx: Tx,
  tenant: string,
  job: FailedJob,
  message: string,
  kind: IncidentKind = 'job_no_retries',
): Promise<void> {
  if (job.instanceId === null) return;
  await tx.query(
    `INSERT INTO incident (tenant_id, id, instance_id, execution_id, element_id, kind, message, job_id,
       created_at) VALUES ($1, $2, $3, $4, $5, $9, $6, $7, $8)`,
    [
      tenant,
      ports.newId(),
      job.instanceId,
      job.executionId,
      job.elementId,
      message.slice(0, 2000),
      job.id,
      clock(),
      kind,
    ],
  );
}

/** What the next attempt of a failed job looks like: one retry less, later each time. */
export function afterFailure(
  job: { retries: number; attempts: number },
  now: Date,
  error: string,
): { retries: number; availableAt: Date; error: string } {
  const availableAt = new Date(now.getTime() + backOffMs(job.attempts));
  return { retries: job.retries - 1, availableAt, error };
}

/** Changes a job's retries or lease. Throws NotFoundError `job_not_found`. */
export async function updateJob(
  { clock }: AdvanceContext,
  tx: Tx,
  tenant: string,
  change: { jobId: Id; retries?: number; timeoutMs?: number },
): Promise<void> {
  await findJob(tx, tenant, change.jobId);
  const { retries, timeoutMs } = change;
  const until = timeoutMs === undefined ? null : new Date(clock().getTime() + timeoutMs);
  await tx.query(
    `UPDATE job SET retries = coalesce($3, retries), available_at = coalesce($4, available_at)
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, change.jobId, retries ?? null, until],
  );
}

async function findJob(tx: Tx, tenant: string, id: Id): Promise<FailedJob & { retries: number }> {
  const [job] = await tx.query<FailedJob & { retries: number }>(
    `SELECT id, instance_id AS "instanceId", execution_id AS "executionId",
       element_id AS "elementId", retries FROM job
     WHERE tenant_id = $1 AND id = $2 AND kind IN ('handler', 'external') FOR UPDATE`,
    [tenant, id],
  );
  if (!job) throw new NotFoundError('job_not_found', `There is no job ${id}.`);
  return job;
}
