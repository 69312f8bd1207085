import { appendEvent } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import { ConflictError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Change } from './lifecycle.js';

/** The unit that takes over while a service is in crisis. */
export const CRISIS_UNIT = 'BER';

/** The process that leads a crisis from its first report to what was learned of it. */
export const CRISIS_PROCESS = 'crisis-mode';

/** What the crisis leader sends to end it by hand; correlated by the crisis's id. */
export const CRISIS_OFF = 'crisis.off';

/** A time in which a service could not keep its promises: everybody reported the same thing. */
export interface Crisis {
  id: Id;
  service: string;
  unit: string;
  startedAt: Date;
  startedBy: string;
  startedFor: 'threshold' | 'leader';
  /** How many had reported in the hour before it began. */
  reportsPerHour: number;
  /** Since when fewer report than the limit; null while it is not calm. */
  calmSince: Date | null;
  endedAt: Date | null;
  endedBy: string | null;
  endedFor: 'calm' | 'leader' | null;
  /** Person-free: which improvements were chosen, and by when. */
  evaluation: JsonObject | null;
  evaluatedAt: Date | null;
}

const COLUMNS = `id, service_code AS service, unit_code AS unit, started_at AS "startedAt",
  started_by AS "startedBy", started_for AS "startedFor", reports_per_hour AS "reportsPerHour",
  calm_since AS "calmSince", ended_at AS "endedAt", ended_by AS "endedBy", ended_for AS "endedFor",
  evaluation, evaluated_at AS "evaluatedAt"`;

/** The crisis that a service is in now, if it is in one. */
export async function findOpenCrisis(
  tx: Tx,
  tenant: string,
  service: string,
): Promise<Crisis | undefined> {
  const [crisis] = await tx.query<Crisis>(
    `SELECT ${COLUMNS} FROM crisis WHERE tenant_id = $1 AND service_code = $2
       AND ended_at IS NULL`,
    [tenant, service],
    { name: 'find-open-crisis' },
  );
  return crisis;
}

/** @throws NotFoundError 'crisis_not_found' */
export async function lockCrisis(tx: Tx, tenant: string, id: Id): Promise<Crisis> {
  const [crisis] = await tx.query<Crisis>(
    `SELECT ${COLUMNS} FROM crisis WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    [tenant, id],
  );
  if (crisis) return crisis;
  throw new NotFoundError('crisis_not_found', 'There is no crisis with this id.');
}

/** All of them, the newest first. */
export function readCrises(tx: Tx, tenant: string): Promise<Crisis[]> {
  return tx.query<Crisis>(
    `SELECT ${COLUMNS} FROM crisis WHERE tenant_id = $1 ORDER BY started_at DESC, id DESC LIMIT 100`,
    [tenant],
  );
}

/** Begins a crisis. Undefined when the service is in one already. */
export async function beginCrisis(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  begun: Pick<Crisis, 'service' | 'startedFor' | 'reportsPerHour'>,
): Promise<Id | undefined> {
  const { service, startedFor, reportsPerHour } = begun;
  const id = newId();
  const inserted = await tx.query(
    `INSERT INTO crisis (tenant_id, id, service_code, unit_code, started_at, started_by,
       started_for, reports_per_hour) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, service_code) WHERE ended_at IS NULL DO NOTHING RETURNING id`,
    [tenant, id, service, CRISIS_UNIT, now, by, startedFor, reportsPerHour],
  );
  if (inserted.length === 0) return undefined;
  const data = { service, startedFor, reportsPerHour };
  await appendCrisisEvent(tx, { tenant, by, now, newId }, id, 'crisis.begun', data);
  return id;
}

/** Notes since when it has been calm, or that it is not. */
export async function noteCalm(
  tx: Tx,
  tenant: string,
  id: Id,
  calmSince: Date | null,
): Promise<void> {
  await tx.query('UPDATE crisis SET calm_since = $3 WHERE tenant_id = $1 AND id = $2', [
    tenant,
    id,
    calmSince,
  ]);
}

/** Ends a crisis; one that has ended stays as it ended. @throws NotFoundError */
export async function finishCrisis(
  tx: Tx,
  change: Change,
  id: Id,
  endedFor: 'calm' | 'leader',
): Promise<Crisis> {
  const crisis = await lockCrisis(tx, change.tenant, id);
  if (crisis.endedAt) return crisis;
  const { tenant, by, now } = change;
  await tx.query(
    `UPDATE crisis SET ended_at = $3, ended_by = $4, ended_for = $5
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, id, now, by, endedFor],
  );
  await appendCrisisEvent(tx, change, id, 'crisis.ended', { service: crisis.service, endedFor });
  return { ...crisis, endedAt: now, endedBy: by, endedFor };
}

/**
 * Keeps what was learned of a crisis (F091).
 * @throws NotFoundError, ConflictError 'crisis_not_ended'
 */
export async function evaluateCrisis(
  tx: Tx,
  change: Change,
  id: Id,
  evaluation: JsonObject,
): Promise<void> {
  const crisis = await lockCrisis(tx, change.tenant, id);
  if (!crisis.endedAt) {
    throw new ConflictError('crisis_not_ended', 'A crisis is evaluated when it is over.');
  }
  await tx.query(
    `UPDATE crisis SET evaluation = $3, evaluated_at = $4 WHERE tenant_id = $1 AND id = $2`,
    [change.tenant, id, evaluation, change.now],
  );
  const data = { service: crisis.service, ...evaluation };
  await appendCrisisEvent(tx, change, id, 'crisis.evaluated', data);
}

/** How many reported a service between these times: a number, of nobody. */
export async function countReports(
  tx: Tx,
  tenant: string,
  service: string,
  { from, to }: { from: Date; to: Date },
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM inquiry WHERE tenant_id = $1 AND service_code = $2
       AND received_at > $3 AND received_at <= $4`,
    [tenant, service, from, to],
    { name: 'count-reports' },
  );
  return row?.count ?? 0;
}

function appendCrisisEvent(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  id: Id,
  kind: `crisis.${string}`,
  data: JsonObject,
): Promise<void> {
  return appendEvent(tx, tenant, {
    id: newId(),
    subjectType: 'crisis',
    subjectId: id,
    kind,
    actor: by,
    at: now,
    data,
  });
}
