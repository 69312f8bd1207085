import pg from 'pg';
import type { MigrationInterface } from 'typeorm';
import { DataSource } from 'typeorm';
import type { Logger } from '../kernel/log.js';
import type { Connection } from './connection.js';

export type Migration = new () => MigrationInterface;

/** Any number, the same in all nodes: the name of the lock under which one of them migrates. */
const MIGRATION_LOCK = 7_226_301;

/**
 * Brings the schema up to date, each migration in its own transaction. Nodes that start at once take
 * turns: TypeORM has no lock of its own, and all but one would fail.
 */
export async function migrate(
  { unlimited }: Connection,
  migrations: readonly Migration[],
  log: Logger,
): Promise<void> {
  const lock = new pg.Client(unlimited);
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const source = await new DataSource({
      type: 'postgres',
      driver: pg,
      migrations: [...migrations],
      extra: { ...unlimited, max: 1 },
    }).initialize();
    try {
      const done = await source.runMigrations({ transaction: 'each' });
      for (const { name } of done) log.info('migrated', { migration: name });
    } finally {
      await source.destroy();
    }
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await lock.end();
  }
}
