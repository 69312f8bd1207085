import { loadMailAddresses } from '../../src/channels/inbound/addresses.js';
import { MAIL_JOB, keepMail } from '../../src/channels/inbound/keep-mail.js';
import { mailEffect } from '../../src/channels/inbound/mail-effect.js';
import type { DueJob } from '../../src/jobs/due-jobs.js';
import type { CaseBench } from './cases.js';
import { rawMail } from './mail-in.js';

/** Lets the citizen's mail on a case come in, with `text(field)` in every field that takes one. */
export async function takeReply(
  { db, tenant, clock, newId, engine }: CaseBench,
  { reference }: { reference: string },
  text: (field: string) => string,
): Promise<void> {
  await loadMailAddresses(db, tenant, [{ address: 'post@fjordvik.example' }]);
  const to = `post+${reference}@fjordvik.example`;
  const from = `${text('mail')}@example.no`;
  const headers = {
    From: `${text('mail-name')} <${from}>`,
    Subject: text('mail-subject'),
    'Message-ID': `<${text('mail-id')}-${newId()}@example.no>`,
  };
  const raw = Buffer.from(rawMail(headers, text('mail-text')));
  await keepMail({ sender: from, recipients: [to], raw }, { db, clock, newId });
  const [job] = await db.query<DueJob>(
    `SELECT tenant_id AS tenant, id, type, payload, attempts FROM job WHERE type = $1`,
    [MAIL_JOB],
  );
  await mailEffect({
    db,
    clock,
    newId,
    registerInquiry: () => Promise.reject(new Error('it is no reply')),
    dialogue: { clock, newId, publish: (...said) => engine().publish(...said) },
  }).run(job!);
  await db.query('DELETE FROM job WHERE type = $1', [MAIL_JOB]);
}
