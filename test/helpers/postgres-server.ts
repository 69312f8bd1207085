/** A throw-away PostgreSQL server; see `scripts/postgres-server.mjs`, which also the scripts use. */
export interface PostgresServer {
  /** A superuser's, on an empty database. */
  url: string;
  stop(): Promise<void>;
}

interface PostgresServerModule {
  findPostgresPrograms(): string | undefined;
  startPostgresServer(options?: { durable?: boolean }): Promise<PostgresServer>;
}

const module = (await import(
  new URL('../../scripts/postgres-server.mjs', import.meta.url).href
)) as PostgresServerModule;

/** The folder of the PostgreSQL programs, or undefined when there is none on this machine. */
export const { findPostgresPrograms } = module;

/** Starts one and waits until it accepts connections; `durable` with fsync, as in production. */
export const { startPostgresServer } = module;
