import { parseDateTime } from '../calendar/date-time.js';
import { addWorkingDays } from '../calendar/working-days.js';
import type { Tx } from '../db/tx.js';
import { InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { ContactDraft, ConversationResult, QuestionDraft } from './contact-draft.js';
import { addPersonalAnswers } from './content.js';
import { addNote } from './conversation.js';
import type { InquiryDraft } from './draft.js';
import type { Inquiry } from './inquiries.js';
import type { Channel } from './inquiry.js';
import type { RegisterInquiry } from './intake.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

/** The process of a question that was answered in the conversation itself. */
const ANSWERED_PROCESS = 'shared-first-contact';

/** The process of a promise to ring back. */
const CALL_BACK_PROCESS = 'shared-call-back';

export interface RegisteredQuestion {
  inquiry: Inquiry;
  result: ConversationResult;
  lookalikes: number;
}

export interface RegisteredContact {
  id: Id;
  questions: RegisteredQuestion[];
}

/**
 * Takes a question about how a case goes: finds the case, if the asker may know of it, and counts
 * the question. @throws NotFoundError 'inquiry_not_found'
 */
export type AskStatus = (reference: string, channel: Channel) => Promise<Inquiry>;

export interface ContactPorts {
  register: RegisterInquiry;
  /** Left out where nobody can ask for a case. */
  askStatus?: AskStatus;
  /** The same for the same conversation, however often it is told of. */
  sourceKey?: string | null;
}

/**
 * Registers a conversation: every question in it becomes an inquiry of its own, from the same party,
 * all or none. What was answered at once is closed at once (F032); a promise to ring back has a task
 * and a deadline of its own.
 * @throws InvalidError 'inquiry_invalid' with the path of each wrong question
 */
export async function registerContact(
  tx: Tx,
  change: Change,
  draft: ContactDraft,
  { register, askStatus, sourceKey = null }: ContactPorts,
): Promise<RegisteredContact> {
  const { tenant, by, now, newId } = change;
  const id = newId();
  const date = (text: string | undefined) => (text === undefined ? null : parseDateTime(text));
  await tx.query(
    `INSERT INTO contact (tenant_id, id, channel, received_at, started_at, ended_at, result, sources,
       registered_by, registered_at, source_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tenant,
      id,
      draft.channel,
      date(draft.receivedAt) ?? date(draft.startedAt) ?? now,
      date(draft.startedAt),
      date(draft.endedAt),
      draft.result,
      draft.sources,
      by,
      now,
      sourceKey,
    ],
  );
  const questions: RegisteredQuestion[] = [];
  for (const [at, question] of draft.questions.entries()) {
    const registered = question.reference
      ? await takeStatusQuestion(tx, change, { draft, question, at }, askStatus)
      : await registerQuestion(tx, change, { draft, question, at }, register);
    // Who asks twice about one case has asked once.
    await tx.query(
      `INSERT INTO contact_question (tenant_id, contact_id, inquiry_id, result)
       VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [tenant, id, registered.inquiry.id, registered.result],
    );
    questions.push(registered);
  }
  return { id, questions };
}

interface Asked {
  draft: ContactDraft;
  question: QuestionDraft;
  at: number;
}

/** What was asked and said stays with the case that it was about. */
async function takeStatusQuestion(
  tx: Tx,
  change: Change,
  { draft, question: { reference = '', text, answer }, at }: Asked,
  askStatus: AskStatus | undefined,
): Promise<RegisteredQuestion> {
  const inquiry = await askStatus?.(reference, draft.channel);
  if (!inquiry) {
    const details = [{ path: `questions.${at}.reference`, reason: 'cannot be asked about here' }];
    throw new InvalidError('inquiry_invalid', 'This case cannot be asked about.', { details });
  }
  const body = [text, answer].filter((part) => part !== undefined).join('\n\n');
  await addNote(tx, change, inquiry.id, { subject: null, body });
  return { inquiry, result: 'statusAsked', lookalikes: 0 };
}

async function registerQuestion(
  tx: Tx,
  change: Change,
  { draft, question, at }: Asked,
  register: RegisterInquiry,
): Promise<RegisteredQuestion> {
  const { tenant, by, now, newId } = change;
  const { result: own, answer, reference: _, ...said } = question;
  const result = own ?? draft.result;
  const inquiryDraft: InquiryDraft = {
    ...said,
    channel: draft.channel,
    party: draft.party,
    receivedAt: draft.receivedAt ?? draft.startedAt,
  };
  const callBackBy = draft.callBackBy ?? addWorkingDays(now, 1).toISOString();
  const way = wayOf(result, callBackBy);
  const { inquiry, lookalikes } = await atQuestion(at, () =>
    register(tx, tenant, inquiryDraft, by, way),
  );
  if (answer !== undefined) {
    await addPersonalAnswers(tx, tenant, inquiry.id, {
      id: newId(),
      formId: '',
      taskId: null,
      answers: { answer },
      answeredBy: by,
      answeredAt: now,
    });
  }
  if (result === 'answeredNow') {
    await appendInquiryEvent(tx, change, inquiry.id, 'inquiry.answeredAtOnce', {});
  }
  return { inquiry, result, lookalikes };
}

/** What is registered or passed on goes the way of its service. */
function wayOf(result: ConversationResult, callBackBy: string) {
  if (result === 'answeredNow') {
    return { processId: ANSWERED_PROCESS, variables: { outcome: 'answered' } };
  }
  if (result === 'callBack') return { processId: CALL_BACK_PROCESS, variables: { callBackBy } };
  return undefined;
}

/** Says which of the questions is not as it should be. */
async function atQuestion<T>(at: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const details = error.details.map((reason) => ({
      ...reason,
      path: `questions.${at}.${reason.path ?? ''}`,
    }));
    throw new InvalidError(error.code, error.message, { details });
  }
}
