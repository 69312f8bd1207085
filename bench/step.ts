/**
 * What a durable case costs: beside bpmn-engine in memory, and beside PostgreSQL writing the same.
 *
 * npm run bench -- [--write] [--rounds=15] [--ms=1000] [--scenario=five|ten]
 *   [--waiting=100000] [--waiting-minutes=10]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { findPostgresPrograms, startPostgresServer } from '../scripts/postgres-server.mjs';
import { openField } from './competitors.js';
import type { Ground } from './competitors.js';
import { describeMachine } from './machine.js';
import { report, writeBetweenMarks } from './report.js';
import type { Result } from './report.js';
import { compete } from './rounds.js';
import { scenarioNamed } from './scenario.js';
import type { Scenario } from './scenario.js';
import type { Look, WaitingRequest } from './waiting.js';
import { forkProgram, nextAnswer } from './way-process.js';

const DOCUMENT = 'docs/performance.md';

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
    ms: { type: 'string', default: '1000' },
    waiting: { type: 'string', default: '100000' },
    'waiting-minutes': { type: 'string', default: '10' },
    scenario: { type: 'string', multiple: true, default: ['five', 'ten'] },
  },
});

const say = (text: string): void => console.error(`→ ${text}`);

async function measure(scenario: Scenario, ground: Ground): Promise<Result> {
  say(`${scenario.title}: starting and warming up`);
  const field = await openField(scenario, ground);
  try {
    const { competitors } = field;
    const rounds = Number(options.rounds);
    const heats = await compete(competitors, {
      rounds,
      ms: Number(options.ms),
      onRound: (round) => say(`round ${round} of ${rounds}`),
    });
    return { scenario, competitors, heats, profile: await field.profile(5000) };
  } finally {
    await field.close();
  }
}

async function lookAtWaiting(ground: Ground, most: number): Promise<Look[]> {
  if (!(most > 0)) return [];
  say(`starting ${most} cases that wait`);
  const request: WaitingRequest = {
    databaseUrl: await ground.newDatabase('waiting'),
    scenario: 'five',
    counts: most > 10_000 ? [10_000, most] : [most],
    limitMs: Number(options['waiting-minutes']) * 60_000,
  };
  const child = forkProgram('waiting.js', [JSON.stringify(request)], ['--expose-gc']);
  const looks = (await nextAnswer(child)) as Look[];
  child.disconnect();
  return looks;
}

async function main(): Promise<void> {
  const programs = findPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const server = await startPostgresServer({ durable: true });
  const folder = mkdtempSync(join(tmpdir(), 'saksflyt-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const ground: Ground = {
    programs,
    folder,
    newDatabase: async (name) => {
      const client = new pg.Client(server.url);
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
  };
  try {
    const results: Result[] = [];
    for (const name of options.scenario) results.push(await measure(scenarioNamed(name), ground));
    const looks = await lookAtWaiting(ground, Number(options.waiting));
    const machine = describeMachine(programs);
    const text = report({ machine, rounds: Number(options.rounds), results, looks });
    console.log(text);
    if (options.write) writeBetweenMarks(DOCUMENT, text);
  } finally {
    await server.stop();
  }
}

await main();
