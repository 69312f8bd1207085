import type { MessageLanguage } from '../channels/kinds.js';
import { isAddressRefused } from '../channels/mail-failure.js';
import type { Mail } from '../channels/mailer.js';
import { messageIdFor } from '../channels/message-id.js';
import { requireFacts, writeMessage } from '../channels/messages.js';
import type { Tx } from '../db/tx.js';
import type { JobHandlerContext } from '../engine/handler.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { getInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import type { Recipient } from '../inquiries/messages.js';
import { isMessageRecorded, recordMessage } from '../inquiries/messages.js';
import { findCrisisNotice } from '../inquiries/notices.js';
import { issueStatusKey } from '../inquiries/status-keys.js';
import type { Id } from '../kernel/ids.js';
import { partyOfInquiry } from '../people/parties.js';
import type { Unit } from '../people/units.js';
import { findUnit } from '../people/units.js';
import type { HandlerDependencies } from './case-handler.js';
import { changeIn } from './case-handler.js';
import type { AskedFacts } from './case-mail-facts.js';
import { caseMailFacts } from './case-mail-facts.js';

/** A mail about a case that a process asks for. */
export interface CaseMail extends AskedFacts {
  inquiryId: Id;
  /** Code of another unit than the one that has the case. */
  recipientUnit?: string | undefined;
  /** The main case that the message is about, when its recipient only follows that one. */
  about?: Id | undefined;
}

/**
 * Sends a mail about a case once, however often it is tried, and records it. False when there is
 * nobody to send it to: no address, or one that the mail server refuses.
 */
export async function sendCaseMail(
  asked: CaseMail,
  context: JobHandlerContext,
  { mailer, newId, ...settings }: HandlerDependencies,
): Promise<boolean> {
  const { tenant, idempotencyKey } = context;
  const mail = await context.inTransaction(async (tx) => {
    if (await isMessageRecorded(tx, tenant, idempotencyKey)) return 'sent' as const;
    return prepare(tx, asked, context, settings);
  });
  if (mail === 'sent') return true;
  const delivered = mail !== undefined && (await send(mail, mailer));
  await context.inTransaction(async (tx) => {
    const { inquiryId, template, recipient } = asked;
    const isNew =
      mail === undefined || !delivered
        ? true
        : await recordMessage(tx, tenant, {
            id: newId(),
            inquiryId,
            direction: 'out',
            kind: template,
            recipient,
            address: mail.to,
            subject: mail.subject,
            body: mail.text,
            sentAt: context.now,
            idempotencyKey,
          });
    if (!isNew) return;
    const kind = delivered ? 'inquiry.notified' : 'inquiry.undelivered';
    await appendInquiryEvent(tx, changeIn(context, newId), inquiryId, kind, {
      template,
      recipient,
    });
  });
  return delivered;
}

async function send(mail: Mail, mailer: HandlerDependencies['mailer']): Promise<boolean> {
  try {
    await mailer.send(mail);
    return true;
  } catch (error) {
    if (isAddressRefused(error)) return false;
    throw error;
  }
}

type Settings = Pick<HandlerDependencies, 'publicUrl' | 'serviceCentre'>;

async function prepare(
  tx: Tx,
  asked: CaseMail,
  context: JobHandlerContext,
  settings: Settings,
): Promise<Mail | undefined> {
  const { tenant, idempotencyKey } = context;
  const inquiry = await getInquiry(tx, tenant, asked.inquiryId);
  const code = asked.recipientUnit ?? inquiry.unit ?? settings.serviceCentre;
  const unit = await findUnit(tx, tenant, code);
  const recipient = await recipientOf(tx, tenant, inquiry, asked.recipient, unit);
  if (!recipient) return undefined;
  const { language, address: to } = recipient;
  // While it is a crisis nobody is promised anything alone (F107).
  const isFirst = asked.template === 'acknowledgement' && asked.recipient === 'party';
  const told = isFirst && (await findCrisisNotice(tx, tenant, inquiry.service, context.now));
  const template = told ? 'crisisAcknowledgement' : asked.template;
  const main = asked.about === undefined ? inquiry : await getInquiry(tx, tenant, asked.about);
  const reader = { ...asked, template, language, unit };
  const facts = {
    ...(await caseMailFacts(tx, tenant, main, reader, settings)),
    reference: inquiry.reference,
    ...(told && { notice: told[language], isAnswerWithheld: false }),
  };
  requireFacts(template, facts);
  const link =
    asked.recipient === 'party' ? await statusLink(tx, inquiry, context, settings) : null;
  const { subject, text } = writeMessage(template, language, link ? { ...facts, link } : facts);
  return { messageId: messageIdFor(tenant, idempotencyKey), to, subject, text, language };
}

/** The citizen's letter opens the case's own page; staff log in. */
async function statusLink(
  tx: Tx,
  { id }: Inquiry,
  { tenant, now }: JobHandlerContext,
  { publicUrl }: Settings,
): Promise<string> {
  return `${publicUrl}/status/${await issueStatusKey(tx, tenant, id, now)}`;
}

async function recipientOf(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  recipient: Recipient,
  unit: Unit | undefined,
): Promise<{ address: string; language: MessageLanguage } | undefined> {
  if (recipient === 'party') {
    const party = await partyOfInquiry(tx, tenant, inquiry.id);
    return party?.email ? { address: party.email, language: party.language } : undefined;
  }
  const address = recipient === 'unit' ? unit?.email : unit?.managerEmail;
  return address ? { address, language: 'nb' } : undefined;
}
