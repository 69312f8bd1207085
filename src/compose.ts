import type { Express } from 'express';
import { migrations } from '../migrations/index.js';
import { buildApp } from './compose/build-app.js';
import { buildEngine } from './compose/build-engine.js';
import type { EngineSide } from './compose/build-engine.js';
import { createDemoClock } from './compose/demo-clock.js';
import type { DemoClock } from './compose/demo-clock.js';
import { openMailIn } from './compose/mail-in.js';
import { seedDemo } from './compose/seed.js';
import { openDatabase } from './db/database.js';
import type { Db } from './db/database.js';
import { JobActivation } from './engine/job-activation.js';
import { systemClock } from './kernel/clock.js';
import type { Clock } from './kernel/clock.js';
import type { Config } from './kernel/config.js';
import { createLogger } from './kernel/log.js';
import type { Logger } from './kernel/log.js';

export interface ApplicationOptions {
  readonly config: Config;
  /** The machine's own by default; demo mode moves on from it. */
  readonly clock?: Clock;
  /** An open database, which stays the caller's to close. */
  readonly db?: Db;
  readonly log?: Logger;
}

/** One node of the product: everything built and wired, nothing running yet. */
export interface Application extends Pick<EngineSide, 'engine' | 'worker' | 'registerInquiry'> {
  readonly app: Express;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  /** Begins to do what falls due. */
  start(): Promise<void>;
  /** Says to balancers that no more should come here; requests are still answered. */
  refuseNew(): void;
  /** Finishes what is under way and closes what it opened. */
  stop(): Promise<void>;
}

/** Builds a node, and brings the demo municipalities up to date. */
export async function createApplication(options: ApplicationOptions): Promise<Application> {
  const { config } = options;
  const log = options.log ?? createLogger({ level: config.logLevel });
  const db = options.db ?? (await openConfiguredDatabase(config, log));
  const closeDb = () => (options.db ? Promise.resolve() : db.close());
  try {
    const demoClock = createDemoClock(db, options.clock ?? systemClock);
    await demoClock.refresh();
    const { clock } = demoClock;
    const engineSide = buildEngine(config, db, clock, log);
    await seedDemo({ ...engineSide, db, clock, log: log.child('seed') });
    return assemble({ config, db, clock, log }, engineSide, demoClock, closeDb);
  } catch (error) {
    await closeDb();
    throw error;
  }
}

/** The database that `config` names, brought up to date. */
export function openConfiguredDatabase({ databaseUrl, dataDir }: Config, log: Logger): Promise<Db> {
  return openDatabase({ migrations, databaseUrl, dataDir, log });
}

function assemble(
  base: { config: Config; db: Db; clock: Clock; log: Logger },
  engineSide: EngineSide,
  demoClock: DemoClock,
  closeDb: () => Promise<void>,
): Application {
  const { engine, worker, work, registerInquiry, dialogue } = engineSide;
  const { newId, mailer, vocabulary, registers } = engineSide;
  const moveTo = async (target: Date) => {
    await demoClock.moveTo(target, worker, work);
    return base.clock();
  };
  let isAccepting = true;
  const closing: (() => Promise<void>)[] = [];
  const jobActivation = new JobActivation({ ...base, engine });
  const refuseNew = () => {
    isAccepting = false;
    jobActivation.endWaits();
  };
  const app = buildApp({
    ...base,
    services: {
      engine,
      jobActivation,
      registerInquiry,
      dialogue,
      clock: base.clock,
      newId,
      registers,
      vocabulary,
      publicUrl: base.config.publicUrl,
      demoClock: { moveTo },
    },
    wake: () => worker.wake(),
    before: () => demoClock.refresh(),
    isAccepting: () => isAccepting,
  });
  return {
    ...base,
    app,
    engine,
    worker,
    registerInquiry,
    async start() {
      closing.push(await demoClock.follow(() => worker.wake(), base.log));
      await Promise.all([worker.start(), jobActivation.start()]);
      closing.push(await openMailIn({ ...base, newId, wake: () => worker.wake() }));
    },
    refuseNew,
    async stop() {
      refuseNew();
      await Promise.all(closing.map((close) => close()));
      await jobActivation.stop();
      await worker.stop();
      mailer.close();
      registers.stop();
      await closeDb();
    },
  };
}
