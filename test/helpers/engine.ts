import type { Db } from '../../src/db/database.js';
import type { Outcome } from '../../src/engine/advance.js';
import { ProcessEngine } from '../../src/engine/engine.js';
import type { HandlerDeclaration } from '../../src/engine/handler.js';
import type { Limits } from '../../src/engine/step/budget.js';
import { Worker } from '../../src/jobs/worker.js';
import type { MovableClock } from '../../src/kernel/clock.js';
import { movableClock } from '../../src/kernel/clock.js';
import type { Id } from '../../src/kernel/ids.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { createLogger } from '../../src/kernel/log.js';

/** Engines on one database, used in turn, so that nothing can live in one's memory alone. */
export interface EngineBench {
  db: Db;
  clock: MovableClock;
  tenant: string;
  /** The next of the two nodes. */
  engine(): ProcessEngine;
  deploy(...files: [name: string, content: string][]): Promise<void>;
  start(processId: string, variables?: JsonObject): Promise<Outcome>;
  /** The open task at an element, in any instance. */
  task(elementId: string): Promise<Id>;
  complete(elementId: string, variables?: JsonObject): Promise<Outcome>;
  correlate(name: string, correlationKey: string, variables?: JsonObject): Promise<Outcome>;
  /** Moves the clock and does everything that has fallen due. */
  pass(ms: number): Promise<void>;
  /** Does everything that is due now. */
  settle(): Promise<void>;
  instance(id: Id): Promise<{ status: string; variables: JsonObject }>;
  /** Elements passed, in order, over all instances of a process. */
  passed(processId: string, event?: string): Promise<string[]>;
  /** The elements of all open tasks, by name. */
  openTasks(): Promise<string[]>;
  incidents(): Promise<{ id: Id; elementId: string | null; kind: string; message: string }[]>;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function engineBench(
  db: Db,
  handlers: readonly HandlerDeclaration[] = [],
  { nodes: count = 2, limits = {} }: { nodes?: number; limits?: Partial<Limits> } = {},
): EngineBench {
  const clock = movableClock(new Date('2026-03-02T09:00:00Z'));
  const log = createLogger({ level: 'silent' });
  const nodes = [1, 2].slice(0, count).map((node) => {
    const newId = createIdFactory({ node, clock });
    const engine = new ProcessEngine({ clock, newId, handlers, log, limits });
    return { engine, worker: new Worker({ db, clock, work: engine.dueWork(db), log }) };
  });
  const tenant = 'fjordvik';
  let turn = 0;
  const next = () => {
    const node = nodes[turn++ % nodes.length];
    if (!node) throw new TypeError('no node');
    return node;
  };
  const settle = async (): Promise<void> => {
    // One node may leave work that the other's poll finds.
    while ((await next().worker.runAllDue()).done > 0);
  };
  const task = async (elementId: string): Promise<Id> => {
    const [row] = await db.query<{ id: Id }>(
      `SELECT id FROM user_task WHERE tenant_id = $1 AND element_id = $2 AND state = 'created'
       ORDER BY id LIMIT 1`,
      [tenant, elementId],
    );
    if (!row) throw new Error(`no open task at ${elementId}`);
    return row.id;
  };
  return {
    db,
    clock,
    tenant,
    engine: () => next().engine,
    deploy: async (...files) => {
      const resources = files.map(([name, content]) => ({ name, content }));
      await db.inTransaction((tx) => next().engine.deploy(tx, tenant, { resources, by: 'owner' }));
    },
    start: async (processId, variables = {}) => {
      const request = { processId, variables, by: 'agent' };
      const outcome = await db.inTransaction((tx) => next().engine.start(tx, tenant, request));
      await settle();
      return outcome;
    },
    task,
    complete: async (elementId, variables = {}) => {
      const taskId = await task(elementId);
      const request = { taskId, variables, by: 'caseworker' };
      const outcome = await db.inTransaction((tx) =>
        next().engine.completeTask(tx, tenant, request),
      );
      await settle();
      return outcome;
    },
    correlate: async (name, correlationKey, variables = {}) => {
      const message = { name, correlationKey, variables, by: 'agent' };
      const outcome = await db.inTransaction((tx) => next().engine.correlate(tx, tenant, message));
      await settle();
      return outcome;
    },
    pass: async (ms) => {
      clock.advance(ms);
      await settle();
    },
    settle,
    ...readers(db, tenant),
  };
}

function readers(
  db: Db,
  tenant: string,
): Pick<EngineBench, 'instance' | 'passed' | 'incidents' | 'openTasks'> {
  return {
    instance: async (id) => {
      const [row] = await db.query<{ status: string; variables: JsonObject }>(
        'SELECT status, variables FROM process_instance WHERE tenant_id = $1 AND id = $2',
        [tenant, id],
      );
      if (!row) throw new Error(`no instance ${id}`);
      return row;
    },
    passed: async (processId, event = 'leave') => {
      const rows = await db.query<{ id: string }>(
        `SELECT e->>'id' AS id FROM step_log l
           JOIN process_instance i ON i.tenant_id = l.tenant_id AND i.id = l.instance_id,
           jsonb_array_elements(l.elements) WITH ORDINALITY AS x(e, position)
         WHERE l.tenant_id = $1 AND i.process_id = $2 AND e->>'event' = $3
         ORDER BY l.instance_id, l.revision, position`,
        [tenant, processId, event],
      );
      return rows.map(({ id }) => id);
    },
    openTasks: async () => {
      const rows = await db.query<{ name: string }>(
        `SELECT element_id AS name FROM user_task WHERE tenant_id = $1 AND state = 'created'
         ORDER BY element_id`,
        [tenant],
      );
      return rows.map(({ name }) => name);
    },
    incidents: () =>
      db.query(
        `SELECT id, element_id AS "elementId", kind, message FROM incident
         WHERE tenant_id = $1 AND resolved_at IS NULL ORDER BY id`,
        [tenant],
      ),
  };
}
