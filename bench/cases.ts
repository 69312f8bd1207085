import type { TuningName } from '../src/engine/tuning/tune.js';

/** Something that can take one case from start to end. */
export interface Cases {
  run(): Promise<void>;
  close(): Promise<void>;
}

/** Which way a case is run, and where. */
export interface Way {
  kind: 'raw' | 'raw-saved' | 'engine' | 'engine-cold' | 'durable' | 'durable-cold';
  scenario: string;
  /** What of bpmn-engine's plumbing is replaced in our engine room; all that there is, when absent. */
  tunings?: readonly TuningName[];
  databaseUrl?: string;
  dataDir?: string;
}

/** One stretch of running, in the child's own measure. */
export interface Stretch {
  cases: number;
  wallMs: number;
  cpuMs: number;
}

/** Runs cases one after another in each of `clients` lanes for `ms`; the last ones are finished. */
export async function runFor(cases: Cases, ms: number, clients: number): Promise<Stretch> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  let count = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - startedAt < ms) {
      await cases.run();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, lane));
  const { user, system } = process.cpuUsage(cpu);
  return { cases: count, wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
}
