import type { Db } from '../../db/database.js';
import type { DueJob } from '../../jobs/due-jobs.js';
import type { Effect } from '../../jobs/effects.js';
import type { Id } from '../../kernel/ids.js';
import type { Handled, KeptMail, MailPorts } from './handle-mail.js';
import { handleMail, registerUnreadable } from './handle-mail.js';
import { MAIL_JOB } from './keep-mail.js';
import type { ReadMail } from './read-mail.js';
import { readMail, storable } from './read-mail.js';

type Options = MailPorts & { db: Db };

const LEASE_MS = 5 * 60_000;

/** After that many tries, a mail that could not be handled as one goes to the front desk as it is. */
const TRIES_AS_MAIL = 3;

/** Mails that no case has are kept that long, should somebody ask for one. */
const LOOSE_DAYS = 30;
const DAY_MS = 86_400_000;

/** Handles the mails that came in: on whichever node, once. */
export function mailEffect(options: Options): Effect {
  return {
    type: MAIL_JOB,
    leaseMs: LEASE_MS,
    run: async (job) => {
      await handle(options, job);
      return undefined;
    },
  };
}

async function handle(options: Options, job: DueJob): Promise<void> {
  const { db, clock } = options;
  const { mailId: id } = job.payload as { mailId: Id };
  const [row] = await db.query<KeptMail & { raw: Buffer }>(
    `SELECT tenant_id AS tenant, id, sender, recipient, raw, received_at AS "receivedAt"
     FROM inbound_mail WHERE tenant_id = $1 AND id = $2 AND handled_at IS NULL`,
    [job.tenant, id],
  );
  // Outside the transaction: a large mail takes a second to read. One that has killed a node is not
  // read again.
  const mail = row && job.attempts <= TRIES_AS_MAIL ? await tryToRead(row.raw) : undefined;
  await db.inTransaction(async (tx) => {
    const [open] = await tx.query(
      `SELECT 1 FROM inbound_mail WHERE tenant_id = $1 AND id = $2 AND handled_at IS NULL FOR UPDATE`,
      [job.tenant, id],
    );
    if (row && open) {
      const { raw, ...kept } = row;
      const handled = mail
        ? await handleMail(tx, kept, mail, options)
        : await registerUnreadable(tx, kept, beginningOf(raw), options);
      await note(tx, kept, handled, clock());
    }
  });
}

async function tryToRead(raw: Buffer): Promise<ReadMail | undefined> {
  return readMail(raw).catch(() => undefined);
}

async function note(
  tx: Parameters<typeof handleMail>[0],
  { tenant, id }: { tenant: string; id: Id },
  { outcome, inquiryId, messageId }: Handled,
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE inbound_mail SET handled_at = $3, outcome = $4, inquiry_id = $5, inquiry_message_id = $6
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, id, now, outcome, inquiryId ?? null, messageId ?? null],
  );
  await tx.query(
    `DELETE FROM inbound_mail WHERE tenant_id = $1 AND inquiry_id IS NULL AND handled_at IS NOT NULL
       AND received_at < $2`,
    [tenant, new Date(now.getTime() - LOOSE_DAYS * DAY_MS)],
  );
}

const BEGINNING = 10_000;

function beginningOf(raw: Buffer): string {
  return storable(raw.subarray(0, BEGINNING).toString('utf8'));
}
