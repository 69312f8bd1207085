import type { Outcome } from '../../src/engine/advance.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { TENANT } from '../durable-cases.js';
import { median } from '../rounds.js';
import { chainOf, reworkLoop } from './models.js';
import { openEngineNode } from './open-node.js';
import type { EngineNode } from './open-node.js';

/** A young and an old instance, stepped in turns. */
export interface AgeRow {
  title: string;
  /** Steps behind each when the measuring began. */
  young: number;
  old: number;
  /** Medians, in milliseconds. */
  youngMs: number;
  oldMs: number;
  /** Median of processor time in the node, in milliseconds. */
  youngCpuMs: number;
  oldCpuMs: number;
  /** The stored state at the end, in bytes. */
  youngBytes: number;
  oldBytes: number;
}

interface Contest {
  title: string;
  young: string;
  old: string;
  /** Steps the old one takes before. */
  ahead: number;
  variables: JsonObject;
}

const STEPS = 100;

const CONTESTS: readonly Contest[] = [
  {
    title: 'a rework loop',
    young: 'rework',
    old: 'rework',
    ahead: 900,
    variables: { again: true },
  },
  {
    title: 'a chain of 500 tasks',
    young: 'chain-500',
    old: 'chain-500',
    ahead: 394,
    variables: {},
  },
  {
    title: 'a chain of 110 tasks, beside one of 500',
    young: 'chain-110',
    old: 'chain-500',
    ahead: 0,
    variables: {},
  },
];

/** Steps before the measuring, so that neither is the one that warms the code up. */
const WARM_UP = 5;

/**
 * Whether a step costs more the longer its instance's history is. The two step in turns, so that
 * whatever else the machine does hits both.
 * @param cacheSize 0: every measured step recovers its instance from the stored state
 */
export async function measureAges(databaseUrl: string, cacheSize?: number): Promise<AgeRow[]> {
  const node = await openEngineNode(databaseUrl, cacheSize);
  const ahead = await openEngineNode(databaseUrl);
  await node.deploy([reworkLoop, chainOf(110), chainOf(500)]);
  const rows: AgeRow[] = [];
  for (const contest of CONTESTS) rows.push(await contend(node, ahead, contest));
  await ahead.close();
  await node.close();
  return rows;
}

/** @param hurry the node that takes the old one's first steps, which keeps its engine in memory */
async function contend(node: EngineNode, hurry: EngineNode, contest: Contest): Promise<AgeRow> {
  const { title, variables, ahead } = contest;
  const young = await walker(node, contest.young, variables);
  const old = await walker(node, contest.old, variables);
  for (let step = 0; step < ahead; step += 1) await old.step(hurry);
  for (let step = 0; step < WARM_UP; step += 1) await old.step();
  for (let step = 0; step < WARM_UP; step += 1) await young.step();
  young.times.length = 0;
  old.times.length = 0;
  for (let step = 0; step < STEPS; step += 1) {
    for (const next of step % 2 ? [young, old] : [old, young]) await next.step();
  }
  const wall = ({ times }: Walker) => median(times.map(({ ms }) => ms));
  const cpu = ({ times }: Walker) => median(times.map(({ cpuMs }) => cpuMs));
  return {
    title,
    young: WARM_UP,
    old: WARM_UP + ahead,
    youngMs: wall(young),
    oldMs: wall(old),
    youngCpuMs: cpu(young),
    oldCpuMs: cpu(old),
    youngBytes: await young.stateBytes(),
    oldBytes: await old.stateBytes(),
  };
}

interface Walker {
  times: { ms: number; cpuMs: number }[];
  /** With another node than its own, if one is given. */
  step(by?: EngineNode): Promise<void>;
  stateBytes(): Promise<number>;
}

/** Completes one instance's tasks, one after the other. */
async function walker(node: EngineNode, processId: string, variables: JsonObject): Promise<Walker> {
  let last: Outcome = await node.start(processId, variables);
  const times: Walker['times'] = [];
  return {
    times,
    step: async (by = node) => {
      const [task] = last.openedTasks;
      if (!task) throw new Error(`${processId} opened no task`);
      const cpu = process.cpuUsage();
      const since = performance.now();
      last = await by.complete(task.id, variables);
      const { user, system } = process.cpuUsage(cpu);
      times.push({ ms: performance.now() - since, cpuMs: (user + system) / 1000 });
    },
    stateBytes: async () => {
      const [row] = await node.db.query<{ bytes: number }>(
        `SELECT octet_length(state) AS bytes FROM process_instance
         WHERE tenant_id = $1 AND id = $2`,
        [TENANT, last.instanceId],
      );
      return row?.bytes ?? 0;
    },
  };
}
