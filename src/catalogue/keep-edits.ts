import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../db/tx.js';
import type { ServicePackage } from './package.js';

interface Row {
  package: ServicePackage;
  loaded: ServicePackage | null;
  version: number;
}

/**
 * Brings a service up to its changed folder, but for the fields that somebody has edited since the
 * folder was loaded last. Resolves to those, or to undefined when the service has never been edited:
 * then the folder may simply replace it.
 */
export async function keepEdits(
  tx: Tx,
  tenant: string,
  { folder, service, by, now }: { folder: string; service: ServicePackage; by: string; now: Date },
): Promise<string[] | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT package, loaded, version FROM service WHERE tenant_id = $1 AND code = $2 FOR UPDATE`,
    [tenant, service.code],
  );
  if (!row?.loaded || row.version === 1) return undefined;
  const fields = changedFields(row.loaded, row.package);
  const edited = fields.map((field) => [field, row.package[field]] as const);
  const next = { ...service, ...Object.fromEntries(edited) };
  const version = row.version + 1;
  await tx.query(
    `UPDATE service SET folder = $3, package = $4, loaded = $5, active_process = $6, version = $7,
       updated_at = $8 WHERE tenant_id = $1 AND code = $2`,
    [tenant, service.code, folder, next, service, next.process, version, now],
  );
  await tx.query(
    `INSERT INTO service_history (tenant_id, code, version, package, changed_at, changed_by, reason)
     VALUES ($1, $2, $3, $4, $5, $6, 'its folder changed')`,
    [tenant, service.code, version, next, now, by],
  );
  return fields;
}

/** The fields in which two packages differ. */
export function changedFields(
  before: ServicePackage,
  after: ServicePackage,
): (keyof ServicePackage)[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<
    keyof ServicePackage
  >;
  return [...keys].filter((key) => !isDeepStrictEqual(before[key], after[key]));
}
