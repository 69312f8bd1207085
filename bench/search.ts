/**
 * Search and registration in a small and a large municipality, over HTTP, on PostgreSQL.
 *
 * npm run bench:search -- [--write] [--many=1000000] [--few=10000] [--asks=300] [--seconds=30]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgresPrograms, startPostgresServer } from '../scripts/postgres-server.mjs';
import { createApplication } from '../src/compose.js';
import { readConfig } from '../src/kernel/config.js';
import { createLogger } from '../src/kernel/log.js';
import { describeMachine } from './machine.js';
import { newDatabase } from './new-database.js';
import { table, two, whole, writeBetweenMarks } from './report.js';
import { QUESTIONS, fillMunicipality, pickKnown } from './search/fill.js';

const TENANT = 'fjordvik';
const DOCUMENT = 'docs/performance.md';
const LOGIN = `Basic ${Buffer.from('agent:demo').toString('base64')}`;

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    many: { type: 'string', default: '1000000' },
    few: { type: 'string', default: '10000' },
    asks: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '30' },
  },
});

/** Registrations a second: what two busy front desks of a large city come to. */
const RATE = 20;

type Times = readonly number[];

interface Measured {
  searches: ReadonlyMap<string, Times>;
  registrations: Times;
}

async function main(): Promise<void> {
  const programs = findPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const server = await startPostgresServer({ durable: true });
  const folder = mkdtempSync(join(tmpdir(), 'saksflyt-search-'));
  try {
    const [few, many] = [Number(options.few), Number(options.many)];
    const measure = async (count: number) =>
      measureMunicipality(await newDatabase(server.url, `people_${count}`), folder, count);
    const [small, large] = [await measure(few), await measure(many)];
    const text = describe([few, many], [small, large], programs);
    console.log(text);
    if (options.write) writeBetweenMarks(DOCUMENT, text, 'search');
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

async function measureMunicipality(url: string, folder: string, count: number): Promise<Measured> {
  const config = readConfig({ DATABASE_URL: url, DATA_DIR: join(folder, String(count)) });
  const application = await createApplication({ config, log: createLogger({ level: 'error' }) });
  const { db, app } = application;
  console.error(`→ ${whole(count)} people with an inquiry each`);
  await fillMunicipality(db, TENANT, count);
  for (const relation of ['party', 'inquiry', 'inquiry_content', 'inquiry_party']) {
    await db.query(`VACUUM ANALYZE ${relation}`);
  }
  const listening = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const base = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  await application.start();
  try {
    const searches = await measureSearches(base, application.db, count);
    console.error(`→ ${RATE} registrations a second`);
    return { searches, registrations: await measureRegistrations(base) };
  } finally {
    listening.closeAllConnections();
    listening.close();
    await application.stop();
  }
}

async function measureSearches(
  base: string,
  db: Parameters<typeof pickKnown>[0],
  count: number,
): Promise<ReadonlyMap<string, Times>> {
  const asks = Number(options.asks);
  const ids = Array.from({ length: asks }, (_, at) => 1 + ((at * 7_368_787) % count));
  const known = await pickKnown(db, TENANT, ids);
  const found = new Map<string, number[]>();
  for (const { kind, ask } of QUESTIONS) {
    const times: number[] = [];
    for (const [at, one] of known.entries()) {
      const body = JSON.stringify({ q: ask(one) });
      const time = await post(`${base}/api/search`, body, 200);
      // The first few warm what every later one finds warm.
      if (at >= 10) times.push(time);
    }
    found.set(kind, times);
  }
  return found;
}

/** By the clock, not one after the other: whoever comes waits for those before. */
async function measureRegistrations(base: string): Promise<Times> {
  const total = RATE * Number(options.seconds);
  const begun = performance.now();
  const running: Promise<number>[] = [];
  for (let at = 0; at < total; at += 1) {
    const due = begun + (at * 1000) / RATE;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const body = JSON.stringify({
      channel: 'phone',
      service: 'DUNK',
      text: 'Dunken er knust',
      party: { name: `Ny Person ${at}`, phone: `+47${90_000_000 + at}` },
      location: { address: `Storgata ${at}` },
    });
    running.push(post(`${base}/api/inquiries`, body, 201));
  }
  return (await Promise.all(running)).slice(RATE);
}

async function post(url: string, body: string, expected: number): Promise<number> {
  const begun = performance.now();
  const headers = { 'Content-Type': 'application/json', Authorization: LOGIN };
  const response = await fetch(url, { method: 'POST', headers, body });
  await response.arrayBuffer();
  if (response.status !== expected) throw new Error(`HTTP ${response.status}`);
  return performance.now() - begun;
}

function describe(
  counts: readonly [number, number],
  [small, large]: readonly [Measured, Measured],
  programs: string,
): string {
  const row = (title: string, few: Times, many: Times): string[] => [
    title,
    `${whole(percentile(few, 0.5))} / ${whole(percentile(few, 0.99))}`,
    `${whole(percentile(many, 0.5))} / ${whole(percentile(many, 0.99))}`,
    two(percentile(many, 0.99) / percentile(few, 0.99)),
  ];
  const rows = [...large.searches].map(([kind, times]) =>
    row(kind, small.searches.get(kind) ?? [], times),
  );
  const registered = row(`registering, ${RATE} a second`, small.registrations, large.registrations);
  const head = ['', ...counts.map((count) => `${whole(count)} (ms, p50 / p99)`), 'p99 ×'];
  const machine = describeMachine(programs).map((line) => `- ${line}`);
  return [`Measured on:\n\n${machine.join('\n')}`, table(head, [...rows, registered])].join('\n\n');
}

function percentile(times: Times, share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

await main();
// Whatever else still listens in this process has nothing more to tell.
process.exit();
