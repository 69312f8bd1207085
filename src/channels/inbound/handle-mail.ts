import type { Tx } from '../../db/tx.js';
import { storeOrRefuse } from '../../inquiries/attachments.js';
import type { DialoguePorts } from '../../inquiries/dialogue-ports.js';
import { receiveMessage } from '../../inquiries/dialogue.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import type { RegisterInquiry } from '../../inquiries/intake.js';
import { appendInquiryEvent } from '../../inquiries/lifecycle.js';
import type { Clock } from '../../kernel/clock.js';
import type { Id } from '../../kernel/ids.js';
import { noteState } from '../deliveries.js';
import { findMailAddress } from './addresses.js';
import { findCase, takesReplies } from './find-case.js';
import { newText } from './quoted.js';
import type { ReadMail } from './read-mail.js';

/** What handles a mail needs. */
export interface MailPorts {
  clock: Clock;
  newId: () => Id;
  registerInquiry: RegisterInquiry;
  dialogue: DialoguePorts;
}

/** A mail as it lies in the store. */
export interface KeptMail {
  id: Id;
  tenant: string;
  sender: string;
  recipient: string;
  receivedAt: Date;
}

export type MailOutcome = 'inquiry' | 'reply' | 'bounce' | 'automatic' | 'loop' | 'unreadable';

/** What came of a mail, and on which case it lies. */
export interface Handled {
  outcome: MailOutcome;
  inquiryId?: Id | undefined;
  messageId?: Id | null;
}

/** Who acts when a mail does something. */
const BY = 'mail';

const MAX_HOPS = 25;
const MAX_TEXT = 20_000;

/** How many mails of one sender in an hour are answered: machines that do not say what they are. */
const MAX_ANSWERED_AN_HOUR = 10;
const HOUR_MS = 3_600_000;

/** Does with a mail that could be read what it is for, once. */
export async function handleMail(
  tx: Tx,
  kept: KeptMail,
  mail: ReadMail,
  ports: MailPorts,
): Promise<Handled> {
  const { tenant } = kept;
  if (mail.isReport || isFromServer(kept, mail)) return handleReport(tx, tenant, mail, ports);
  const known = await findCase(tx, tenant, mail, kept.recipient);
  if (await isLoop(tx, mail)) return { outcome: 'loop', inquiryId: known?.id };
  if (mail.automatic === 'replied' || mail.automatic === 'bulk') {
    return { outcome: 'automatic', inquiryId: known?.id };
  }
  if (known && takesReplies(known, ports.clock())) {
    if (mail.automatic !== 'no') return { outcome: 'automatic', inquiryId: known.id };
    return addToCase(tx, kept, mail, known, ports);
  }
  return registerMail(tx, kept, mail, known, ports);
}

function isFromServer({ sender }: KeptMail, { from }: ReadMail): boolean {
  return sender === '' && /^(?:mailer-daemon|postmaster)@/.test(from?.address ?? '');
}

/** RFC 5321 §6.3: what has come through too many servers, or from ourselves. */
async function isLoop(tx: Tx, { received, isOurs, from }: ReadMail): Promise<boolean> {
  if (received > MAX_HOPS || isOurs) return true;
  return from !== undefined && (await findMailAddress(tx, from.address)) !== undefined;
}

/** A delay is no failure: the other server tries on. */
async function handleReport(
  tx: Tx,
  tenant: string,
  { report, answers }: ReadMail,
  { clock, newId }: MailPorts,
): Promise<Handled> {
  const now = clock();
  const isFailure = !report || report.action === 'failed' || report.status.startsWith('5');
  for (const messageId of isFailure ? [...(report?.messageIds ?? []), ...answers] : []) {
    const change = { state: 'bounced' as const, detail: report?.status ?? null, now };
    const delivery = await noteState(tx, tenant, messageId, change);
    if (!delivery) continue;
    const { inquiryId, template, recipient } = delivery;
    await appendInquiryEvent(tx, { tenant, by: BY, now, newId }, inquiryId, 'inquiry.undelivered', {
      template,
      recipient,
    });
    return { outcome: 'bounce', inquiryId };
  }
  return { outcome: 'bounce' };
}

async function addToCase(
  tx: Tx,
  kept: KeptMail,
  mail: ReadMail,
  inquiry: Inquiry,
  ports: MailPorts,
): Promise<Handled> {
  const { tenant, id, receivedAt } = kept;
  const holder = inquiry.duplicateOf ?? inquiry.id;
  const attachments = await storeFiles(tx, tenant, holder, mail, ports);
  const message = {
    inquiryId: inquiry.id,
    channel: 'email' as const,
    subject: mail.subject === '' ? null : mail.subject,
    body: newText(mail.text),
    receivedAt,
    idempotencyKey: `mail:${id}`,
    by: BY,
    attachments,
  };
  const { messageId, inquiryId } = await receiveMessage(tx, tenant, message, ports.dialogue);
  return { outcome: 'reply', inquiryId, messageId };
}

async function registerMail(
  tx: Tx,
  kept: KeptMail,
  mail: ReadMail,
  earlier: Inquiry | undefined,
  ports: MailPorts,
): Promise<Handled> {
  const { tenant, recipient, receivedAt } = kept;
  const address = await findMailAddress(tx, recipient);
  const party = (await mayBeAnswered(tx, kept, mail)) && mail.from;
  const draft = {
    channel: 'email' as const,
    ...(address?.service && { service: address.service }),
    ...(party && { party: { email: party.address, ...(party.name && { name: party.name }) } }),
    ...(mail.subject !== '' && { subject: mail.subject }),
    text: cut(party ? mail.text : withSender(mail)),
    receivedAt: receivedAt.toISOString(),
  };
  const { inquiry } = await ports.registerInquiry(tx, tenant, draft, BY);
  await storeFiles(tx, tenant, inquiry.id, mail, ports);
  if (earlier) {
    const change = { tenant, by: BY, now: ports.clock(), newId: ports.newId };
    const data = { reference: earlier.reference };
    await appendInquiryEvent(tx, change, inquiry.id, 'inquiry.refersTo', data);
  }
  return { outcome: 'inquiry', inquiryId: inquiry.id };
}

/**
 * What nobody can read as a mail is registered as it is, for the front desk to look at: from nobody,
 * so that nothing is answered to whoever made it.
 */
export async function registerUnreadable(
  tx: Tx,
  { tenant, receivedAt }: KeptMail,
  text: string,
  { registerInquiry }: MailPorts,
): Promise<Handled> {
  const draft = {
    channel: 'email' as const,
    subject: 'E-post som ikke kunne leses',
    text: cut(text),
    receivedAt: receivedAt.toISOString(),
  };
  const { inquiry } = await registerInquiry(tx, tenant, draft, BY);
  return { outcome: 'unreadable', inquiryId: inquiry.id };
}

/** RFC 3834 §2: nothing answers a machine, nor a mail that says that it wants no answer. */
async function mayBeAnswered(tx: Tx, kept: KeptMail, mail: ReadMail): Promise<boolean> {
  if (mail.automatic !== 'no' || kept.sender === '' || !mail.from) return false;
  if (
    /^(?:no-?reply|do-?not-?reply|ikke-?svar|mailer-daemon|postmaster)[@+.-]/.test(
      mail.from.address,
    )
  ) {
    return false;
  }
  const since = new Date(kept.receivedAt.getTime() - HOUR_MS);
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM inbound_mail
     WHERE tenant_id = $1 AND sender = $2 AND received_at >= $3 AND outcome = 'inquiry'`,
    [kept.tenant, kept.sender, since],
  );
  return (row?.count ?? 0) < MAX_ANSWERED_AN_HOUR;
}

/** Who wrote it belongs to what was said when it makes nobody a party. */
function withSender({ from, text }: ReadMail): string {
  return from ? `Fra: ${from.name ?? ''} <${from.address}>\n\n${text}` : text;
}

async function storeFiles(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  { files }: ReadMail,
  { newId, clock }: MailPorts,
): Promise<Id[]> {
  const ids: Id[] = [];
  for (const { filename, type, bytes } of files) {
    const file = { inquiryId, filename, declaredType: type, bytes, by: BY };
    const stored = await storeOrRefuse(tx, tenant, file, { newId, now: clock() });
    if (stored.refusal === null) ids.push(stored.id);
  }
  return ids;
}

function cut(text: string): string {
  return text.length > MAX_TEXT
    ? `${text.slice(0, MAX_TEXT - 2).replace(/\p{Surrogate}$/u, '')} …`
    : text;
}
