import { isTaken, noteAttempt, noteState, threadOf } from '../channels/deliveries.js';
import { mainMailAddress, withPlusTag } from '../channels/inbound/addresses.js';
import type { MessageLanguage } from '../channels/kinds.js';
import { isAddressRefused } from '../channels/mail-failure.js';
import type { Mail } from '../channels/mailer.js';
import { messageIdFor } from '../channels/message-id.js';
import { requireFacts, writeMessage } from '../channels/messages.js';
import { findOwnText } from '../channels/own-texts.js';
import type { Tx } from '../db/tx.js';
import type { JobHandlerContext } from '../engine/handler.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { getInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import type { Recipient } from '../inquiries/messages.js';
import { isMessageRecorded, recordMessage } from '../inquiries/messages.js';
import { findCrisisNotice } from '../inquiries/notices.js';
import { isMailed, noteMailed } from '../inquiries/staff-message.js';
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
  /** Somebody has it sent once more, though it has been sent. */
  isAgain?: boolean | undefined;
}

/** What a mail needs of the job that sends it. */
export type SendContext = Pick<
  JobHandlerContext,
  'tenant' | 'now' | 'actor' | 'idempotencyKey' | 'inTransaction'
>;

/**
 * Sends a mail about a case once, however often it is tried, and records it. False when there is
 * nobody to send it to: no address, or one that the mail server refuses.
 */
export async function sendCaseMail(
  asked: CaseMail,
  context: SendContext,
  { mailer, newId, ...settings }: HandlerDependencies,
): Promise<boolean> {
  const { tenant, idempotencyKey } = context;
  const messageId = messageIdFor(tenant, idempotencyKey);
  const mail = await context.inTransaction(async (tx) => {
    if (await isSent(tx, tenant, asked, { idempotencyKey, messageId })) return 'sent' as const;
    const prepared = await prepare(tx, asked, { messageId, tenant, now: context.now }, settings);
    const state = prepared ? 'queued' : 'noAddress';
    await noteAttempt(
      tx,
      tenant,
      { ...deliveryOf(asked), id: newId(), messageId, state },
      context.now,
    );
    return prepared;
  });
  if (mail === 'sent') return true;
  const refusal = mail && (await send(mail, mailer));
  const delivered = mail !== undefined && refusal === undefined;
  await context.inTransaction(async (tx) => {
    const { inquiryId, template, recipient } = asked;
    if (mail) {
      const state = delivered ? 'sent' : 'refused';
      await noteState(tx, tenant, messageId, { state, detail: refusal ?? null, now: context.now });
    }
    const isNew = !delivered || (await record(tx, tenant, mail, asked, { ...context, newId }));
    if (!isNew) return;
    const kind = delivered ? 'inquiry.notified' : 'inquiry.undelivered';
    await appendInquiryEvent(tx, changeIn(context, newId), inquiryId, kind, {
      template,
      recipient,
    });
  });
  return delivered;
}

function deliveryOf(asked: CaseMail) {
  const { inquiryId, template, recipient, recipientUnit = null, promisedBy, dueAt } = asked;
  const { messageId, about } = asked;
  const repeatable = {
    ...(promisedBy && { promisedBy: promisedBy.toISOString() }),
    ...(dueAt && { dueAt: dueAt.toISOString() }),
    ...(messageId !== undefined && { messageId }),
    ...(about !== undefined && { about }),
  };
  return { inquiryId, template, recipient, recipientUnit, asked: repeatable };
}

function record(
  tx: Tx,
  tenant: string,
  { to, subject, text }: Mail,
  { inquiryId, template, recipient, messageId, isAgain = false }: CaseMail,
  { newId, now, idempotencyKey }: Pick<SendContext, 'now' | 'idempotencyKey'> & { newId: () => Id },
): Promise<boolean> {
  // What staff wrote lies on the case already.
  if (messageId !== undefined) {
    return noteMailed(tx, tenant, { id: messageId, address: to, isAgain });
  }
  return recordMessage(tx, tenant, {
    id: newId(),
    inquiryId,
    direction: 'out',
    kind: template,
    recipient,
    address: to,
    subject,
    body: text,
    sentAt: now,
    idempotencyKey,
  });
}

function isSent(
  tx: Tx,
  tenant: string,
  { messageId, isAgain }: CaseMail,
  mail: { idempotencyKey: string; messageId: string },
): Promise<boolean> {
  if (isAgain) return isTaken(tx, tenant, mail.messageId);
  if (messageId !== undefined) return isMailed(tx, tenant, messageId);
  return isMessageRecorded(tx, tenant, mail.idempotencyKey);
}

/** The server's words when it refuses the address for good. */
async function send(
  mail: Mail,
  mailer: HandlerDependencies['mailer'],
): Promise<string | undefined> {
  try {
    await mailer.send(mail);
    return undefined;
  } catch (error) {
    if (isAddressRefused(error)) return error.message;
    throw error;
  }
}

type Settings = Pick<HandlerDependencies, 'publicUrl' | 'serviceCentre'>;

async function prepare(
  tx: Tx,
  asked: CaseMail,
  { messageId, tenant, now }: { messageId: string; tenant: string; now: Date },
  settings: Settings,
): Promise<Mail | undefined> {
  const inquiry = await getInquiry(tx, tenant, asked.inquiryId);
  const code = asked.recipientUnit ?? inquiry.unit ?? settings.serviceCentre;
  const unit = await findUnit(tx, tenant, code);
  const recipient = await recipientOf(tx, tenant, inquiry, asked.recipient, unit);
  if (!recipient) return undefined;
  const { language, address: to } = recipient;
  // While it is a crisis nobody is promised anything alone (F107).
  const isFirst = asked.template === 'acknowledgement' && asked.recipient === 'party';
  const told = isFirst && (await findCrisisNotice(tx, tenant, inquiry.service, now));
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
    asked.recipient === 'party' ? await statusLink(tx, inquiry, tenant, now, settings) : null;
  const own = await findOwnText(tx, tenant, { template, language });
  const { subject, text } = writeMessage(
    template,
    language,
    link ? { ...facts, link } : facts,
    own,
  );
  const bounceTo = await mainMailAddress(tx, tenant);
  const { theirs, all } = await threadOf(tx, tenant, asked);
  return {
    messageId,
    to,
    subject,
    text,
    language,
    bounceTo,
    // What a unit writes to the citizens' address would be taken for a citizen's.
    replyTo:
      bounceTo && asked.recipient === 'party'
        ? withPlusTag(bounceTo, inquiry.reference)
        : undefined,
    references: all,
    inReplyTo: theirs.at(-1),
  };
}

/** The citizen's letter opens the case's own page; staff log in. */
async function statusLink(
  tx: Tx,
  { id }: Inquiry,
  tenant: string,
  now: Date,
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
