import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Duplex } from 'node:stream';
import { PGlite } from '@electric-sql/pglite';
import type { Logger } from '../kernel/log.js';
import { EXTENSIONS, openDataFolder } from './data-folder.js';
import { lockDirectory } from './directory-lock.js';
import { SessionHub } from './session-hub.js';

/** PostgreSQL inside this process, to which ordinary `pg` clients connect by a stream. */
export interface EmbeddedServer {
  /** A new connection, for `pg`'s `stream` option. */
  connect(): Duplex;
  /** Ends all connections, writes a checkpoint and lets go of the folder. */
  close(): Promise<void>;
}

interface EmbeddedOptions {
  /** The folder that keeps the database; in memory, for tests, when there is none. */
  dataDir?: string | undefined;
  waitMs: number;
  log: Logger;
}

/**
 * Starts the embedded database, in `dataDir` under the name `database`.
 * @throws ConflictError when the folder is in use, foreign, or of another version
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { database, release } = await open(options.dataDir);
  const hub = new SessionHub(
    { execute: (batch) => database.runExclusive(() => database.execProtocolRaw(batch)) },
    {
      waitMs: options.waitMs,
      onFailure: (error) =>
        options.log.error('the embedded database has stopped; restart the program', { error }),
    },
  );
  return {
    connect: () => hub.connect(),
    close: async () => {
      await hub.close();
      await database.close();
      await release();
    },
  };
}

async function open(dataDir: string | undefined) {
  if (dataDir === undefined) {
    return { database: await PGlite.create({ extensions: EXTENSIONS }), release: async () => {} };
  }
  fs.mkdirSync(dataDir, { recursive: true });
  const folder = path.resolve(dataDir, 'database');
  const lock = await lockDirectory(folder);
  try {
    return { database: await openDataFolder(folder), release: () => lock.release() };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
