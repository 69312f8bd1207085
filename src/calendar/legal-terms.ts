import { countDuration } from './counting.js';
import { addDuration, parseDuration } from './duration.js';
import type { UnitCalendar } from './unit-calendar.js';
import { addWorkingDays, subtractWorkingDays } from './working-days.js';

/** Forvaltningsloven § 11 a third paragraph: without an answer by then, there must be an interim reply. */
export const INTERIM_REPLY_AFTER = parseDuration('P1M');

/** How long before the month is over the unit is asked to write it. */
export const INTERIM_REPLY_NOTICE_DAYS = 3;

const THREE_WEEKS = parseDuration('P21D');

/** When an interim reply has to be under way: three working days before a month after receipt. */
export function interimReplyFrom(receivedAt: Date): Date {
  return subtractWorkingDays(
    addDuration(receivedAt, INTERIM_REPLY_AFTER),
    INTERIM_REPLY_NOTICE_DAYS,
  );
}

/**
 * The last moment to complain of a decision that a party was told of at `notifiedAt`: three weeks
 * (forvaltningsloven § 29), moved from a day off to the next working day.
 */
export function complaintDeadline(notifiedAt: Date, calendar: UnitCalendar = []): Date {
  return countDuration(notifiedAt, THREE_WEEKS, { calendar, pauses: [] }).due;
}

/**
 * The steps of a request for access to documents: answered the same day or the next, three working
 * days at most (the Ombud's practice on offentleglova § 29), and after five without an answer it
 * counts as refused and may be complained of (§ 32).
 */
export function accessRequestTerms(receivedAt: Date): {
  remindAt: Date;
  answerBy: Date;
  refusedFrom: Date;
} {
  return {
    remindAt: addWorkingDays(receivedAt, 1),
    answerBy: addWorkingDays(receivedAt, 3),
    refusedFrom: addWorkingDays(receivedAt, 5),
  };
}
