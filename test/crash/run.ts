import { setTimeout as delay } from 'node:timers/promises';
import type { ReceivedMail, SmtpSink } from '../helpers/smtp-sink.js';
import { startSmtpSink } from '../helpers/smtp-sink.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import type { PlannedCase } from './citizens.js';
import { planCase, register, sendMessages } from './citizens.js';
import type { Client, Talk } from './client.js';
import { clientOf } from './client.js';
import type { Cluster } from './cluster.js';
import { startCluster } from './cluster.js';
import { drain } from './drain.js';
import type { Random } from './random.js';
import { seededRandom } from './random.js';
import { setUp } from './set-up.js';
import type { Office } from './staff.js';
import { workAs } from './staff.js';

export interface LoadOptions {
  /** A PostgreSQL server; without one, the embedded database in a folder. */
  databaseUrl: string | undefined;
  nodes: number;
  /** What happens to the installation meanwhile, so many times. */
  disturb: (cluster: Cluster, random: Random) => Promise<void>;
  rounds: number;
  seed: number;
}

export interface RegisteredCase extends PlannedCase {
  reference: string;
  /** Whether the answer to its registration arrived. */
  acknowledged: boolean;
}

/** What happened, as seen from outside. */
export interface LoadRun {
  seed: number;
  /** The environment of the nodes: where their data is. */
  env: Record<string, string>;
  kills: Cluster['kills'];
  talk: Talk;
  cases: RegisteredCase[];
  /** Tasks whose completion was acknowledged. */
  completed: Set<string>;
  mails: readonly ReceivedMail[];
  exitCodes: (number | null)[];
  complaints: string[];
  /** How long it took to set up, to disturb under load, and to let everything end. */
  seconds: { setUp: number; load: number; ending: number };
}

const CASES_PER_ROUND = 4;
const STAFF = ['agent', 'agent', 'caseworker', 'manager'];

/** Serves under load, disturbs that, then lets everything come to its end. */
export async function runLoad(options: LoadOptions): Promise<LoadRun> {
  const random = seededRandom(options.seed);
  // Slow enough that some senders die between the mail and the news that it was taken.
  let mailMs = 400;
  let mailTaken = (): void => {};
  const sink = await startSmtpSink({
    answerAfterMs: () => {
      mailTaken();
      return random.below(mailMs);
    },
  });
  const env = environment(sink, options.databaseUrl);
  const took = stopwatch();
  await setUp(env);
  const run: LoadRun = {
    seed: options.seed,
    env,
    kills: { serving: 0, starting: 0 },
    talk: { answered: 0, lost: 0, unavailable: new Map(), conflicts: 0 },
    cases: [],
    completed: new Set(),
    mails: sink.received,
    exitCodes: [],
    complaints: [],
    seconds: { setUp: took(), load: 0, ending: 0 },
  };
  const cluster = startCluster(options.nodes, env, random);
  mailTaken = () => cluster.moments.begins('mail');
  const as = (login: string) => clientOf(cluster, login, run.talk);
  try {
    await underLoad(as, run, random, async () => {
      await disturbAndArrive(cluster, as, run, random, options);
      run.seconds.load = took();
      mailMs = 1;
      await drain(as('admin'), run.cases);
    });
    const exitCodes = await cluster.stop();
    run.seconds.ending = took();
    return { ...run, exitCodes, kills: cluster.kills, complaints: cluster.complaints() };
  } finally {
    await cluster.destroy();
    await sink.stop();
  }
}

function environment(sink: SmtpSink, databaseUrl: string | undefined): Record<string, string> {
  return {
    DATA_DIR: temporaryFolder(),
    SMTP_URL: sink.url,
    POLL_MS: '250',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  };
}

/** Has the staff at work for as long as `story` lasts. */
async function underLoad(
  as: (login: string) => Client,
  { mails, completed }: LoadRun,
  random: Random,
  story: () => Promise<void>,
): Promise<void> {
  let isOver = false;
  const office: Office = { random, mails, completed, isOver: () => isOver };
  const staff = Promise.all(STAFF.map((login) => workAs(login, as(login), office)));
  try {
    // The staff go on until it is over, so they are the first only when one of them fails.
    await Promise.race([staff, story()]);
  } finally {
    isOver = true;
  }
  await staff;
}

async function disturbAndArrive(
  cluster: Cluster,
  as: (login: string) => Client,
  { cases }: LoadRun,
  random: Random,
  { disturb, rounds }: LoadOptions,
): Promise<void> {
  let disturbed = 0;
  const allowed = () => CASES_PER_ROUND * (disturbed + 2);
  const disturbing = async () => {
    for (; disturbed < rounds; disturbed += 1) await disturb(cluster, random);
  };
  const total = CASES_PER_ROUND * (rounds + 1);
  await Promise.all([disturbing(), arrive(as, cases, { random, total, allowed })]);
}

/** Registers one case after the other, so many as are allowed by then, and sends their messages. */
async function arrive(
  as: (login: string) => Client,
  cases: RegisteredCase[],
  { random, total, allowed }: { random: Random; total: number; allowed: () => number },
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
