import { createHash } from 'node:crypto';
import type { Tx } from '../db/tx.js';
import { keepEdits } from './keep-edits.js';
import { savePackageFiles } from './package-files.js';
import type { PackageFolder, PackageResource } from './read-packages.js';
import { saveService } from './services.js';

/** The engine's `deploy`, as far as it matters here. */
export type DeployResources = (
  tx: Tx,
  tenant: string,
  deployment: { resources: PackageResource[]; by: string },
) => Promise<unknown>;

interface LoadOptions {
  deploy: DeployResources;
  by: string;
  now: Date;
}

/** Which folders were new or changed, and have been deployed. */
export interface LoadedPackages {
  loaded: string[];
  unchanged: string[];
  /** What had been edited over the API, and was therefore not taken from the folder. */
  kept: { code: string; fields: string[] }[];
}

/**
 * Brings packages into the database and their models into the engine. A folder that has not changed
 * since it was loaded last is left alone: its models may have newer versions, published by their
 * owner, and a restart must not go back to the files. What was edited of its service stays edited
 * (docs/adr/0008-edited-catalogue.md). Nodes that start at once take turns.
 */
export async function loadPackages(
  tx: Tx,
  tenant: string,
  packages: readonly PackageFolder[],
  { deploy, by, now }: LoadOptions,
): Promise<LoadedPackages> {
  const known = await lockFolders(tx, tenant, packages, now);
  const changed = packages.filter((one) => known.get(one.folder) !== checksum(one));
  const resources = changed.flatMap((one) => one.resources);
  if (resources.length > 0) await deploy(tx, tenant, { resources, by });
  const kept: LoadedPackages['kept'] = [];
  for (const one of changed) {
    const { folder, service, files = [] } = one;
    if (service) {
      const fields = await keepEdits(tx, tenant, { folder, service, by, now });
      if (!fields) await saveService(tx, tenant, { folder, package: service, now });
      else if (fields.length > 0) kept.push({ code: service.code, fields });
    }
    await savePackageFiles(tx, tenant, folder, files);
    await tx.query(
      `UPDATE package_folder SET checksum = $3, loaded_at = $4
       WHERE tenant_id = $1 AND folder = $2`,
      [tenant, one.folder, checksum(one), now],
    );
  }
  const loaded = changed.map(({ folder }) => folder);
  return {
    loaded,
    kept,
    unchanged: packages.map(({ folder }) => folder).filter((folder) => !loaded.includes(folder)),
  };
}

/** The checksum each folder was loaded with last; the rows stay locked until the commit. */
async function lockFolders(
  tx: Tx,
  tenant: string,
  packages: readonly PackageFolder[],
  now: Date,
): Promise<Map<string, string>> {
  const folders = packages.map(({ folder }) => folder).sort();
  await tx.query(
    `INSERT INTO package_folder (tenant_id, folder, checksum, loaded_at)
     SELECT $1, folder, '', $3 FROM unnest($2::text[]) AS folder ON CONFLICT DO NOTHING`,
    [tenant, folders, now],
  );
  const rows = await tx.query<{ folder: string; checksum: string }>(
    `SELECT folder, checksum FROM package_folder WHERE tenant_id = $1 AND folder = ANY($2)
     ORDER BY folder FOR UPDATE`,
    [tenant, folders],
  );
  return new Map(rows.map((row) => [row.folder, row.checksum]));
}

function checksum({ service, resources }: PackageFolder): string {
  return createHash('sha256')
    .update(JSON.stringify([service ?? null, resources]))
    .digest('hex');
}
