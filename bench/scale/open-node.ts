import pg from 'pg';
import { migrations } from '../../migrations/index.js';
import type { Db } from '../../src/db/database.js';
import { openDatabase } from '../../src/db/database.js';
import type { Tx } from '../../src/db/tx.js';
import type { Outcome } from '../../src/engine/advance.js';
import { ProcessEngine } from '../../src/engine/engine.js';
import { systemClock } from '../../src/kernel/clock.js';
import type { Id } from '../../src/kernel/ids.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { createLogger } from '../../src/kernel/log.js';
import { TENANT } from '../durable-cases.js';
import type { BenchModel } from './models.js';

/** An engine on a database, with whatever models it is given. */
export interface EngineNode {
  db: Db;
  /** Without the product's limit on a statement's time: for filling and tidying. */
  bulk: Tx;
  engine: ProcessEngine;
  newId: () => Id;
  deploy(models: readonly BenchModel[]): Promise<void>;
  start(processId: string, variables?: JsonObject): Promise<Outcome>;
  complete(taskId: Id, variables?: JsonObject): Promise<Outcome>;
  close(): Promise<void>;
}

/** @param cacheSize 0: every step recovers its instance from the stored state */
export async function openEngineNode(databaseUrl: string, cacheSize?: number): Promise<EngineNode> {
  const log = createLogger({ level: 'error' });
  const db = await openDatabase({ migrations, log, databaseUrl });
  const newId = createIdFactory({ node: db.node });
  const engine = new ProcessEngine({
    clock: systemClock,
    newId,
    handlers: [],
    log,
    ...(cacheSize !== undefined && { cacheSize }),
  });
  const client = new pg.Client(databaseUrl);
  await client.connect();
  return {
    db,
    bulk: {
      query: async <R>(sql: string, parameters: readonly unknown[] = []) => {
        const { rows } = await client.query(sql, [...parameters]);
        return rows as R[];
      },
    },
    engine,
    newId,
    deploy: async (models) => {
      const resources = models.map(({ processId, xml }) => ({
        name: `${processId}.bpmn`,
        content: xml,
      }));
      await db.inTransaction((tx) => engine.deploy(tx, TENANT, { resources, by: 'owner' }));
    },
    start: (processId, variables = {}) =>
      db.inTransaction((tx) => engine.start(tx, TENANT, { processId, variables, by: 'agent' })),
    complete: (taskId, variables = {}) =>
      db.inTransaction((tx) =>
        engine.completeTask(tx, TENANT, { taskId, variables, by: 'caseworker' }),
      ),
    close: async () => {
      await client.end();
      await db.close();
    },
  };
}
