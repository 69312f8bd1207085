import { migrations } from '../migrations/index.js';
import type { Db } from '../src/db/database.js';
import { openDatabase } from '../src/db/database.js';
import { ProcessEngine } from '../src/engine/engine.js';
import type { HandlerDeclaration } from '../src/engine/handler.js';
import { systemClock } from '../src/kernel/clock.js';
import type { Id } from '../src/kernel/ids.js';
import { createIdFactory } from '../src/kernel/ids.js';
import { createLogger } from '../src/kernel/log.js';
import type { Cases } from './cases.js';
import { COMPLETED_WITH, NOTHING, STARTED_WITH } from './scenario.js';
import type { Scenario } from './scenario.js';

export const TENANT = 'fjordvik';

const nothing: HandlerDeclaration = {
  name: NOTHING,
  title: { nb: 'Ingenting', en: 'Nothing' },
  runs: 'in-step',
  inputs: [],
  outputs: [],
  run: async () => ({}),
};

/** One node of the application on a database: its engine, and the scenario deployed. */
export interface DurableNode {
  db: Db;
  /** Starts a case and resolves to its task, which waits. */
  begin(): Promise<Id>;
  complete(taskId: Id): Promise<void>;
}

export interface Where {
  databaseUrl?: string;
  dataDir?: string;
  /** 0: every step recovers its instance from the stored state. */
  cacheSize?: number;
}

export async function openNode(scenario: Scenario, where: Where): Promise<DurableNode> {
  const { cacheSize, ...place } = where;
  const log = createLogger({ level: 'error' });
  const db = await openDatabase({ migrations, log, ...place });
  const engine = new ProcessEngine({
    clock: systemClock,
    newId: createIdFactory({ node: db.node }),
    handlers: [nothing],
    log,
    ...(cacheSize !== undefined && { cacheSize }),
  });
  const { processId, deployed } = scenario;
  const resources = [{ name: `${processId}.bpmn`, content: deployed }];
  await db.inTransaction((tx) => engine.deploy(tx, TENANT, { resources, by: 'owner' }));
  return {
    db,
    begin: async () => {
      const request = { processId, variables: { ...STARTED_WITH }, by: 'agent' };
      const { openedTasks } = await db.inTransaction((tx) => engine.start(tx, TENANT, request));
      const [task] = openedTasks;
      if (!task) throw new Error('a case opened no task');
      return task.id;
    },
    complete: async (taskId) => {
      const request = { taskId, variables: { ...COMPLETED_WITH }, by: 'caseworker' };
      const { status } = await db.inTransaction((tx) => engine.completeTask(tx, TENANT, request));
      if (status !== 'completed') throw new Error(`a durable case is ${status}`);
    },
  };
}

export async function durableCases(scenario: Scenario, where: Where): Promise<Cases> {
  const node = await openNode(scenario, where);
  return {
    run: async () => node.complete(await node.begin()),
    close: () => node.db.close(),
  };
}
