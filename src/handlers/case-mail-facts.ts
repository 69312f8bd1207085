import { parseDateTime } from '../calendar/date-time.js';
import type { Service } from '../catalogue/services.js';
import { findService } from '../catalogue/services.js';
import type { MessageFacts, MessageLanguage, Template } from '../channels/kinds.js';
import type { Tx } from '../db/tx.js';
import { promiseBeforeLast } from '../inquiries/clock-events.js';
import { latestAnswer } from '../inquiries/content.js';
import { OUTCOME_WORDS } from '../inquiries/event-words.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { getInquiry } from '../inquiries/inquiries.js';
import type { Recipient } from '../inquiries/messages.js';
import { readWritten } from '../inquiries/staff-message.js';
import type { Id } from '../kernel/ids.js';
import type { Unit } from '../people/units.js';
import { findUnit } from '../people/units.js';
import type { HandlerDependencies } from './case-handler.js';

/** What a model asks to be told, and when something is due. */
export interface AskedFacts {
  template: Template;
  recipient: Recipient;
  /** A new promise that somebody has given. */
  promisedBy?: Date | undefined;
  /** When the citizen is to have answered. */
  dueAt?: Date | undefined;
  /** A message that somebody wrote on the case, to be sent as it stands. */
  messageId?: Id | undefined;
}

interface Written {
  answer?: string;
  reason?: string;
  missing?: string;
  notice?: string;
}

/** Under which key what a message tells lies among the case's answers. */
const ANSWER_KEYS: Partial<Record<Template, Written>> = {
  answered: { answer: 'answer' },
  status: { answer: 'statusText' },
  delay: { reason: 'delayReason' },
  interimReply: { reason: 'delayReason' },
  decision: { answer: 'answer' },
  rejection: { answer: 'answer' },
  complaintForwarded: { answer: 'answer' },
  deficiency: { missing: 'missing' },
  consentRequest: { notice: 'notice' },
  renewal: { notice: 'notice' },
  notice: { notice: 'notice' },
};

const NYNORSK_OUTCOMES: Readonly<Record<string, string>> = {
  answered: 'svart på',
  forwarded: 'send til rett organ',
  linked: 'kopla til ei anna sak',
  withdrawn: 'trekt',
  rejected: 'avslått',
  completed: 'utført',
};

/** What is known of a case for a message about it, in the reader's language. */
export async function caseMailFacts(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  reader: AskedFacts & { language: MessageLanguage; unit: Unit | undefined },
  { publicUrl, serviceCentre }: Pick<HandlerDependencies, 'publicUrl' | 'serviceCentre'>,
): Promise<MessageFacts> {
  const { language, unit, template } = reader;
  const service = await findService(tx, tenant, inquiry.service);
  const main = inquiry.duplicateOf && (await getInquiry(tx, tenant, inquiry.duplicateOf));
  const written = reader.recipient === 'party' || template === 'notice';
  return {
    reference: inquiry.reference,
    service: service?.names[language] ?? inquiry.service,
    expectedBy: await expectedIn(tx, tenant, inquiry, template),
    unit: unit?.names[language],
    link: publicUrl,
    contact: (await findUnit(tx, tenant, serviceCentre))?.email ?? undefined,
    outcome: outcomeIn(language, inquiry.outcome),
    isAnswerWithheld: !mayBeMailed(service),
    promisedBy: reader.promisedBy ?? (await promisedIn(tx, tenant, inquiry, template)),
    dueAt: reader.dueAt,
    mainReference: main ? main.reference : undefined,
    ...(written && (await writtenFor(tx, tenant, inquiry, reader))),
  };
}

async function writtenFor(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  { template, messageId }: AskedFacts,
): Promise<Written> {
  if (messageId !== undefined) return { notice: await readWritten(tx, tenant, messageId) };
  const written: Written = {};
  for (const [fact, key] of Object.entries(ANSWER_KEYS[template] ?? {})) {
    const text = await answerOf(tx, tenant, inquiry, String(key));
    if (text !== undefined) written[fact as keyof Written] = text;
  }
  return written;
}

/** As a form took it: into the content store, or with the facts where it is person-free. */
async function answerOf(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  key: string,
): Promise<string | undefined> {
  const personal = await latestAnswer(tx, tenant, inquiry.id, key);
  if (personal) return personal;
  const open = inquiry.answers[key];
  return typeof open === 'string' && open !== '' ? open : undefined;
}

async function promisedIn(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  template: Template,
): Promise<Date | undefined> {
  if (template !== 'interimReply') return undefined;
  const text = await answerOf(tx, tenant, inquiry, 'promisedBy');
  return text === undefined ? undefined : parseDateTime(text);
}

/** A notice of delay names the promise that has slipped: the one before the newest, if there was one. */
async function expectedIn(
  tx: Tx,
  tenant: string,
  { id, expectedBy }: Inquiry,
  template: Template,
): Promise<Date> {
  if (template !== 'delay') return expectedBy;
  return (await promiseBeforeLast(tx, tenant, id)) ?? expectedBy;
}

function outcomeIn(language: MessageLanguage, outcome: string | null): string | undefined {
  if (outcome === null) return undefined;
  return language === 'nn' ? NYNORSK_OUTCOMES[outcome] : OUTCOME_WORDS[outcome]?.[language];
}

/**
 * Mail is no safe way for what is said in cases with national identity numbers or health data
 * (forvaltningsloven § 13, personvernforordningen art. 9 and 32): there it tells only that something
 * has happened.
 */
function mayBeMailed(service: Service | undefined): boolean {
  return service !== undefined && service.dataClass !== 'P3' && service.dataClass !== 'P4';
}
