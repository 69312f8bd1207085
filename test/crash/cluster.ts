import { setTimeout as delay } from 'node:timers/promises';
import { buildServer } from './built-server.js';
import type { Moments } from './moments.js';
import { MOMENTS, watchMoments } from './moments.js';
import type { Random } from './random.js';
import type { ServerNode } from './server-node.js';
import { startServerNode } from './server-node.js';

/** The nodes of one installation, some of which are dead at any time. */
export interface Cluster {
  /** A node that serves just now, any of them; waits until there is one. */
  url(): Promise<string>;
  /** Resolves when every node serves. */
  allServe(): Promise<void>;
  /**
   * Kills one node, or all, at a random moment, and starts what is dead again: while it starts, while
   * it serves, or just when a request came in.
   */
  killRound(): Promise<void>;
  /** Told by the clients what they begin, so that some crashes come just then. */
  readonly moments: Moments;
  /** What was killed so far: while it served, or before it did. */
  readonly kills: { serving: number; starting: number };
  /** Ends the installation in good order; resolves to the nodes' exit codes. */
  stop(): Promise<(number | null)[]>;
  /** Ends it in any order, when a test has failed. */
  destroy(): Promise<void>;
  /** What all nodes complained of in their logs, with how often. */
  complaints(): string[];
}

/** A node that has not served for so long never will. */
const START_LIMIT_MS = 120_000;

/** Some rounds kill a node while it starts, which takes about so long. */
const STARTING_MS = 3_000;

/** Starts `count` nodes of the same program with the same environment. */
export function startCluster(count: number, env: Record<string, string>, random: Random): Cluster {
  const moments = watchMoments();
  const program = buildServer();
  const start = () => startServerNode(program, env);
  const everStarted: ServerNode[] = [];
  const nodes = Array.from({ length: count }, start);
  everStarted.push(...nodes);
  const kills = { serving: 0, starting: 0 };
  let turn = 0;

  const serving = () => nodes.filter(({ url }) => url !== undefined);
  const kill = async (victim: ServerNode) => {
    kills[victim.url === undefined ? 'starting' : 'serving'] += 1;
    await victim.kill();
    const fresh = start();
    nodes[nodes.indexOf(victim)] = fresh;
    everStarted.push(fresh);
  };
  const oneServes = async () => {
    const limit = AbortSignal.timeout(START_LIMIT_MS);
    while (serving().length === 0) {
      if (limit.aborted) throw new Error(`no node serves: ${nodes[0]?.said.join('\n')}`);
      await Promise.race([...nodes.map(({ settled }) => settled), delay(1000)]);
      await delay(10);
    }
  };
  return {
    kills,
    moments,
    async url() {
      await oneServes();
      const alive = serving();
      return alive[turn++ % alive.length]?.url ?? '';
    },
    async allServe() {
      await Promise.all(nodes.map(({ settled }) => settled));
    },
    async killRound() {
      const early = random.chance(0.2);
      const victims = nodes.filter((_, at) => at === random.below(count) || random.chance(0.4));
      const moment = random.pick(MOMENTS);
      const aimed = random.chance(0.6);
      if (!early) await oneServes();
      await delay(early ? random.below(STARTING_MS) : 50 + random.below(aimed ? 500 : 1500));
      if (!early && aimed) await moments.next(moment).then(() => delay(random.below(150)));
      const chosen = victims.length > 0 ? victims : [random.pick(nodes)];
      await Promise.all(chosen.map(kill));
    },
    stop: () => Promise.all(nodes.map((node) => node.settled.then(() => node.stop()))),
    async destroy() {
      await Promise.all(nodes.map((node) => node.kill()));
    },
    complaints() {
      const sum = new Map<string, number>();
      for (const { complaints } of everStarted) {
        for (const [message, times] of complaints)
          sum.set(message, (sum.get(message) ?? 0) + times);
      }
      return [...sum].map(([message, times]) => `${times} × ${message}`);
    },
  };
}
