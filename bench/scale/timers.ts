import type { ChildProcess } from 'node:child_process';
import { TENANT } from '../durable-cases.js';
import { forkProgram, nextAnswer } from '../way-process.js';
import { someWaiting } from './fill.js';
import type { NodeMemory, NodeQuestion, Worked } from './node-program.js';
import type { EngineNode } from './open-node.js';

export interface Load {
  /** Timers that fall due in a second. */
  timersPerSecond: number;
  tasksPerSecond: number;
  seconds: number;
}

/** A node at work while so many cases wait. */
export interface NodeAtWork extends NodeMemory {
  load: Load;
  /** How late the timers' steps were committed, in milliseconds. */
  late: { median: number; p99: number; most: number };
  fired: number;
  completed: number;
  /** Share of one core that the node's process took. */
  cpu: number;
}

/** From the order to the first timer: the node is at rest by then. */
const HEAD_START_MS = 2000;

/** Starts a node, lets timers fall due evenly while tasks are completed, and looks at it. */
export async function watchNode(
  node: EngineNode,
  databaseUrl: string,
  load: Load,
): Promise<NodeAtWork> {
  const { seconds, timersPerSecond, tasksPerSecond } = load;
  const timers = seconds * timersPerSecond;
  const waiting = await someWaiting(node.bulk, timers + seconds * tasksPerSecond);
  const child = forkProgram('scale/node-program.js', [databaseUrl], ['--expose-gc']);
  await nextAnswer(child);
  const from = Date.now() + HEAD_START_MS;
  const due = waiting
    .slice(0, timers)
    .map(({ timer }, index): [string, number] => [timer, from + (index * 1000) / timersPerSecond]);
  await node.db.query(
    `UPDATE job SET available_at = d.at FROM unnest($2::bigint[], $3::timestamptz[]) AS d(id, at)
     WHERE job.tenant_id = $1 AND job.id = d.id`,
    [TENANT, due.map(([id]) => id), due.map(([, at]) => new Date(at))],
  );
  const tasks = waiting.slice(timers).map(({ task }) => task);
  const worked = await ask<Worked>(child, { work: { due, tasks } });
  const memory = await ask<NodeMemory>(child, { memory: true });
  await ask(child, { close: true });
  return {
    ...memory,
    load,
    late: lateness(worked.lateMs),
    fired: worked.lateMs.length,
    completed: worked.completed,
    cpu: worked.cpuMs / 1000 / worked.seconds,
  };
}

function ask<T>(child: ChildProcess, question: NodeQuestion): Promise<T> {
  child.send(question);
  return nextAnswer(child) as Promise<T>;
}

function lateness(lateMs: readonly number[]): NodeAtWork['late'] {
  const sorted = lateMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
  return { median: at(0.5), p99: at(0.99), most: at(1) };
}
