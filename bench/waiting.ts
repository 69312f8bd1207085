import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../src/db/database.js';
import { copyCases } from './copy-cases.js';
import { openNode } from './durable-cases.js';
import { scenarioNamed } from './scenario.js';

/** What the parent hands over as the only argument, as JSON. */
export interface WaitingRequest {
  databaseUrl: string;
  scenario: string;
  /** At how many waiting cases to look, in ascending order. */
  counts: number[];
  /** How long cases may be started; what is lacking then is copied in the database. */
  limitMs: number;
}

/** A look at the node and its database while so many cases wait. */
export interface Look {
  waiting: number;
  /** How many of them were started; the others are copies. */
  started: number;
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
async function look(request: WaitingRequest): Promise<Look[]> {
  const { databaseUrl, scenario, counts, limitMs } = request;
  const node = await openNode(scenarioNamed(scenario), { databaseUrl });
  const looks = [await lookNow(node.db, { waiting: 0, started: 0, secondsToStart: 0 })];
  let startingMs = 0;
  let started = 0;
  for (const waiting of counts) {
    const since = performance.now();
    const mayStart = () => started < waiting && startingMs + performance.now() - since < limitMs;
    const lane = async (): Promise<void> => {
      while (mayStart()) {
        started += 1;
        await node.begin();
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, lane));
    startingMs += performance.now() - since;
    if (started < waiting) await copyCases(node.db, started, waiting);
    looks.push(await lookNow(node.db, { waiting, started, secondsToStart: startingMs / 1000 }));
  }
  await node.db.close();
  return looks;
}

async function lookNow(
  db: Db,
  cases: Pick<Look, 'waiting' | 'started' | 'secondsToStart'>,
): Promise<Look> {
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
    ...cases,
    rssMb: rss / 2 ** 20,
    heapMb: heapUsed / 2 ** 20,
    bytesPerCase: Object.fromEntries(
      sizes.map(({ name, bytes }) => [name, Number(bytes) / cases.waiting]),
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
