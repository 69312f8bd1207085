import { join } from 'node:path';
import type { Way } from './cases.js';
import { preparePgbench } from './pgbench.js';
import type { Shares } from './profile.js';
import type { Competitor } from './rounds.js';
import type { Scenario } from './scenario.js';
import { startWay } from './way-process.js';
import type { WayProcess } from './way-process.js';

export interface Ground {
  /** Makes an empty database and resolves to its URL. */
  newDatabase(name: string): Promise<string>;
  /** The folder of the PostgreSQL programs. */
  programs: string;
  /** A folder that goes when the benchmark ends. */
  folder: string;
}

export interface Field {
  competitors: Competitor[];
  /** Where a node on PostgreSQL with eight clients spends its time, and where raw does. */
  profile(ms: number): Promise<{ durable: Shares; raw: Shares }>;
  close(): Promise<void>;
}

const CLIENTS = 8;

/** Starts everything that is to be compared over one scenario, warm. */
export async function openField(scenario: Scenario, ground: Ground): Promise<Field> {
  const { name } = scenario;
  const open = (kind: Way['kind'], where: Partial<Way> = {}): Promise<WayProcess> =>
    startWay({ kind, scenario: name, ...where });
  const raw = await open('raw');
  const rawSaved = await open('raw-saved');
  const alone = await open('engine');
  const aloneUntuned = await open('engine', { tunings: [] });
  const server = await open('durable', {
    databaseUrl: await ground.newDatabase(`durable_${name}`),
  });
  const untuned = await open('durable', {
    tunings: [],
    databaseUrl: await ground.newDatabase(`untuned_${name}`),
  });
  const cold = await open('durable-cold', {
    databaseUrl: await ground.newDatabase(`cold_${name}`),
  });
  const embedded = await open('durable', { dataDir: join(ground.folder, `embedded-${name}`) });
  const limitUrl = await ground.newDatabase(`limit_${name}`);
  const limit = await preparePgbench(scenario, limitUrl, ground.programs, ground.folder);
  const ours = (key: string, title: string, way: WayProcess, clients: number): Competitor => ({
    key,
    title,
    run: async (ms) => {
      const { cases, wallMs, cpuMs } = await way.run(ms, clients);
      return { casesPerSecond: (cases / wallMs) * 1000, cpuMsPerCase: cpuMs / cases };
    },
  });
  const pgbench = (clients: number): Competitor => ({
    key: `pgbench-${clients}`,
    title: `pgbench, ${clients} client${clients > 1 ? 's' : ''}`,
    run: (ms) => limit.run(ms / 1000, clients),
  });
  const ways = [raw, rawSaved, alone, aloneUntuned, server, untuned, cold, embedded];
  for (const way of ways) await way.run(WARM_UP_MS, CLIENTS);
  return {
    competitors: [
      ours('raw', 'bpmn-engine in memory, as it comes', raw, 1),
      ours('raw-saved', 'the same with getState() as text once', rawSaved, 1),
      ours('engine', 'our engine alone, in memory', alone, 1),
      ours('engine-untuned', 'the same, not tuned', aloneUntuned, 1),
      ours('server-1', 'durable on PostgreSQL, 1 client', server, 1),
      ours('server-8', 'durable on PostgreSQL, 8 clients', server, CLIENTS),
      ours('untuned-8', 'the same, not tuned', untuned, CLIENTS),
      ours('cold-8', 'tuned, recovering at every step', cold, CLIENTS),
      ours('embedded-8', 'durable on the embedded database, 8 clients', embedded, CLIENTS),
      pgbench(1),
      pgbench(CLIENTS),
    ],
    profile: async (ms) => ({
      durable: await server.profile(ms, CLIENTS),
      raw: await raw.profile(ms, 1),
    }),
    close: async () => {
      for (const way of ways) await way.close();
    },
  };
}

const WARM_UP_MS = 2000;
