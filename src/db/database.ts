import pg from 'pg';
import type { EntitySchema } from 'typeorm';
import { DataSource } from 'typeorm';
import type { Logger } from '../kernel/log.js';
import { createLogger } from '../kernel/log.js';
import type { Connection, ConnectionOptions } from './connection.js';
import { openConnection } from './connection.js';
import { asUnreachable } from './failures.js';
import type { Listener } from './listener.js';
import { createListener } from './listener.js';
import type { Migration } from './migrate.js';
import { migrate } from './migrate.js';
import type { NodeLease } from './node-lease.js';
import { claimNode } from './node-lease.js';
import { poolTx, runTransaction } from './transactions.js';
import type { Tx } from './tx.js';

/** The database of this process. Its own `query` runs one statement in a transaction of its own. */
export interface Db extends Tx {
  readonly kind: 'embedded' | 'postgresql';
  /** For administration reads through entities; anything that locks is hand-written SQL. */
  readonly dataSource: DataSource;
  /** From 0 to 1023, unique among the living nodes of this database: for `createIdFactory`. */
  readonly node: number;
  /**
   * Runs `work` in one transaction, again when others were in its way; so it changes nothing but the
   * database, and awaits nothing but its own `tx`: the embedded database serves nobody else meanwhile.
   * A query whose answer it does not await travels with COMMIT.
   * @throws UnavailableError database_busy, database_unavailable or node_lost
   */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Hears `pg_notify(channel, payload)` of committed transactions, on any node, as long as the
   * connection lasts: good for hurrying, never for correctness. Resolves to a function that ends it.
   * @throws TypeError unless `channel` is a plain lower-case name
   */
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>;
  /** Waits for running transactions, gives the node number back and closes everything. */
  close(): Promise<void>;
}

export interface DatabaseOptions extends ConnectionOptions {
  /** All of them, oldest first. */
  migrations: readonly Migration[];
  entities?: readonly EntitySchema[];
  log?: Logger;
}

const ATTEMPTS_ON_SERVER = 4;

/** The embedded database is entered by one transaction after another: waiting is all there is. */
const ATTEMPTS_EMBEDDED = 1;

/** The embedded database has no autovacuum; a run takes some ten milliseconds. */
const VACUUM_EVERY_MS = 10 * 60_000;

/**
 * Opens the database and brings its schema up to date: the server at `databaseUrl`, else the embedded
 * one in the folder `dataDir`, else an empty one in memory.
 * @throws ConflictError when the folder is in use, of another version or foreign;
 *   UnavailableError when the server cannot be reached
 */
export async function openDatabase(options: DatabaseOptions): Promise<Db> {
  const log = (options.log ?? createLogger({ level: 'warn' })).child('db');
  const connection = await openConnection(options, log);
  let dataSource: DataSource | undefined;
  try {
    await migrate(connection, options.migrations, log);
    dataSource = await openDataSource(connection, options.entities ?? [], log);
    const lease = await claimNode(poolTx(poolOf(dataSource)), log);
    return assemble(connection, dataSource, lease, createListener(connection.unlimited, log), log);
  } catch (error) {
    await dataSource?.destroy();
    await connection.close();
    throw asUnreachable(error);
  }
}

async function openDataSource(
  connection: Connection,
  entities: readonly EntitySchema[],
  log: Logger,
): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    driver: pg,
    entities: [...entities],
    extra: connection.pool,
    poolErrorHandler: (error: unknown) => log.warn('an idle connection was lost', { error }),
  }).initialize();
}

/** TypeORM's own pool, shared: its query runner neither names statements nor is as fast. */
function poolOf(dataSource: DataSource): pg.Pool {
  return (dataSource.driver as unknown as { master: pg.Pool }).master;
}

function assemble(
  connection: Connection,
  dataSource: DataSource,
  lease: NodeLease,
  listener: Listener,
  log: Logger,
): Db {
  const { kind } = connection;
  const pool = poolOf(dataSource);
  const single = poolTx(pool);
  const attempts = kind === 'embedded' ? ATTEMPTS_EMBEDDED : ATTEMPTS_ON_SERVER;
  const stopUpkeep = kind === 'embedded' ? startVacuum(single, log) : () => {};
  return {
    kind,
    dataSource,
    node: lease.node,
    query: async (sql, parameters, options) => {
      await lease.ensure();
      return single.query(sql, parameters, options);
    },
    inTransaction: async (work) => {
      await lease.ensure();
      return runTransaction(pool, attempts, work);
    },
    listen: (channel, hear) => listener.listen(channel, hear),
    close: async () => {
      stopUpkeep();
      await listener.close();
      await lease.release();
      await dataSource.destroy();
      await connection.close();
    },
  };
}

function startVacuum(db: Tx, log: Logger): () => void {
  const vacuum = () => db.query('VACUUM (ANALYZE)');
  const timer = setInterval(() => {
    vacuum().catch((error: unknown) => log.warn('vacuum failed', { error }));
  }, VACUUM_EVERY_MS).unref();
  return () => clearInterval(timer);
}
