import { join } from 'node:path';
import { readVocabulary } from '../catalogue/vocabulary.js';
import type { Vocabulary } from '../catalogue/vocabulary.js';
import { mailEffect } from '../channels/inbound/mail-effect.js';
import { createMailer } from '../channels/mailer.js';
import type { Mailer } from '../channels/mailer.js';
import { open311Push } from '../channels/open311/push.js';
import { createRegisters } from '../channels/registers/registers.js';
import type { Registers } from '../channels/registers/registers.js';
import type { Db } from '../db/database.js';
import { ProcessEngine } from '../engine/engine.js';
import { answerDue } from '../handlers/answer-due.js';
import type { HandlerDependencies } from '../handlers/case-handler.js';
import { createHandlers } from '../handlers/registry.js';
import { resendMail } from '../handlers/resend-mail.js';
import { staffMail } from '../handlers/staff-mail.js';
import { watchReports } from '../inquiries/crisis-watch.js';
import type { DialoguePorts } from '../inquiries/dialogue-ports.js';
import { createIntake } from '../inquiries/intake.js';
import type { RegisterInquiry } from '../inquiries/intake.js';
import { withEffects } from '../jobs/effects.js';
import { withErrands } from '../jobs/errands.js';
import { Worker } from '../jobs/worker.js';
import type { Work } from '../jobs/worker.js';
import type { Clock } from '../kernel/clock.js';
import type { Config } from '../kernel/config.js';
import { createIdFactory } from '../kernel/ids.js';
import type { Id } from '../kernel/ids.js';
import type { Logger } from '../kernel/log.js';
import { OWNERSHIP_ROUND, ownershipRound } from '../tasks/ownership/round.js';
import { REORGANISE, reorganiseErrand } from '../tasks/reorganise/reorganise.js';
import { PROCESSES } from './seed.js';

/** What moves cases on a node. */
export interface EngineSide {
  readonly engine: ProcessEngine;
  readonly work: Work;
  readonly worker: Worker;
  readonly registerInquiry: RegisterInquiry;
  readonly dialogue: DialoguePorts;
  readonly newId: () => Id;
  readonly mailer: Mailer;
  readonly registers: Registers;
  readonly vocabulary: () => Promise<Vocabulary>;
}

/** The process that receives an inquiry, unless its service names another. */
const INTAKE_PROCESS = 'inquiry-after-2';

/** Where an inquiry waits until somebody has seen what it is about. */
const UNCLASSIFIED_SERVICE = 'TILBAKEM';

/** The unit that citizens may always turn to. */
const SERVICE_CENTRE = 'SERV';

/** Builds the engine with its handlers, the worker that feeds it, and the intake that starts it. */
export function buildEngine(config: Config, db: Db, clock: Clock, log: Logger): EngineSide {
  const { dataDir, publicUrl, pollMs } = config;
  // By the machine's own clock: ids begin in 2020, while cases may be replayed from any time.
  const newId = createIdFactory({ node: db.node });
  const mailer = createMailer({
    smtpUrl: config.smtpUrl,
    from: config.smtpFrom,
    outbox: join(dataDir, 'outbox'),
  });
  const registers = createRegisters({
    addresses: config.registers,
    clock,
    log: log.child('registers'),
  });
  const vocabulary = once(() => readVocabulary(PROCESSES));
  const needs = {
    newId,
    mailer,
    archiveFolder: join(dataDir, 'archive'),
    publicUrl,
    serviceCentre: SERVICE_CENTRE,
    vocabulary,
    publish: (...message) => engine.publish(...message),
  } satisfies HandlerDependencies;
  const handlers = createHandlers(needs);
  const engine: ProcessEngine = new ProcessEngine({
    clock,
    newId,
    handlers,
    log,
    tuned: config.engineTuned,
  });
  const errands = {
    [REORGANISE]: reorganiseErrand({ clock, newId, engine }),
    [OWNERSHIP_ROUND]: ownershipRound({ clock, newId }),
  };
  const inHouse = withErrands(engine.dueWork(db), errands, { db, clock, log });
  const registerInquiry = createIntake({
    clock,
    newId,
    engine,
    intakeProcess: INTAKE_PROCESS,
    unclassifiedService: UNCLASSIFIED_SERVICE,
    afterRegistration: (tx, change, { service }) => watchReports(tx, change, service, engine),
  });
  const dialogue: DialoguePorts = { clock, newId, publish: (...said) => engine.publish(...said) };
  const outside = [
    open311Push({ db, clock }),
    staffMail({ db, clock }, needs),
    resendMail({ db, clock }, needs),
    answerDue({ db, clock }, needs),
    mailEffect({ clock, newId, registerInquiry, dialogue, db }),
  ];
  const work = withEffects(inHouse, outside, { db, clock, log });
  const worker = new Worker({ db, clock, work, log: log.child('worker'), pollMs });
  return { engine, work, worker, registerInquiry, dialogue, newId, mailer, registers, vocabulary };
}

/** Reads when it is first asked for; after a failure, again. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}
