import * as fs from 'node:fs';
import * as path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { ConflictError } from '../kernel/errors.js';
import { DurableFiles } from './durable-files.js';

/** The major version of PostgreSQL that the pinned PGlite contains; it reads no other's files. */
export const POSTGRES_MAJOR = '18';

/** What of PostgreSQL's own additions the migrations use; on a server they lie beside it. */
export const EXTENSIONS = { btree_gin, pg_trgm };

/** PostgreSQL syncs with fdatasync by default, which does nothing in WebAssembly. */
const DURABLE_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'wal_sync_method=fsync'],
];

/**
 * Opens the embedded database kept in `folder`, which must be locked, and makes it when there is
 * none. Every commit is on the disk before it is acknowledged; that is tried once at the start.
 * @throws ConflictError data_folder_version, data_folder_foreign or data_folder_not_durable
 */
export async function openDataFolder(
  folder: string,
  files: (folder: string) => DurableFiles = (root) => new DurableFiles(root),
): Promise<PGlite> {
  checkContents(folder);
  if (!fs.existsSync(versionFile(folder))) await create(folder, files);
  const disk = files(folder);
  const database = await start(disk);
  await assertSynced(database, disk);
  return database;
}

function checkContents(folder: string): void {
  if (fs.existsSync(versionFile(folder))) {
    const found = fs.readFileSync(versionFile(folder), 'utf8').trim();
    if (found === POSTGRES_MAJOR) return;
    throw new ConflictError(
      'data_folder_version',
      `The data folder ${folder} was written by PostgreSQL ${found}; this version of Saksflyt ` +
        `reads PostgreSQL ${POSTGRES_MAJOR} only. Nothing was changed. Start the version of ` +
        'Saksflyt that wrote it, or give this one an empty folder (DATA_DIR).',
    );
  }
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
    throw new ConflictError(
      'data_folder_foreign',
      `The folder ${folder} is not empty and holds no database. Nothing was changed. ` +
        'Give Saksflyt an empty folder (DATA_DIR).',
    );
  }
}

/** Made beside its place and moved there when it is whole: a crash on the way leaves no half one. */
async function create(folder: string, files: (folder: string) => DurableFiles): Promise<void> {
  const making = `${folder}.new`;
  fs.rmSync(making, { recursive: true, force: true });
  const disk = files(making);
  await (await start(disk)).close();
  disk.syncAll(making);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(making, folder);
  disk.syncPath(path.dirname(folder));
}

async function start(disk: DurableFiles): Promise<PGlite> {
  return PGlite.create({ fs: disk, startParams: DURABLE_PARAMETERS, extensions: EXTENSIONS });
}

/** Durability leans on internals of PGlite, so each start proves that a commit was synced. */
async function assertSynced(database: PGlite, disk: DurableFiles): Promise<void> {
  const before = disk.syncs;
  await database.query(`SELECT pg_logical_emit_message(true, 'saksflyt', 'start')`);
  if (disk.syncs > before) return;
  await database.close();
  throw new ConflictError(
    'data_folder_not_durable',
    'The embedded database does not sync its commits to the disk, so a power cut would lose them. ' +
      'Was PGlite updated? Use the version in package-lock.json, or a PostgreSQL server ' +
      '(DATABASE_URL).',
  );
}

function versionFile(folder: string): string {
  return path.join(folder, 'PG_VERSION');
}
