import pg from 'pg';
import type { Logger } from '../kernel/log.js';
import { startEmbeddedServer } from './embedded-server.js';

/** Which database: a server by its URL, else the embedded one in a folder, else in memory. */
export interface ConnectionOptions {
  databaseUrl?: string | undefined;
  dataDir?: string | undefined;
  /** Connections to a server, 20 by default. */
  poolSize?: number | undefined;
  /** How long a statement may wait for a lock, 10,000 by default. */
  lockTimeoutMs?: number | undefined;
}

/** How to reach the database, whichever it is. */
export interface Connection {
  readonly kind: 'embedded' | 'postgresql';
  /** For the pool of the running application. */
  readonly pool: pg.PoolConfig;
  /** For work that may take long, such as migrations and listening: no time limits. */
  readonly unlimited: pg.ClientConfig;
  close(): Promise<void>;
}

const DEFAULT_LOCK_TIMEOUT_MS = 10_000;

/** Queries are sent without waiting for the answers to those before them. */
const POOL = { connectionTimeoutMillis: 15_000, pipeline: true };

/** One session serves all clients of the embedded database: more connections gain nothing. */
const EMBEDDED_POOL_SIZE = 4;

const LIMITS = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 };

/** Prepares the way to the database; starts the embedded one. */
export async function openConnection(options: ConnectionOptions, log: Logger): Promise<Connection> {
  const { databaseUrl, lockTimeoutMs = DEFAULT_LOCK_TIMEOUT_MS } = options;
  if (databaseUrl !== undefined) return serverConnection(databaseUrl, lockTimeoutMs, options);
  const server = await startEmbeddedServer({
    dataDir: options.dataDir,
    waitMs: lockTimeoutMs,
    log,
  });
  const client = {
    stream: () => server.connect(),
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    types,
  };
  return {
    kind: 'embedded',
    pool: { ...client, ...POOL, max: EMBEDDED_POOL_SIZE },
    unlimited: client,
    close: () => server.close(),
  };
}

function serverConnection(
  databaseUrl: string,
  lockTimeoutMs: number,
  { poolSize = 20 }: ConnectionOptions,
): Connection {
  const client = {
    connectionString: databaseUrl,
    application_name: 'saksflyt',
    options: '-c TimeZone=UTC',
    keepAlive: true,
    types,
  };
  return {
    kind: 'postgresql',
    pool: {
      ...client,
      ...POOL,
      ...LIMITS,
      lock_timeout: lockTimeoutMs,
      max: poolSize,
    },
    unlimited: client,
    close: async () => {},
  };
}

const asText = (text: string): string => text;

/** A calendar date has no time zone: as a Date it would move with the machine's. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === pg.types.builtins.DATE ? asText : (pg.types.getTypeParser(type, format) as unknown),
};
