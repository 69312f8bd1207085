/**
 * What it costs that many cases wait, on PostgreSQL: a million of them, unless told otherwise.
 *
 * npm run bench:scale -- [--write] [--cases=1000000] [--rate=20] [--seconds=60] [--rounds=7] [--ms=4000]
 */
import { parseArgs } from 'node:util';
import { findPostgresPrograms, startPostgresServer } from '../scripts/postgres-server.mjs';
import { describeMachine } from './machine.js';
import { newDatabase } from './new-database.js';
import { writeBetweenMarks } from './report.js';
import { measureScale } from './scale/measure.js';
import { scaleReport } from './scale/report.js';

const DOCUMENT = 'docs/performance.md';

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    cases: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '7' },
    ms: { type: 'string', default: '4000' },
  },
});

/** Fewer than the most, to see what grows. */
const FEWER = [10_000, 100_000];

async function main(): Promise<void> {
  const programs = findPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const most = Number(options.cases);
  if (!Number.isInteger(most) || most < 1000) throw new TypeError('--cases must be 1000 or more');
  const server = await startPostgresServer({ durable: true });
  try {
    const result = await measureScale({
      counts: [...FEWER.filter((count) => count < most), most],
      load: {
        timersPerSecond: Number(options.rate),
        tasksPerSecond: Number(options.rate) / 2,
        seconds: Number(options.seconds),
      },
      rounds: Number(options.rounds),
      ms: Number(options.ms),
      say: (text) => console.error(`→ ${text}`),
      newDatabase: (name) => newDatabase(server.url, name),
    });
    const text = scaleReport(describeMachine(programs), result);
    console.log(text);
    if (options.write) writeBetweenMarks(DOCUMENT, text, 'scale');
  } finally {
    await server.stop();
  }
}

await main();
// Whatever else still listens in this process has nothing more to tell.
process.exit();
