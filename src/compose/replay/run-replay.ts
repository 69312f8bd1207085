import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../../../migrations/index.js';
import { openDatabase } from '../../db/database.js';
import { requireFreeDatabase } from './free-database.js';
import { replay } from './replay.js';
import type { ReplayOptions } from './replay.js';
import type { ReplayReport } from './report.js';

export interface RunReplayOptions extends Omit<ReplayOptions, 'db'> {
  /** A server's database to replay into; without one, an embedded one in memory that is forgotten. */
  readonly databaseUrl: string | undefined;
}

/**
 * Replays a log in a database of its own, mails and archive packages going to a folder that is
 * removed at the end. Resolves to undefined when it was stopped.
 * @throws ConflictError when the database is not free for it; UnavailableError
 */
export async function runReplay(options: RunReplayOptions): Promise<ReplayReport | undefined> {
  const { databaseUrl, plan, tenant, log } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'saksflyt-replay-'));
  try {
    const db = await openDatabase({ migrations, databaseUrl, log });
    try {
      await requireFreeDatabase(db, { tenant, until: plan.until });
      return await replay({ ...options, db, config: { ...options.config, dataDir } });
    } finally {
      await db.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
