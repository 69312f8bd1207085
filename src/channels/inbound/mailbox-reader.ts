import type { Db } from '../../db/database.js';
import { leaseJob, settleJob } from '../../jobs/due-jobs.js';
import type { DueJob } from '../../jobs/due-jobs.js';
import { layOnce } from '../../jobs/errands.js';
import type { Clock } from '../../kernel/clock.js';
import type { ImapConfig } from '../../kernel/config.js';
import { InvalidError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/log.js';
import { findMailAddress } from './addresses.js';
import { keepMail } from './keep-mail.js';
import { readMailbox } from './mailbox.js';

export interface MailboxReaderOptions extends ImapConfig {
  db: Db;
  clock: Clock;
  newId: () => Id;
  log: Logger;
  /** There is a mail to handle. */
  wake: () => void;
}

export interface MailboxReader {
  /** Looks now, if its time has come. Resolves to how many mails were taken; never rejects. */
  look(): Promise<number>;
  /** Lets what is under way end and looks no more. */
  stop(): Promise<void>;
}

/** The row that only one node at a time has a lease on. No worker does it: a server may be slow. */
const MAILBOX_JOB = 'read-mailbox';

const LEASE_MS = 10 * 60_000;

/** Looks into a mailbox again and again, on one node at a time. */
export function startMailboxReader(options: MailboxReaderOptions): MailboxReader {
  const { log, everyMs } = options;
  let isStopped = false;
  let isFailing = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);
  const lookOnce = async (): Promise<number> => {
    try {
      const taken = await lookWithLease(options);
      if (isFailing) log.info('the mailbox is read again');
      isFailing = false;
      return taken;
    } catch (error) {
      if (!isFailing) log.warn('the mailbox cannot be read', { reason: reasonOf(error) });
      isFailing = true;
      return 0;
    }
  };
  const look = (): Promise<number> => {
    running = running.then(() => (isStopped ? 0 : lookOnce()));
    return running;
  };
  const goOn = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => void look().then(goOn), everyMs).unref();
  };
  void look().then(goOn);
  return {
    look,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function lookWithLease(options: MailboxReaderOptions): Promise<number> {
  const { db, clock, url, address, everyMs, log, wake } = options;
  const owner = await findMailAddress(db, address);
  if (!owner) {
    throw new InvalidError('config_invalid', 'IMAP_ADDRESS is nobody’s mail address here');
  }
  const job = await lease(options, owner.tenant);
  if (!job) return 0;
  try {
    const taken = await readMailbox({ url, address, log, keep: (mail) => keepMail(mail, options) });
    if (taken > 0) wake();
    return taken;
  } finally {
    const at = new Date(clock().getTime() + everyMs);
    await settleJob(db, job, { at, retries: 1 });
  }
}

async function lease(
  { db, clock, newId }: MailboxReaderOptions,
  tenant: string,
): Promise<DueJob | undefined> {
  const now = clock();
  const id = await db.inTransaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`${MAILBOX_JOB} ${tenant}`]);
    await layOnce(tx, tenant, { id: newId(), type: MAILBOX_JOB, payload: {}, at: now });
    const [row] = await tx.query<{ id: Id }>(
      'SELECT id FROM job WHERE tenant_id = $1 AND type = $2',
      [tenant, MAILBOX_JOB],
    );
    return row?.id;
  });
  if (id === undefined) return undefined;
  const until = new Date(now.getTime() + LEASE_MS);
  return leaseJob(db, { tenant, id }, { owner: `node-${db.node}`, now, until });
}

/** What a server says may quote whom it is about. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('authenticationFailed' in error && error.authenticationFailed) return 'login refused';
  if (error instanceof InvalidError) return error.message;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
