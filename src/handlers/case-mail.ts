import type { Service } from '../catalogue/services.js';
import { findService } from '../catalogue/services.js';
import { isAddressRefused } from '../channels/mail-failure.js';
import type { Mail } from '../channels/mailer.js';
import { messageIdFor } from '../channels/message-id.js';
import type { Template } from '../channels/messages.js';
import { writeMessage } from '../channels/messages.js';
import type { Tx } from '../db/tx.js';
import type { JobHandlerContext } from '../engine/handler.js';
import { latestAnswer } from '../inquiries/content.js';
import { OUTCOME_WORDS } from '../inquiries/event-words.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { getInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import type { Recipient } from '../inquiries/messages.js';
import { isMessageRecorded, recordMessage } from '../inquiries/messages.js';
import type { Id } from '../kernel/ids.js';
import { partyOfInquiry } from '../people/parties.js';
import type { Unit } from '../people/units.js';
import { findUnit } from '../people/units.js';
import type { HandlerDependencies } from './case-handler.js';
import { changeIn } from './case-handler.js';

/** A mail about a case that a process asks for. */
export interface CaseMail {
  inquiryId: Id;
  template: Template;
  recipient: Recipient;
  /** A new promise that somebody has given. */
  promisedBy: Date | undefined;
}

/** Under which key the citizen's answer lies among the personal answers. */
const ANSWER_KEYS: Partial<Record<Template, string>> = { answered: 'answer', status: 'statusText' };

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
  { tenant, idempotencyKey }: JobHandlerContext,
  { publicUrl, serviceCentre }: Settings,
): Promise<Mail | undefined> {
  const inquiry = await getInquiry(tx, tenant, asked.inquiryId);
  const unit = await findUnit(tx, tenant, inquiry.unit ?? serviceCentre);
  const recipient = await recipientOf(tx, tenant, inquiry, asked.recipient, unit);
  if (!recipient) return undefined;
  const { language } = recipient;
  const service = await findService(tx, tenant, inquiry.service);
  const main = inquiry.duplicateOf && (await getInquiry(tx, tenant, inquiry.duplicateOf));
  const outcome = inquiry.outcome && OUTCOME_WORDS[inquiry.outcome];
  const { subject, text } = writeMessage(asked.template, language, {
    reference: inquiry.reference,
    service: service?.names[language] ?? inquiry.service,
    expectedBy: inquiry.expectedBy,
    unit: unit?.names[language],
    link: publicUrl,
    contact: (await findUnit(tx, tenant, serviceCentre))?.email ?? undefined,
    outcome: outcome ? outcome[language] : undefined,
    answer: await answerFor(tx, tenant, inquiry, service, asked),
    isAnswerWithheld: !mayBeMailed(service),
    reason: await reasonFor(tx, tenant, inquiry, service, asked),
    promisedBy: asked.promisedBy,
    mainReference: main ? main.reference : undefined,
  });
  const messageId = messageIdFor(tenant, idempotencyKey);
  return { messageId, to: recipient.address, subject, text, language };
}

/** Nynorsk texts are not written yet, so those who read it get bokmål. */
async function recipientOf(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  recipient: Recipient,
  unit: Unit | undefined,
): Promise<{ address: string; language: 'nb' | 'en' } | undefined> {
  if (recipient === 'party') {
    const party = await partyOfInquiry(tx, tenant, inquiry.id);
    if (!party?.email) return undefined;
    return { address: party.email, language: party.language === 'en' ? 'en' : 'nb' };
  }
  const address = recipient === 'unit' ? unit?.email : unit?.managerEmail;
  return address ? { address, language: 'nb' } : undefined;
}

async function answerFor(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  service: Service | undefined,
  { template, recipient }: CaseMail,
): Promise<string | undefined> {
  const key = ANSWER_KEYS[template];
  if (key === undefined || recipient !== 'party' || !mayBeMailed(service)) return undefined;
  return latestAnswer(tx, tenant, inquiry.id, key);
}

async function reasonFor(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  service: Service | undefined,
  { template, recipient }: CaseMail,
): Promise<string | undefined> {
  if (template !== 'delay' || recipient !== 'party' || !mayBeMailed(service)) return undefined;
  return latestAnswer(tx, tenant, inquiry.id, 'delayReason');
}

/**
 * Mail is no safe way for what is said in cases with national identity numbers or health data
 * (forvaltningsloven § 13, personvernforordningen art. 9 and 32): there it tells only that something
 * has happened.
 */
function mayBeMailed(service: Service | undefined): boolean {
  return service !== undefined && service.dataClass !== 'P3' && service.dataClass !== 'P4';
}
