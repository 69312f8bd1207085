import type { Db } from '../../src/db/database.js';
import type { Stretch } from '../cases.js';
import { median } from '../rounds.js';
import { startWay } from '../way-process.js';
import { serverCpu } from './server-cpu.js';

/** One node, or two at once, in the middle round. */
export interface NodesRow {
  title: string;
  casesPerSecond: number;
  /** Cores that each process kept busy. */
  nodes: number[];
  server: number;
  /** Processor time of nodes and server together for a case, in milliseconds. */
  cpuMsPerCase: number;
}

export interface NodesResult {
  rows: NodesRow[];
  /** Two nodes' rate to one's, round by round. */
  ratio: { median: number; least: number; most: number };
  rounds: number;
  clients: number;
}

const CLIENTS = 8;

/** Lets one node start and complete cases, then two with as many clients each, in turns. */
export async function compareNodes(
  db: Db,
  databaseUrl: string,
  { rounds, ms }: { rounds: number; ms: number },
): Promise<NodesResult> {
  const cpuOf = await serverCpu(db);
  const open = () => startWay({ kind: 'durable', scenario: 'five', databaseUrl });
  const ways = [await open(), await open()];
  for (const way of ways) await way.run(ms, CLIENTS);
  const run = async (count: number): Promise<Heat> => {
    const before = cpuOf();
    const since = performance.now();
    const stretches = await Promise.all(ways.slice(0, count).map((way) => way.run(ms, CLIENTS)));
    return { stretches, serverMs: cpuOf() - before, wallMs: performance.now() - since };
  };
  const heats = { one: [] as Heat[], two: [] as Heat[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const key of round % 2 ? (['two', 'one'] as const) : (['one', 'two'] as const)) {
      heats[key].push(await run(key === 'one' ? 1 : 2));
    }
  }
  for (const way of ways) await way.close();
  const ratios = heats.two.map((heat, round) => rateOf(heat) / rateOf(heats.one[round] ?? heat));
  return {
    rows: [rowOf('one node', heats.one), rowOf('two nodes', heats.two)],
    ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
    rounds,
    clients: CLIENTS,
  };
}

interface Heat {
  stretches: Stretch[];
  serverMs: number;
  wallMs: number;
}

const rateOf = ({ stretches }: Heat): number =>
  stretches.reduce((total, { cases, wallMs }) => total + (cases / wallMs) * 1000, 0);

function rowOf(title: string, heats: readonly Heat[]): NodesRow {
  const middle = (of: (heat: Heat) => number): number => median(heats.map(of));
  const nodes = (heats[0]?.stretches ?? []).map((_, index) =>
    middle(({ stretches }) => busy(stretches[index])),
  );
  return {
    title,
    casesPerSecond: middle(rateOf),
    nodes,
    server: middle(({ serverMs, wallMs }) => serverMs / wallMs),
    cpuMsPerCase: middle(({ stretches, serverMs }) => {
      const cpuMs = stretches.reduce((total, stretch) => total + stretch.cpuMs, serverMs);
      return cpuMs / stretches.reduce((total, { cases }) => total + cases, 0);
    }),
  };
}

const busy = (stretch: Stretch | undefined): number =>
  stretch ? stretch.cpuMs / stretch.wallMs : 0;
