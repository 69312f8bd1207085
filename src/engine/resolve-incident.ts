import type { Tx } from '../db/tx.js';
import { ConflictError, InvalidError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import { advanceLocked } from './advance.js';
import type { AdvanceContext, Outcome } from './advance.js';
import type { Command } from './step/commands.js';
import { lockInstance, requireActive } from './step/load-instance.js';
import type { LockedInstance } from './step/load-instance.js';

interface OpenIncident {
  kind: string;
  execution_id: string | null;
  job_id: Id | null;
  job_kind: 'timer' | 'handler' | 'external' | 'command' | null;
}

/** How often a resolved job is tried again before it is an incident once more. */
const RETRIES_AFTER_INCIDENT = 3;

/**
 * Tries again what failed. Throws NotFoundError `incident_not_found` or ConflictError
 * `incident_resolved`.
 */
export async function resolveIncident(
  context: AdvanceContext,
  tx: Tx,
  tenant: string,
  { incidentId, by }: { incidentId: Id; by: string },
): Promise<Outcome | undefined> {
  const { locked, incident } = await lockIncident(tx, tenant, incidentId);
  if (incident.job_id !== null) {
    await tx.query(
      'UPDATE job SET retries = $3, available_at = $4, owner = NULL WHERE tenant_id = $1 AND id = $2',
      [tenant, incident.job_id, RETRIES_AFTER_INCIDENT, context.clock()],
    );
    await close(tx, tenant, { id: incidentId, resolution: 'retried', by, reason: null }, context);
    return undefined;
  }
  if (incident.kind === 'token_stuck') {
    throw new ConflictError('incident_needs_change', 'Only a new version or a cancel helps here.');
  }
  if (incident.execution_id === null) {
    // The step was undone: whoever asked for it asks again.
    await close(tx, tenant, { id: incidentId, resolution: 'retried', by, reason: null }, context);
    return undefined;
  }
  const command = { kind: 'resolve-incident' as const, incidentId };
  return advanceLocked(context, tx, locked, { tenant, actor: by, command });
}

/**
 * Goes on without the work that failed, for a stated reason. Throws InvalidError `reason_missing`,
 * NotFoundError `incident_not_found`, ConflictError `incident_resolved`.
 */
export async function skipIncident(
  context: AdvanceContext,
  tx: Tx,
  tenant: string,
  request: { incidentId: Id; by: string; reason: string; variables?: JsonObject },
): Promise<Outcome> {
  const { incidentId, by, variables = {} } = request;
  const reason = request.reason.trim();
  if (!reason) throw new InvalidError('reason_missing', 'Say why the work is skipped.');
  const { locked, incident } = await lockIncident(tx, tenant, incidentId);
  const isUndone = incident.job_id === null && incident.execution_id === null;
  if (incident.job_kind === 'command' || isUndone) {
    throw new ConflictError('incident_not_skippable', 'This cannot be skipped, only retried.');
  }
  if (incident.job_id !== null) {
    await close(tx, tenant, { id: incidentId, resolution: 'skipped', by, reason }, context);
  }
  const command = skipping(incident, incidentId, reason, variables);
  return advanceLocked(context, tx, locked, { tenant, actor: by, command });
}

function skipping(
  incident: OpenIncident,
  incidentId: Id,
  reason: string,
  variables: JsonObject,
): Command {
  if (incident.job_id === null) return { kind: 'skip-incident', incidentId, reason, variables };
  return incident.job_kind === 'timer'
    ? { kind: 'timer-due', jobId: incident.job_id }
    : { kind: 'job-done', jobId: incident.job_id, variables };
}

async function lockIncident(
  tx: Tx,
  tenant: string,
  incidentId: Id,
): Promise<{ locked: LockedInstance; incident: OpenIncident }> {
  const locked = await lockInstance(tx, tenant, { incidentId });
  const [incident] = await tx.query<OpenIncident & { resolved_at: Date | null }>(
    `SELECT i.kind, i.execution_id, i.job_id, i.resolved_at, j.kind AS job_kind FROM incident i
       LEFT JOIN job j ON j.tenant_id = i.tenant_id AND j.id = i.job_id
     WHERE i.tenant_id = $1 AND i.id = $2`,
    [tenant, incidentId],
  );
  if (!locked || !incident) {
    throw new NotFoundError('incident_not_found', `There is no incident ${incidentId}.`);
  }
  if (incident.resolved_at) {
    throw new ConflictError('incident_resolved', 'The incident has been resolved.');
  }
  // A process that was to begin waits for its first step, whatever its status.
  if (incident.job_kind !== 'command') requireActive(locked);
  return { locked, incident };
}

async function close(
  tx: Tx,
  tenant: string,
  ended: { id: Id; resolution: 'retried' | 'skipped'; by: string; reason: string | null },
  { clock }: AdvanceContext,
): Promise<void> {
  await tx.query(
    `UPDATE incident SET resolved_at = $3, resolution = $4, resolved_by = $5, reason = $6
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, ended.id, clock(), ended.resolution, ended.by, ended.reason],
  );
}
