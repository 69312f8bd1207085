import type { Tx } from '../db/tx.js';
import type { PackageFile } from './read-packages.js';

/** Keeps a folder's files byte for byte, in place of those it had. */
export async function savePackageFiles(
  tx: Tx,
  tenant: string,
  folder: string,
  files: readonly PackageFile[],
): Promise<void> {
  await tx.query('DELETE FROM package_file WHERE tenant_id = $1 AND folder = $2', [tenant, folder]);
  for (const { path, content } of files) {
    await tx.query(
      'INSERT INTO package_file (tenant_id, folder, path, content) VALUES ($1, $2, $3, $4)',
      [tenant, folder, path, content],
    );
  }
}

/** The files of a folder, by name. */
export function readPackageFiles(tx: Tx, tenant: string, folder: string): Promise<PackageFile[]> {
  return tx.query<PackageFile>(
    `SELECT path, content FROM package_file WHERE tenant_id = $1 AND folder = $2
     ORDER BY path COLLATE "C"`,
    [tenant, folder],
  );
}
