import { join } from 'node:path';
import type { Express } from 'express';
import { migrations } from '../migrations/index.js';
import { createMailer } from './channels/mailer.js';
import { buildApp } from './compose/build-app.js';
import { createDemoClock } from './compose/demo-clock.js';
import type { DemoClock } from './compose/demo-clock.js';
import { seedDemo } from './compose/seed.js';
import { openDatabase } from './db/database.js';
import type { Db } from './db/database.js';
import { ProcessEngine } from './engine/engine.js';
import { createIntake } from './inquiries/intake.js';
import { Worker } from './jobs/worker.js';
import { systemClock } from './kernel/clock.js';
import type { Clock } from './kernel/clock.js';
import type { Config } from './kernel/config.js';
import { createIdFactory } from './kernel/ids.js';
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
export interface Application {
  readonly app: Express;
  readonly db: Db;
  readonly engine: ProcessEngine;
  readonly worker: Worker;
  readonly clock: Clock;
  readonly log: Logger;
  /** Begins to do what falls due. */
  start(): Promise<void>;
  /** Says to balancers that no more should come here; requests are still answered. */
  refuseNew(): void;
  /** Finishes what is under way and closes what it opened. */
  stop(): Promise<void>;
}

/** The process that receives an inquiry, unless its service names another. */
const INTAKE_PROCESS = 'inquiry-after-2';

/** Where an inquiry waits until somebody has seen what it is about. */
const UNCLASSIFIED_SERVICE = 'TILBAKEM';

/** Builds a node: database, engine, handlers, worker and app, in the demo municipalities' data. */
export async function createApplication(options: ApplicationOptions): Promise<Application> {
  const { config } = options;
  const log = options.log ?? createLogger({ level: config.logLevel });
  const db = options.db ?? (await openConfiguredDatabase(config, log));
  try {
    return await assemble(options, db, log);
  } catch (error) {
    if (!options.db) await db.close();
    throw error;
  }
}

/** The database that `config` names, brought up to date. */
export function openConfiguredDatabase({ databaseUrl, dataDir }: Config, log: Logger): Promise<Db> {
  return openDatabase({ migrations, databaseUrl, dataDir, log });
}

async function assemble(options: ApplicationOptions, db: Db, log: Logger): Promise<Application> {
  const { config, clock: base = systemClock } = options;
  const demoClock = createDemoClock(db, base);
  await demoClock.refresh();
  const { clock } = demoClock;
  const newId = createIdFactory({ node: db.node, clock });
  const mailer = createMailer({
    smtpUrl: config.smtpUrl,
    from: config.smtpFrom,
    outbox: join(config.dataDir, 'outbox'),
  });
  const engine = new ProcessEngine({ clock, newId, handlers: [], log });
  const work = engine.dueWork(db);
  const worker = new Worker({ db, clock, work, log: log.child('worker'), pollMs: config.pollMs });
  const registerInquiry = createIntake({
    clock,
    newId,
    engine,
    intakeProcess: INTAKE_PROCESS,
    unclassifiedService: UNCLASSIFIED_SERVICE,
  });
  await seedDemo({ db, engine, clock, log: log.child('seed') });
  const moveTo = async (target: Date) => {
    await demoClock.moveTo(target, worker, work);
    return clock();
  };
  let isAccepting = true;
  const app = buildApp({
    config,
    db,
    clock,
    log,
    services: { engine, registerInquiry, newId, demoClock: { moveTo } },
    wake: () => worker.wake(),
    before: () => demoClock.refresh(),
    isAccepting: () => isAccepting,
  });
  const running = lifecycle(worker, demoClock, log);
  return {
    app,
    db,
    engine,
    worker,
    clock,
    log,
    start: running.start,
    refuseNew: () => {
      isAccepting = false;
    },
    stop: async () => {
      isAccepting = false;
      await running.stop();
      mailer.close();
      if (!options.db) await db.close();
    },
  };
}

function lifecycle(worker: Worker, demoClock: DemoClock, log: Logger) {
  let unfollow = async (): Promise<void> => {};
  return {
    start: async () => {
      unfollow = await demoClock.follow(() => worker.wake(), log);
      await worker.start();
    },
    stop: async () => {
      await unfollow();
      await worker.stop();
    },
  };
}
