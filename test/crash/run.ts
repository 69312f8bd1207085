import { setTimeout as delay } from 'node:timers/promises';
import { loadPackages } from '../../src/catalogue/load-packages.js';
import { createApplication } from '../../src/compose.js';
import { readConfig } from '../../src/kernel/config.js';
import { createLogger } from '../../src/kernel/log.js';
import type { ReceivedMail } from '../helpers/smtp-sink.js';
import { startSmtpSink } from '../helpers/smtp-sink.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import type { PlannedCase } from './citizens.js';
import { planCase, register, sendMessages } from './citizens.js';
import type { Client, Talk } from './client.js';
import { clientOf } from './client.js';
import type { Cluster } from './cluster.js';
import { startCluster } from './cluster.js';
import { drain } from './drain.js';
import { crashPackage } from './models.js';
import { seededRandom } from './random.js';
import type { Office } from './staff.js';
import { workAs } from './staff.js';

export interface CrashOptions {
  /** A PostgreSQL server; without one, the embedded database in a folder. */
  databaseUrl: string | undefined;
  nodes: number;
  rounds: number;
  seed: number;
}

export interface RegisteredCase extends PlannedCase {
  reference: string;
  /** Whether the answer to its registration arrived. */
  acknowledged: boolean;
}

/** What happened, as seen from outside. */
export interface CrashRun {
  /** The environment of the nodes: where their data is. */
  env: Record<string, string>;
  kills: Cluster['kills'];
  talk: Talk;
  cases: readonly RegisteredCase[];
  completed: ReadonlySet<string>;
  mails: readonly ReceivedMail[];
  exitCodes: (number | null)[];
  complaints: string[];
  /** How long it took to set up, to kill under load, and to let everything end. */
  seconds: { setUp: number; killing: number; ending: number };
}

const CASES_PER_ROUND = 4;
const STAFF = ['agent', 'agent', 'caseworker', 'manager'];
const TENANT = 'fjordvik';

/** Serves, loads and kills, then lets everything come to its end. */
export async function runCrash({
  databaseUrl,
  nodes,
  rounds,
  seed,
}: CrashOptions): Promise<CrashRun> {
  const random = seededRandom(seed);
  const took = stopwatch();
  // Slow enough that some senders die between the mail and the news that it was taken.
  const sink = await startSmtpSink({ answerAfterMs: () => random.below(400) });
  const env: Record<string, string> = {
    DATA_DIR: temporaryFolder(),
    SMTP_URL: sink.url,
    POLL_MS: '250',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  };
  await setUp(env);
  const setUpSeconds = took();
  const cluster = startCluster(nodes, env, random);
  const talk: Talk = { answered: 0, lost: 0, unavailable: 0, conflicts: 0 };
  const as = (login: string) => clientOf(cluster, login, talk);
  const completed = new Set<string>();
  const cases: RegisteredCase[] = [];
  let isOver = false;
  let killingSeconds = 0;
  const office: Office = { random, mails: sink.received, completed, isOver: () => isOver };
  try {
    const staff = Promise.all(STAFF.map((login) => workAs(login, as(login), office)));
    let killed = 0;
    const allowed = () => CASES_PER_ROUND * (killed + 2);
    const citizens = arrive(as, cases, { random, total: CASES_PER_ROUND * (rounds + 1), allowed });
    const killing = async () => {
      for (; killed < rounds; killed += 1) await cluster.killRound();
    };
    // The staff go on until it is over, so they are the first only when one of them fails.
    const story = Promise.all([killing(), citizens]).then(() => {
      killingSeconds = took();
      return drain(as('admin'), cases);
    });
    await Promise.race([staff, story]);
    isOver = true;
    await staff;
    const exitCodes = await cluster.stop();
    const seconds = { setUp: setUpSeconds, killing: killingSeconds, ending: took() };
    const { kills } = cluster;
    const complaints = cluster.complaints();
    return {
      env,
      kills,
      talk,
      cases,
      completed,
      mails: sink.received,
      exitCodes,
      complaints,
      seconds,
    };
  } finally {
    isOver = true;
    await cluster.destroy();
    await sink.stop();
  }
}

/** Brings the database up to date, with the test's own service beside those of the product. */
async function setUp(env: Record<string, string>): Promise<void> {
  const log = createLogger({ level: 'warn' });
  const application = await createApplication({ config: readConfig(env), log });
  const { db, engine } = application;
  try {
    await db.inTransaction((tx) =>
      loadPackages(tx, TENANT, [crashPackage], {
        deploy: (...asked) => engine.deploy(...asked),
        by: 'test',
        now: new Date(),
      }),
    );
  } finally {
    await application.stop();
  }
}

/** Registers one case after the other, so many as the rounds so far allow, and sends their messages. */
async function arrive(
  as: (login: string) => Client,
  cases: RegisteredCase[],
  {
    random,
    total,
    allowed,
  }: { random: ReturnType<typeof seededRandom>; total: number; allowed: () => number },
): Promise<void> {
  const messages: Promise<void>[] = [];
  for (let number = 1; number <= total; number += 1) {
    while (number > allowed()) await delay(20);
    const planned = planCase(number, random);
    const registered = { ...planned, ...(await register(as('agent'), planned)) };
    cases.push(registered);
    messages.push(sendMessages(as('owner'), planned, registered.reference));
    messages.at(-1)?.catch(() => undefined);
    await delay(random.below(400));
  }
  await Promise.all(messages);
}

/** Tells the whole seconds since it was last asked. */
function stopwatch(): () => number {
  let since = Date.now();
  return () => {
    const seconds = Math.round((Date.now() - since) / 1000);
    since = Date.now();
    return seconds;
  };
}
