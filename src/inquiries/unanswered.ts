import { countWorkingDays } from '../calendar/counting.js';
import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import { InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { readUnitCalendar } from '../people/unit-calendars.js';
import { getInquiry, lockInquiry } from './inquiries.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';
import { endWait } from './staff-message.js';

/** Name of the effect that ends a wait in which no answer came. */
export const ANSWER_DUE = 'answer-due';

/** Working days a citizen has for an answer where the service says nothing else; two weeks. */
const ANSWER_WITHIN_DAYS = 10;

/** A question that staff asked the citizen. */
export interface AskedQuestion {
  inquiryId: Id;
  messageId: Id;
  askedAt: Date;
}

/**
 * Until when a question asked now is waited for: the date that staff gave, or the service's days on
 * its unit's calendar. @throws InvalidError 'answer_by_invalid' when that date has passed
 */
export async function answerDueAt(
  tx: Tx,
  { tenant, now }: Pick<Change, 'tenant' | 'now'>,
  inquiryId: Id,
  given: Date | undefined,
): Promise<Date> {
  if (given && given <= now) {
    throw new InvalidError('answer_by_invalid', 'An answer can only be asked for in the future.', {
      details: [{ path: 'answerBy', reason: 'must lie in the future' }],
    });
  }
  if (given) return given;
  const inquiry = await getInquiry(tx, tenant, inquiryId);
  const service = await findService(tx, tenant, inquiry.service);
  const calendar = await readUnitCalendar(tx, tenant, service?.unit ?? '');
  const days = service?.citizenAnswersWithin ?? ANSWER_WITHIN_DAYS;
  return countWorkingDays(now, days, { calendar, pauses: [] }).due;
}

/**
 * Lets the clock of a case go on when the citizen has not answered in time. False when there is
 * nothing to end: an answer came, or staff have asked again since.
 */
export async function endUnanswered(
  tx: Tx,
  change: Change,
  { inquiryId, messageId, askedAt }: AskedQuestion,
): Promise<boolean> {
  const { status, pausedAt } = await lockInquiry(tx, change.tenant, inquiryId);
  if (status !== 'awaitingCitizen' || !pausedAt || pausedAt > askedAt) return false;
  const [last] = await tx.query<{ messageId: Id }>(
    `SELECT data ->> 'messageId' AS "messageId" FROM event
     WHERE tenant_id = $1 AND subject_type = 'inquiry' AND subject_id = $2
       AND kind = 'inquiry.messageWritten' AND data @> '{"awaitsAnswer": true}'
     ORDER BY id DESC LIMIT 1`,
    [change.tenant, inquiryId],
  );
  if (last?.messageId !== messageId) return false;
  await endWait(tx, change, inquiryId);
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.unanswered', { messageId });
  return true;
}
