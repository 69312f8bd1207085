import { appendEvent } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import { ConflictError, InvalidError, NotFoundError } from '../kernel/errors.js';
import type { OrganisationChange } from '../people/organisation-change.js';
import { findUnit } from '../people/units.js';
import type { ServicePackage } from './package.js';
import { packageSchema } from './package.js';

/** A service as its row has it. */
export interface ServiceRecord {
  code: string;
  folder: string;
  package: ServicePackage;
  /** What its folder said when it was loaded last; null when no folder did. */
  loaded: ServicePackage | null;
  version: number;
  retiredAt: Date | null;
  updatedAt: Date;
}

/** What a service was at one version, and why it became so. */
export interface ServiceVersion {
  version: number;
  package: ServicePackage;
  retiredAt: Date | null;
  changedAt: Date;
  changedBy: string;
  reason: string;
}

const COLUMNS = `code, folder, package, loaded, version, retired_at AS "retiredAt",
  updated_at AS "updatedAt"`;

/** @throws NotFoundError 'service_not_found' */
export async function getServiceRecord(
  tx: Tx,
  tenant: string,
  code: string,
): Promise<ServiceRecord> {
  return readRecord(tx, tenant, code, '');
}

/**
 * Changes a service, or retires it, when it is still at the version that was read.
 * @throws NotFoundError, ConflictError 'service_changed', InvalidError 'service_invalid'
 */
export async function changeService(
  tx: Tx,
  change: OrganisationChange,
  code: string,
  wanted: {
    version?: number | undefined;
    package?: ServicePackage;
    retiredAt?: Date | null;
    reason: string;
  },
): Promise<ServiceRecord> {
  const record = await readRecord(tx, change.tenant, code, 'FOR UPDATE');
  if (wanted.version !== undefined && wanted.version !== record.version) {
    throw new ConflictError('service_changed', 'Somebody has changed the service meanwhile.', {
      details: { version: record.version },
    });
  }
  const next = {
    ...record,
    package: await checked(tx, change, { ...(wanted.package ?? record.package), code }),
    retiredAt: wanted.retiredAt === undefined ? record.retiredAt : wanted.retiredAt,
    version: record.version + 1,
    updatedAt: change.now,
  };
  await keepFirst(tx, change.tenant, record);
  await tx.query(
    `UPDATE service SET package = $3, active_process = CASE WHEN package->>'process' = $4
       THEN active_process ELSE $4 END, version = $5, retired_at = $6, updated_at = $7
     WHERE tenant_id = $1 AND code = $2`,
    [
      change.tenant,
      code,
      next.package,
      next.package.process,
      next.version,
      next.retiredAt,
      next.updatedAt,
    ],
  );
  await writeHistory(tx, change, next, wanted.reason);
  return next;
}

/**
 * Adds a service that no folder has brought.
 * @throws ConflictError 'service_exists', InvalidError 'service_invalid'
 */
export async function createService(
  tx: Tx,
  change: OrganisationChange,
  draft: { folder: string; package: ServicePackage; reason: string },
): Promise<ServiceRecord> {
  const own = await checked(tx, change, draft.package);
  const inserted = await tx.query(
    `INSERT INTO service (tenant_id, code, folder, package, active_process, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING code`,
    [change.tenant, own.code, draft.folder, own, own.process, change.now],
  );
  if (inserted.length === 0) {
    throw new ConflictError('service_exists', `There is or was a service ${own.code}.`);
  }
  const record = await readRecord(tx, change.tenant, own.code, '');
  await writeHistory(tx, change, record, draft.reason);
  return record;
}

/** How a service came to be as it is, oldest first. */
export async function readServiceHistory(
  tx: Tx,
  tenant: string,
  code: string,
): Promise<ServiceVersion[]> {
  return tx.query<ServiceVersion>(
    `SELECT version, package, retired_at AS "retiredAt", changed_at AS "changedAt",
       changed_by AS "changedBy", reason
     FROM service_history WHERE tenant_id = $1 AND code = $2 ORDER BY version`,
    [tenant, code],
  );
}

async function readRecord(
  tx: Tx,
  tenant: string,
  code: string,
  lock: string,
): Promise<ServiceRecord> {
  const [record] = await tx.query<ServiceRecord>(
    `SELECT ${COLUMNS} FROM service WHERE tenant_id = $1 AND code = $2 ${lock}`,
    [tenant, code],
  );
  if (record) return record;
  throw new NotFoundError('service_not_found', `There is no service ${code}.`);
}

/** A service that was loaded before anybody changed it has no history yet. */
async function keepFirst(tx: Tx, tenant: string, record: ServiceRecord): Promise<void> {
  await tx.query(
    `INSERT INTO service_history (tenant_id, code, version, package, retired_at, changed_at,
       changed_by, reason) VALUES ($1, $2, $3, $4, $5, $6, 'saksflyt', 'loaded from its folder')
     ON CONFLICT DO NOTHING`,
    [tenant, record.code, record.version, record.package, record.retiredAt, record.updatedAt],
  );
}

async function writeHistory(
  tx: Tx,
  { tenant, by, now, newId }: OrganisationChange,
  record: ServiceRecord,
  reason: string,
): Promise<void> {
  const { code, version } = record;
  await tx.query(
    `INSERT INTO service_history (tenant_id, code, version, package, retired_at, changed_at,
       changed_by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenant, code, version, record.package, record.retiredAt, now, by, reason],
  );
  const event = { id: newId(), subjectType: 'service', subjectId: code, kind: 'service.changed' };
  await appendEvent(tx, tenant, { ...event, actor: by, at: now, data: { version } });
}

/** Its fields, its unit and its processes are there: nothing a citizen chooses leads to nowhere. */
async function checked(
  tx: Tx,
  { tenant, now }: OrganisationChange,
  given: ServicePackage,
): Promise<ServicePackage> {
  const parsed = packageSchema.safeParse(given);
  const reasons = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    path: path.join('.'),
    reason: message,
  }));
  if (parsed.success) {
    const { unit, process, intakeProcess, form } = parsed.data;
    if (!(await findUnit(tx, tenant, unit, now))) {
      reasons.push({ path: 'unit', reason: `there is no unit ${unit}` });
    }
    for (const [path, id] of Object.entries({ process, intakeProcess })) {
      if (id !== undefined && !(await isDeployed(tx, tenant, 'process', id))) {
        reasons.push({ path, reason: `there is no process ${id}` });
      }
    }
    if (form && !(await isDeployed(tx, tenant, 'form', form))) {
      reasons.push({ path: 'form', reason: `there is no form ${form}` });
    }
  }
  if (parsed.success && reasons.length === 0) return parsed.data;
  throw new InvalidError('service_invalid', 'The service is not as it should be.', {
    details: reasons,
  });
}

async function isDeployed(
  tx: Tx,
  tenant: string,
  kind: 'process' | 'form',
  id: string,
): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM ${kind}_definition WHERE tenant_id = $1 AND ${kind}_id = $2 LIMIT 1`,
    [tenant, id],
  );
  return rows.length > 0;
}
