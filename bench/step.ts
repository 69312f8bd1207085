/**
 * What a durable case costs: beside bpmn-engine in memory, and beside PostgreSQL writing the same.
 *
 * npm run bench -- [--write] [--rounds=15] [--ms=1000] [--scenario=five|ten]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgresPrograms, startPostgresServer } from '../scripts/postgres-server.mjs';
import { openField } from './competitors.js';
import type { Ground } from './competitors.js';
import { describeMachine } from './machine.js';
import { newDatabase } from './new-database.js';
import { report, writeBetweenMarks } from './report.js';
import type { Result } from './report.js';
import { compete } from './rounds.js';
import { scenarioNamed } from './scenario.js';
import type { Scenario } from './scenario.js';

const DOCUMENT = 'docs/performance.md';

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
    ms: { type: 'string', default: '1000' },
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

async function main(): Promise<void> {
  const programs = findPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const server = await startPostgresServer({ durable: true });
  const folder = mkdtempSync(join(tmpdir(), 'saksflyt-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const ground: Ground = {
    programs,
    folder,
    newDatabase: (name) => newDatabase(server.url, name),
  };
  try {
    const results: Result[] = [];
    for (const name of options.scenario) results.push(await measure(scenarioNamed(name), ground));
    const machine = describeMachine(programs);
    const text = report({ machine, rounds: Number(options.rounds), results });
    console.log(text);
    if (options.write) writeBetweenMarks(DOCUMENT, text);
  } finally {
    await server.stop();
  }
}

await main();
