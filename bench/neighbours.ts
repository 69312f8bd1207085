/**
 * How long a neighbour's steps take while something hostile happens on the same node.
 *
 * npm run bench:neighbours -- [--write] [--ms=3000]
 */
import { parseArgs } from 'node:util';
import { migrations } from '../migrations/index.js';
import { findPostgresPrograms, startPostgresServer } from '../scripts/postgres-server.mjs';
import { openDatabase } from '../src/db/database.js';
import type { Db } from '../src/db/database.js';
import { ProcessEngine } from '../src/engine/engine.js';
import { BUDGET } from '../src/engine/step/budget.js';
import { StepFault } from '../src/engine/step/step-fault.js';
import { Worker } from '../src/jobs/worker.js';
import { systemClock } from '../src/kernel/clock.js';
import { AppError } from '../src/kernel/errors.js';
import { createIdFactory } from '../src/kernel/ids.js';
import { createLogger } from '../src/kernel/log.js';
import { describeMachine } from './machine.js';
import { HOSTILE_CASES, HOSTILE_HANDLERS } from './neighbours/hostile-cases.js';
import type { HostileCase } from './neighbours/hostile-cases.js';
import { writeBetweenMarks } from './report.js';
import { scenarioNamed } from './scenario.js';

const DOCUMENT = 'docs/safety.md';
const TENANT = 'fjordvik';
/** Between two steps of the neighbour, as of somebody who reads before they answer. */
const PAUSE_MS = 5;

const { values: options } = parseArgs({
  options: { write: { type: 'boolean', default: false }, ms: { type: 'string', default: '3000' } },
});

interface Node {
  db: Db;
  engine: ProcessEngine;
  worker: Worker;
}

async function openNode(databaseUrl: string): Promise<Node> {
  const log = createLogger({ level: 'silent' });
  const db = await openDatabase({ migrations, log, databaseUrl });
  const newId = createIdFactory({ node: db.node });
  const clock = systemClock;
  const engine = new ProcessEngine({ clock, newId, handlers: HOSTILE_HANDLERS, log });
  return { db, engine, worker: new Worker({ db, clock, work: engine.dueWork(db), log }) };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

async function deploy({ db, engine }: Node, processId: string, content: string): Promise<void> {
  const resources = [{ name: `${processId}.bpmn`, content }];
  await db.inTransaction((tx) => engine.deploy(tx, TENANT, { resources, by: 'owner' }));
}

/** The neighbour: one case after the other, each two steps. Resolves to how long each step took. */
async function neighbour({ db, engine }: Node, processId: string, untilMs: number) {
  const took: number[] = [];
  const timed = async <Result>(step: () => Promise<Result>): Promise<Result> => {
    const begun = performance.now();
    const result = await step();
    took.push(performance.now() - begun);
    await pause(PAUSE_MS);
    return result;
  };
  while (performance.now() < untilMs) {
    const request = { processId, variables: {}, by: 'agent' };
    const { openedTasks } = await timed(() =>
      db.inTransaction((tx) => engine.start(tx, TENANT, request)),
    );
    const taskId = openedTasks[0]?.id ?? '';
    await timed(() =>
      db.inTransaction((tx) => engine.completeTask(tx, TENANT, { taskId, variables: {}, by: 'b' })),
    );
  }
  return took.sort((a, b) => a - b);
}

/** Tries it again and again. Resolves to what came of the first try. */
async function attack(node: Node, hostile: HostileCase, untilMs: number): Promise<string> {
  let came: string | undefined;
  for (let round = 0; performance.now() < untilMs; round++) {
    const outcome = await once(node, hostile, round);
    came ??= outcome;
    await pause(1);
  }
  return came ?? '';
}

async function once(node: Node, hostile: HostileCase, round: number): Promise<string> {
  const { db, engine, worker } = node;
  const { processId, variables, xml } = hostile;
  try {
    if (hostile.deployOnly) {
      await deploy(node, processId, `${xml}<!-- ${round} -->`);
      return 'deployed';
    }
    const request = { processId, variables, by: 'agent' };
    const outcome = await db.inTransaction((tx) => engine.start(tx, TENANT, request));
    await worker.runAllDue();
    const [incident] = await db.query<{ kind: string }>(
      `SELECT kind FROM incident WHERE tenant_id = $1 AND instance_id IN
         (SELECT id FROM process_instance WHERE tenant_id = $1 AND root_id = $2)`,
      [TENANT, outcome.instanceId],
    );
    return incident ? `incident ${incident.kind}` : outcome.status;
  } catch (error) {
    if (error instanceof StepFault) return `undone: ${error.code}`;
    if (error instanceof AppError) return `refused: ${error.code}`;
    throw error;
  }
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function measure(node: Node, hostile: HostileCase, processId: string): Promise<string> {
  const ms = Number(options.ms);
  const calm = await neighbour(node, processId, performance.now() + ms / 2);
  const untilMs = performance.now() + ms;
  const [during, came] = await Promise.all([
    neighbour(node, processId, untilMs),
    attack(node, hostile, untilMs),
  ]);
  const ratio = (share: number): string => (at(during, share) / at(calm, share)).toFixed(1);
  const ms1 = (value: number): string => value.toFixed(1);
  return [
    hostile.title,
    came,
    ms1(at(calm, 0.5)),
    ms1(at(during, 0.5)),
    ratio(0.5),
    ms1(at(calm, 0.99)),
    ms1(at(during, 0.99)),
    ratio(0.99),
    ms1(at(during, 1)),
  ].join(' | ');
}

function limits(): string {
  const rows = Object.values<(typeof BUDGET)[keyof typeof BUDGET]>(BUDGET).map(
    ({ value, unit, what, why, overrun }) =>
      `| ${value.toLocaleString('en')} ${unit} | ${what} | ${why} | ${overrun} |`,
  );
  return ['| at most | of what | why | overrun |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

async function main(): Promise<void> {
  const programs = findPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const server = await startPostgresServer({ durable: true });
  const node = await openNode(server.url);
  try {
    const { deployed, processId } = scenarioNamed('five');
    await deploy(node, processId, deployed);
    await neighbour(node, processId, performance.now() + 1500);
    const rows: string[] = [];
    for (const hostile of HOSTILE_CASES) {
      if (!hostile.deployOnly) await deploy(node, hostile.processId, hostile.xml);
      console.error(`→ ${hostile.title}`);
      rows.push(`| ${await measure(node, hostile, processId)} |`);
    }
    const head =
      '| what happens on the node | what comes of it | p50 calm, ms | p50 during | ratio | p99 calm | p99 during | ratio | longest |';
    const table = [head, `|${' --- |'.repeat(9)}`, ...rows].join('\n');
    const machine = describeMachine(programs)
      .map((line) => `- ${line}`)
      .join('\n');
    const text = `${limits()}\n\n### Neighbours\n\nMeasured on:\n\n${machine}\n\n${table}`;
    console.log(text);
    if (options.write) writeBetweenMarks(DOCUMENT, text);
  } finally {
    await node.db.close();
    await server.stop();
  }
}

await main();
// A handler that never answers would hold nothing, but its step's deadline may.
process.exit();
