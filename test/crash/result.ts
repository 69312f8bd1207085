import { migrations } from '../../migrations/index.js';
import type { Db } from '../../src/db/database.js';
import { openDatabase } from '../../src/db/database.js';
import { ProcessEngine } from '../../src/engine/engine.js';
import type { ElementModel, ProcessModel } from '../../src/engine/model/process-model.js';
import { systemClock } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/kernel/log.js';
import type { EndedInstance } from './audit.js';
import { leaves, readEventCounts, readInstances } from './audit.js';
import type { LoadRun } from './run.js';
import { TENANT } from './set-up.js';

/** A run, and what its database says when all is over. */
export interface RunResult {
  run: LoadRun;
  db: Db;
  instances: readonly EndedInstance[];
  /** Events of each case by kind, by reference. */
  events: ReadonlyMap<string, Record<string, number>>;
  modelOf(instance: EndedInstance): ProcessModel;
  /** How often service tasks of these types were done, each execution of a repeated one counted. */
  workDone(instances: readonly EndedInstance[], types: readonly string[]): number;
  /** How often such work was begun, and neither done nor called off before its process was terminated. */
  workCutOff(instances: readonly EndedInstance[], types: readonly string[]): number;
}

/** Executions of each repeated activity in the models of the test. */
const COPIES = 3;

/** Opens the database of a run whose nodes have stopped. */
export async function readResult(run: LoadRun): Promise<RunResult> {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = run.env;
  const db = await openDatabase({ migrations, databaseUrl, dataDir });
  const instances = await readInstances(db);
  const models = await readModels(db, instances);
  const modelOf = ({ definitionId }: EndedInstance) => models.get(definitionId)!;
  const done = (one: EndedInstance, chosen: (element: ElementModel) => boolean) =>
    leaves(one, modelOf(one), chosen);
  return {
    run,
    db,
    instances,
    events: await readEventCounts(db),
    modelOf,
    workDone: (own, types) =>
      own.reduce((sum, one) => {
        const isMeant = ({ job }: ElementModel) => job !== null && types.includes(job.type);
        const all = done(one, isMeant);
        const repeated = done(one, (element) => isMeant(element) && element.loop !== null);
        return sum + all + (COPIES - 1) * repeated;
      }, 0),
    workCutOff: (own, types) =>
      own.reduce((sum, one) => {
        const left = [...modelOf(one).elements.values()]
          .filter(({ job }) => job !== null && types.includes(job.type))
          .map(({ id }) => one.passages.get(id) ?? { enter: 0, leave: 0, cancel: 0 });
        return left.reduce((all, { enter, leave, cancel }) => all + enter - leave - cancel, sum);
      }, 0),
  };
}

async function readModels(
  db: Db,
  instances: readonly EndedInstance[],
): Promise<Map<string, ProcessModel>> {
  const log = createLogger({ level: 'silent' });
  const engine = new ProcessEngine({ clock: systemClock, newId: () => '0', handlers: [], log });
  const models = new Map<string, ProcessModel>();
  for (const { definitionId } of instances) {
    if (models.has(definitionId)) continue;
    models.set(definitionId, await engine.model(db, TENANT, definitionId));
  }
  return models;
}
