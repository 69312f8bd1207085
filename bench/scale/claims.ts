import type { Principal } from '../../src/access/principal.js';
import type { Db } from '../../src/db/database.js';
import type { Tx } from '../../src/db/tx.js';
import { listDue, nextDueAt } from '../../src/jobs/due-jobs.js';
import type { DueJob } from '../../src/jobs/due-jobs.js';
import { readWorklist } from '../../src/tasks/worklist.js';
import { TENANT } from '../durable-cases.js';
import { median } from '../rounds.js';
import { explaining, pathsOf } from './explain.js';
import type { Cost } from './explain.js';
import { SMALL_UNIT, someWaiting } from './fill.js';
import type { EngineNode } from './open-node.js';
import type { Surroundings } from './surroundings.js';

/** What one question to the database costs the server while so many cases wait. */
export interface Claim {
  title: string;
  /** Medians over the repetitions. */
  ms: number;
  pages: number;
  statements: number;
  paths: string[];
}

const REPEATS = 11;

/** Asks everything that must not cost more when more cases wait, one after the other. */
export async function measureClaims(node: EngineNode, { keys }: Surroundings): Promise<Claim[]> {
  const { db, engine } = node;
  const due = await makeSomeDue(node);
  const tasks = (await someWaiting(node.bulk, REPEATS + 3)).map(({ task }) => task);
  const now = new Date();
  const [inquiry] = await db.query<{ reference: string }>(
    `SELECT reference FROM inquiry WHERE tenant_id = $1 AND unit_code = 'VEI' LIMIT 1`,
    [TENANT],
  );
  const { reference } = inquiry ?? {};
  const clerk = (unit: string, username = 'clerk'): Principal => ({
    ...{ tenant: TENANT, username, displayName: username },
    ...{ roles: ['caseworker'], units: [unit] },
  });
  await db.query(`UPDATE user_task SET assignee = 'busy' WHERE tenant_id = $1 AND id = ANY($2)`, [
    TENANT,
    tasks.slice(-3),
  ]);
  const worklist =
    (unit: string, filter = {}, username?: string) =>
    (tx: Tx) =>
      readWorklist(tx, clerk(unit, username), filter, now);
  const job = { type: 'outside', worker: 'bench', maxJobs: 10, timeoutMs: 60_000 };
  const asked: [title: string, ask: (tx: Tx, repeat: number) => Promise<unknown>][] = [
    ['the worker looks for what is due, and finds 20', (tx) => listDue(tx, now, [], 200)],
    ['when the next falls due', (tx) => nextDueAt(tx, [])],
    ['a timer fires', (tx, repeat) => workedBy(node, tx, due[repeat])],
    [
      'a task is completed',
      (tx, repeat) =>
        engine.completeTask(tx, TENANT, {
          ...{ taskId: tasks[repeat] ?? '', variables: {}, by: 'clerk' },
        }),
    ],
    [
      'a case is started',
      (tx) => engine.start(tx, TENANT, { processId: 'five', variables: {}, by: 'agent' }),
    ],
    [
      'a message is handed over by its key',
      (tx, repeat) =>
        engine.correlate(tx, TENANT, {
          ...{ name: 'answer', correlationKey: keys[repeat] ?? '', variables: {}, by: 'agent' },
        }),
    ],
    ['an external worker takes 10 jobs of a type', (tx) => engine.activateJobs(tx, TENANT, job)],
    ['the worklist of a unit with a fifteenth of all tasks', worklist('VEI')],
    ['the worklist of a unit with one task in 25,000', worklist(SMALL_UNIT)],
    ['the worklist of a unit without tasks', worklist('NONE')],
    ['what one has taken oneself: three tasks', worklist('VEI', { mine: true }, 'busy')],
    ['the tasks of one inquiry', worklist('VEI', { reference })],
  ];
  const claims: Claim[] = [];
  for (const [title, ask] of asked) claims.push(await repeated(db, title, ask));
  return claims;
}

async function repeated(
  db: Db,
  title: string,
  ask: (tx: Tx, repeat: number) => Promise<unknown>,
): Promise<Claim> {
  const rounds: Cost[][] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const costs = await db.inTransaction(async (tx) => {
      const explained = explaining(tx);
      await ask(explained.tx, repeat);
      return explained.costs;
    });
    rounds.push(costs);
  }
  const sum = (costs: readonly Cost[], of: (cost: Cost) => number): number =>
    costs.reduce((total, cost) => total + of(cost), 0);
  const last = rounds.at(-1) ?? [];
  return {
    title,
    ms: median(rounds.map((costs) => sum(costs, ({ ms }) => ms))),
    pages: median(rounds.map((costs) => sum(costs, ({ pages }) => pages))),
    statements: last.length,
    paths: [...new Set(last.flatMap(({ plan }) => pathsOf(plan)))],
  };
}

/** Carries a due job out in the transaction at hand. */
function workedBy({ db, engine }: EngineNode, tx: Tx, job: DueJob | undefined): Promise<unknown> {
  if (!job) throw new Error('nothing is due');
  return engine.dueWork({ ...db, ...tx, inTransaction: (work) => work(tx) }).run(job);
}

const DUE = 20;

async function makeSomeDue({ db, bulk }: EngineNode): Promise<DueJob[]> {
  const waiting = await someWaiting(bulk, DUE);
  await db.query(
    `UPDATE job SET available_at = now() - interval '1 second'
     WHERE tenant_id = $1 AND id = ANY($2)`,
    [TENANT, waiting.map(({ timer }) => timer)],
  );
  return listDue(db, new Date(), [], DUE);
}
