import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../src/db/database.js';
import { openNode } from './durable-cases.js';
import { scenarioNamed } from './scenario.js';

/** What the parent hands over as the only argument, as JSON. */
export interface WaitingRequest {
  databaseUrl: string;
  scenario: string;
  /** At how many waiting cases to look, in ascending order. */
  counts: number[];
}

/** A look at the node and its database while so many cases wait. */
export interface Look {
  waiting: number;
  secondsToStart: number;
  rssMb: number;
  heapMb: number;
  /** Bytes in the database by table with its indexes and TOAST, each case's share. */
  bytesPerCase: Record<string, number>;
  stateBytes: number;
}

const CLIENTS = 8;

const TABLES = [
  'process_instance',
  'user_task',
  'job',
  'step_log',
  'message_subscription',
  'incident',
];

/** Really starts the cases, and looks on the way. Runs in a process of its own, with --expose-gc. */
async function look({ databaseUrl, scenario, counts }: WaitingRequest): Promise<Look[]> {
  const node = await openNode(scenarioNamed(scenario), { databaseUrl });
  const looks = [await lookNow(node.db, 0, 0)];
  const startedAt = performance.now();
  let begun = 0;
  for (const count of counts) {
    const lane = async (): Promise<void> => {
      while (begun < count) {
        begun += 1;
        await node.begin();
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, lane));
    looks.push(await lookNow(node.db, count, (performance.now() - startedAt) / 1000));
  }
  await node.db.close();
  return looks;
}

async function lookNow(db: Db, waiting: number, secondsToStart: number): Promise<Look> {
  // Finalisers of the first collection free what the second one finds.
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await delay(200);
  }
  const { rss, heapUsed } = process.memoryUsage();
  const sizes = await db.query<{ name: string; bytes: string }>(
    'SELECT t AS name, pg_total_relation_size(t::regclass) AS bytes FROM unnest($1::text[]) t',
    [TABLES],
  );
  const [state] = await db.query<{ bytes: string | null }>(
    'SELECT round(avg(octet_length(state))) AS bytes FROM process_instance',
  );
  return {
    waiting,
    secondsToStart,
    rssMb: rss / 2 ** 20,
    heapMb: heapUsed / 2 ** 20,
    bytesPerCase: Object.fromEntries(
      sizes.map(({ name, bytes }) => [name, Number(bytes) / waiting]),
    ),
    stateBytes: Number(state?.bytes ?? 0),
  };
}

const request = JSON.parse(process.argv[2] ?? '{}') as WaitingRequest;
look(request).then(
  (result) => process.send?.({ result }),
  (error: unknown) => {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) });
    process.exit(1);
  },
);
