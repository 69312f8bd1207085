import type { Tx } from '../db/tx.js';
import type { ServicePackage } from './package.js';

/** A service as the municipality offers it now. */
export interface Service extends ServicePackage {
  /** The process that works on new cases. */
  activeProcess: string;
  /** Since when it is offered no more; its open cases go on. */
  retiredAt?: Date | null;
}

interface ServiceRow {
  package: ServicePackage;
  activeProcess: string;
  retiredAt: Date | null;
}

const SELECT =
  'SELECT package, active_process AS "activeProcess", retired_at AS "retiredAt" FROM service';

/** Every service, by code. */
export async function readServices(tx: Tx, tenant: string): Promise<Service[]> {
  const rows = await tx.query<ServiceRow>(`${SELECT} WHERE tenant_id = $1 ORDER BY code`, [tenant]);
  return rows.map(toService);
}

/** Every service that may be chosen for something new. */
export async function readOffered(tx: Tx, tenant: string): Promise<Service[]> {
  return (await readServices(tx, tenant)).filter(({ retiredAt }) => !retiredAt);
}

/** The service of that code, also when it is offered no more: its open cases go on. */
export async function findService(
  tx: Tx,
  tenant: string,
  code: string,
): Promise<Service | undefined> {
  const [row] = await tx.query<ServiceRow>(`${SELECT} WHERE tenant_id = $1 AND code = $2`, [
    tenant,
    code,
  ]);
  return row && toService(row);
}

/** Writes a service as its package has it; its active process becomes the package's. */
export async function saveService(
  tx: Tx,
  tenant: string,
  service: { folder: string; package: ServicePackage; now: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO service (tenant_id, code, folder, package, loaded, active_process, updated_at)
     VALUES ($1, $2, $3, $4, $4, $5, $6)
     ON CONFLICT (tenant_id, code) DO UPDATE SET folder = excluded.folder,
       package = excluded.package, loaded = excluded.loaded, active_process = excluded.active_process,
       updated_at = excluded.updated_at`,
    [
      tenant,
      service.package.code,
      service.folder,
      service.package,
      service.package.process,
      service.now,
    ],
  );
}

function toService(row: ServiceRow): Service {
  const { activeProcess, retiredAt } = row;
  return { ...row.package, activeProcess, ...(retiredAt && { retiredAt }) };
}
