import type { Db } from '../../../src/db/database.js';
import { ProcessEngine } from '../../../src/engine/engine.js';
import { BpmnError } from '../../../src/engine/handler.js';
import type { HandlerDeclaration } from '../../../src/engine/handler.js';
import { Worker } from '../../../src/jobs/worker.js';
import { movableClock } from '../../../src/kernel/clock.js';
import type { MovableClock } from '../../../src/kernel/clock.js';
import { createIdFactory } from '../../../src/kernel/ids.js';
import { createLogger } from '../../../src/kernel/log.js';

/** How the engines that run a case are chosen; the trace must be the same in all. */
export type Mode = 'straight' | 'recovered' | 'two nodes';

export const MODES: Record<Mode, string> = {
  straight: 'straight through on one node',
  recovered: 'by a fresh engine from the stored state at every step',
  'two nodes': 'on two nodes in turn',
};

/** Where one case is played once. */
export interface Stage {
  db: Db;
  tenant: string;
  clock: MovableClock;
  /** The engine whose turn it is. */
  engine(): ProcessEngine;
  /** Does all that is due; the failure of any of it fails the case. */
  settle(): Promise<void>;
  /** Takes away what would fall due later, so that no other case hears of it. */
  clear(): Promise<void>;
}

const title = { nb: 'Prøve', en: 'Test' };
const none = { title, inputs: [], outputs: [] };

/** What the service tasks of the cases may ask for; other types are for external workers. */
const HANDLERS: readonly HandlerDeclaration[] = [
  { ...none, name: 'at-once', runs: 'in-step', run: async () => ({ worked: true }) },
  { ...none, name: 'as-job', runs: 'as-job', run: async () => ({ worked: true }) },
  {
    ...none,
    name: 'refuse',
    runs: 'in-step',
    run: async (_, { headers }) => {
      throw new BpmnError(headers['code'] ?? 'REFUSED', 'refused', { refused: true });
    },
  },
];

/** More than any case needs for what follows at once from one step. */
const MOST_ROUNDS = 60;

/** Signals that call each other without end, say: each a step of its own, so nothing stops them. */
export class EndlessError extends Error {}

/** Due work that was undone, and says why. */
export class FailedWorkError extends Error {}

interface Node {
  engine: ProcessEngine;
  worker: Worker;
}

/** The databases are those of the first and of the second node. */
export function stageFor(mode: Mode, tenant: string, databases: readonly [Db, Db]): Stage {
  const clock = movableClock(new Date('2026-03-02T09:00:00Z'));
  const log = createLogger({ level: 'silent' });
  const factories = [1, 2].map((node) => createIdFactory({ node, clock }));
  const newId = (index: number) => factories[index] ?? createIdFactory({ node: 3, clock });
  const build = (index: 0 | 1): Node => {
    const db = databases[index];
    const options = { clock, newId: newId(index), handlers: HANDLERS, log };
    const engine = new ProcessEngine({ ...options, ...(mode === 'recovered' && { cacheSize: 0 }) });
    return { engine, worker: new Worker({ db, clock, log, work: engine.dueWork(db) }) };
  };
  const first = build(0);
  const nodes = mode === 'two nodes' ? [first, build(1)] : [first];
  let turn = 0;
  const next = (): Node =>
    mode === 'recovered' ? build(0) : (nodes[turn++ % nodes.length] ?? first);
  const [db] = databases;
  return {
    db,
    tenant,
    clock,
    engine: () => next().engine,
    settle: async () => {
      for (let rounds = 0; ; rounds++) {
        if (rounds > MOST_ROUNDS) throw new EndlessError('what is due now has no end');
        const { done, failed } = await next().worker.runOnce();
        if (failed) throw new FailedWorkError(await lastError(db, tenant));
        if (!done) return;
      }
    },
    clear: async () => {
      await db.query('DELETE FROM job WHERE tenant_id = $1', [tenant]);
    },
  };
}

async function lastError(db: Db, tenant: string): Promise<string> {
  const rows = await db.query<{ type: string; last_error: string | null }>(
    'SELECT type, last_error FROM job WHERE tenant_id = $1 AND last_error IS NOT NULL',
    [tenant],
  );
  return rows.map(({ type, last_error: error }) => `${type}: ${error}`).join('; ');
}
