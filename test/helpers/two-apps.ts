import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { createApplication } from '../../src/compose.js';
import type { Application } from '../../src/compose.js';
import type { Db } from '../../src/db/database.js';
import { movableClock } from '../../src/kernel/clock.js';
import type { MovableClock } from '../../src/kernel/clock.js';
import { readConfig } from '../../src/kernel/config.js';
import { createLogger } from '../../src/kernel/log.js';
import { rememberRows, restoreRows, secondNodeDatabase, testDatabase } from './database.js';
import { startSmtpSink } from './smtp-sink.js';
import type { SmtpSink } from './smtp-sink.js';

/** A Monday morning in Oslo. */
const MONDAY = new Date('2026-03-02T09:00:00Z');

/** Two nodes of the product on one database, as a balancer's clients see them. */
export interface TwoApps {
  db: Db;
  clock: MovableClock;
  mail: SmtpSink;
  /** Their data folder: archive packages lie there. */
  folder: string;
  nodes: readonly Application[];
  /** A client that is logged in; each of its requests goes to the other node than the last. */
  as(login: string): Client;
  /** The next node's app, for a request without a login. */
  next(): Application['app'];
  /** Does everything that is due now, on both nodes in turn. */
  runDue(): Promise<void>;
  /** Moves the clock and does what has fallen due. */
  pass(milliseconds: number): Promise<void>;
  /** How many rows every table has: what changed nothing leaves this alone. */
  countRows(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

export interface Client {
  get(path: string): supertest.Test;
  post(path: string, body?: object | string): supertest.Test;
  put(path: string, body: object): supertest.Test;
  patch(path: string, body: object): supertest.Test;
}

/** Seeding two municipalities takes a while on a busy machine. */
export const FEATURE_TIMEOUT_MS = 120_000;

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/**
 * Starts both, with an empty database, a mail server of their own and a clock that stands. Their
 * workers run only when told to. Stop them in an `after` hook.
 */
export async function startTwoApps(environment: Record<string, string> = {}): Promise<TwoApps> {
  const db = await testDatabase();
  const isSeeded = await restoreRows(db);
  const clock = movableClock(MONDAY);
  const mail = await startSmtpSink();
  const folder = await mkdtemp(join(tmpdir(), 'saksflyt-two-apps-'));
  const config = readConfig({ DATA_DIR: folder, SMTP_URL: mail.url, ...environment });
  const log = createLogger({ level: 'error' });
  const second = await secondNodeDatabase();
  const options = { config, clock, log };
  // At once, as two nodes of one release start; the embedded database has one session to give.
  const first = createApplication({ ...options, db });
  if (db.kind === 'embedded') await first;
  const nodes = await Promise.all([first, createApplication({ ...options, db: second })]);
  if (!isSeeded) await rememberRows(db);
  let turn = 0;
  const node = () => nodes[turn++ % nodes.length]!;
  const runDue = async () => {
    let done: number;
    do {
      done = 0;
      for (const { worker } of nodes) done += (await worker.runAllDue()).done;
    } while (done > 0);
  };
  return {
    db,
    clock,
    mail,
    folder,
    nodes,
    as: (login) => clientOf(() => node().app, login),
    next: () => node().app,
    runDue,
    async pass(milliseconds) {
      clock.advance(milliseconds);
      await runDue();
    },
    countRows: () => countRows(db),
    async stop() {
      for (const one of nodes) await one.stop();
      await mail.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function clientOf(next: () => Application['app'], login: string): Client {
  return {
    get: (path) => supertest(next()).get(path).auth(login, 'demo'),
    put: (path, body) => supertest(next()).put(path).auth(login, 'demo').send(body),
    patch: (path, body) => supertest(next()).patch(path).auth(login, 'demo').send(body),
    post(path, body) {
      const request = supertest(next()).post(path).auth(login, 'demo');
      return body === undefined ? request : request.send(body);
    },
  };
}

async function countRows(db: Db): Promise<Record<string, number>> {
  const tables = await db.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await db.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
    counts[name] = row?.count ?? 0;
  }
  return counts;
}
