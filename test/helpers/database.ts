import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrations } from '../../migrations/index.js';
import type { Db } from '../../src/db/database.js';
import { openDatabase } from '../../src/db/database.js';
import { NODE_COUNT } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';

/** The server that the tests use instead of the embedded database, if any. */
export const testServerUrl = process.env['TEST_DATABASE_URL'];

/** Short, so that a query awaited outside the transaction it belongs to is found at once. */
const LOCK_TIMEOUT_MS = 2_000;

/** What holds no test's data: TypeORM's own table, and the numbers of the living nodes. */
const KEPT_TABLES = ['migrations', 'node'];

let opening: Promise<Db> | undefined;
let openingSecond: Promise<Db> | undefined;
let drop = async (): Promise<void> => {};

/**
 * The database of this mocha process, with all migrations run and all rows gone: embedded and in
 * memory, or a fresh one on the server of TEST_DATABASE_URL. Ask for it in a `before` hook; it is
 * closed when all tests are done.
 */
export async function testDatabase(): Promise<Db> {
  opening ??= open();
  const db = await opening;
  await emptyTables(db);
  return db;
}

/**
 * A second node's connection to the database of `testDatabase`. The embedded database has one process
 * only: two nodes of the application then share its connection, each with a number of its own, so that
 * their ids differ.
 */
export async function secondNodeDatabase(): Promise<Db> {
  const first = await (opening ??= open());
  if (first.kind === 'embedded') return { ...first, node: (first.node + 1) % NODE_COUNT };
  openingSecond ??= open();
  return openingSecond;
}

/** Deletes every row a test has written. */
export async function emptyTables(db: Db): Promise<void> {
  const tables = await db.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND NOT tablename = ANY($1)`,
    [KEPT_TABLES],
  );
  if (tables.length === 0) return;
  await db.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
}

/** Remembers what the tables hold now, for `restoreRows`: setting the demo up takes seconds. */
export async function rememberRows(db: Db): Promise<void> {
  await db.query('CREATE SCHEMA seeded');
  for (const name of await tablesOf(db, 'public')) {
    if (KEPT_TABLES.includes(name)) continue;
    const [row] = await db.query(`SELECT 1 FROM public.${name} LIMIT 1`);
    if (row) await db.query(`CREATE TABLE seeded.${name} AS TABLE public.${name}`);
  }
}

/** Fills the empty tables with what was remembered. False when nothing was. */
export async function restoreRows(db: Db): Promise<boolean> {
  const names = await tablesOf(db, 'seeded');
  for (const name of names) {
    await db.query(`INSERT INTO public.${name} SELECT * FROM seeded.${name}`);
  }
  return names.length > 0;
}

async function tablesOf(db: Db, schema: string): Promise<string[]> {
  const tables = await db.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY tablename',
    [schema],
  );
  return tables.map(({ name }) => name);
}

/** A new empty database on the server at `serverUrl`, and how to drop it. */
export async function createServerDatabase(serverUrl: string) {
  const name = `saksflyt_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

let serverDatabase: ReturnType<typeof createServerDatabase> | undefined;

async function open(): Promise<Db> {
  const log = createLogger({ level: 'error' });
  const shared = { migrations, lockTimeoutMs: LOCK_TIMEOUT_MS, log };
  if (testServerUrl === undefined) return openDatabase(shared);
  serverDatabase ??= createServerDatabase(testServerUrl);
  const created = await serverDatabase;
  drop = created.drop;
  return openDatabase({ ...shared, databaseUrl: created.url, poolSize: 10 });
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client(serverUrl);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

after('close the test database', async () => {
  await (await openingSecond)?.close();
  await (await opening)?.close();
  await drop();
});
