import { interimReplyFrom } from '../calendar/legal-terms.js';
import { nextOpening } from '../calendar/opening-hours.js';
import type { UnitCalendar } from '../calendar/unit-calendar.js';
import { addWorkingDays, subtractWorkingDays } from '../calendar/working-days.js';
import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import { readUnitCalendar } from '../people/unit-calendars.js';
import { readRule } from './case-clock.js';
import type { ClockEvent } from './clock-events.js';
import { begunAt, insertClockEvent, readClockEvents } from './clock-events.js';
import type { ClockRule } from './deadlines.js';
import type { Inquiry } from './inquiries.js';
import { lockInquiry } from './inquiries.js';
import { isOpen } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { lastActivity } from './silence.js';

/**
 * What a case's clock can ask for: a reminder before the promise, an answer to a broken promise or
 * legal deadline, an interim reply, a notice that a promised date has slipped, a word on a case in
 * which nothing happens.
 */
export const WATCHED = [
  'warning',
  'guarantee',
  'interim',
  'statutory',
  'promised',
  'silent',
] as const;
export type Watched = (typeof WATCHED)[number];

/** A date at which a case asks for something. */
export interface WatchedDate {
  deadline: Watched;
  at: Date;
}

/** What is to be done now, and when to look again. */
export interface NextDeadline {
  due: Watched | null;
  next: WatchedDate | null;
}

/** Nothing said for so many working days makes a case silent, where its service says nothing else. */
const SILENT_AFTER_DAYS = 10;

/** The share of the promised time after which the unit is reminded. */
const WARNING_SHARE = 0.8;

/**
 * Looks at a case's clock: what has fallen due is marked as reached, so that it is asked for once,
 * however often anybody looks. A deadline that was moved is another one. While the clock stands
 * still nothing falls due.
 * @throws NotFoundError
 */
export async function nextDeadline(tx: Tx, change: Change, inquiryId: Id): Promise<NextDeadline> {
  const { tenant, now } = change;
  const inquiry = await lockInquiry(tx, tenant, inquiryId);
  if (!isOpen(inquiry.status) || inquiry.pausedAt) return { due: null, next: null };
  const events = await readClockEvents(tx, tenant, inquiryId);
  const dates = await watchedDates(tx, tenant, inquiry, events);
  const open = dates.filter((date) => !isReached(date, events));
  const due = open.find(({ at }) => at <= now);
  if (due) await reach(tx, change, inquiryId, due);
  const next = open.find((date) => date !== due);
  return { due: due?.deadline ?? null, next: next ?? null };
}

/** Every date at which the case asks for something, reached or not, the earliest first. */
export async function watchedDates(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  events: readonly ClockEvent[],
): Promise<WatchedDate[]> {
  const rule = await readRule(tx, tenant, inquiry, events);
  const calendar = await readUnitCalendar(tx, tenant, rule.unit);
  const service = await findService(tx, tenant, inquiry.service);
  const silentAfter = service?.silentAfter ?? SILENT_AFTER_DAYS;
  const silentAt = addWorkingDays(await lastActivity(tx, tenant, inquiry), silentAfter);
  const begun = begunAt(events, inquiry.receivedAt);
  const dates: [Watched, Date | null][] = [
    ['warning', warningAt(begun, inquiry, rule, calendar)],
    ['guarantee', inquiry.expectedBy],
    ['interim', needsInterimReply(inquiry) ? interimReplyFrom(begun) : null],
    ['statutory', isLawKept(inquiry, rule, events) ? null : inquiry.statutoryBy],
    ['promised', inquiry.promisedBy],
    ['silent', inquiry.status === 'answered' ? null : silentAt],
  ];
  return dates
    .flatMap(([deadline, at]) => (at ? [{ deadline, at }] : []))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * Reminders come while somebody is there to read them; a promise of hours has no time for that. A
 * promise of days is reminded of by the days that are left, so that a pause moves the reminder too.
 */
function warningAt(
  begun: Date,
  { expectedBy }: Inquiry,
  { guarantee, own }: ClockRule,
  calendar: UnitCalendar,
): Date | null {
  const span = expectedBy.getTime() - begun.getTime();
  if (span <= 0) return null;
  const share = new Date(begun.getTime() + span * WARNING_SHARE);
  if (own !== null || !guarantee) return nextBefore(share, expectedBy, calendar);
  if (guarantee.hours) return share;
  const { workingDays, remindAfter = Math.floor(workingDays * WARNING_SHARE) } = guarantee;
  const left = Math.max(0, workingDays - remindAfter);
  return nextBefore(subtractWorkingDays(expectedBy, left), expectedBy, calendar);
}

function nextBefore(asked: Date, end: Date, calendar: UnitCalendar): Date | null {
  const at = nextOpening(asked, calendar);
  return at < end ? at : null;
}

/** Who has had an answer, or a date to expect it by, has had what an interim reply is for. */
function needsInterimReply({ status, promisedBy }: Inquiry): boolean {
  return status !== 'answered' && !promisedBy;
}

/** § 11 a asks for an interim reply within the month, not for the answer itself. */
function isLawKept(
  { statutoryBy, receivedAt }: Inquiry,
  { statutory }: ClockRule,
  events: readonly ClockEvent[],
): boolean {
  if (!statutory?.interimReplySuffices || !statutoryBy) return false;
  const begun = begunAt(events, receivedAt);
  return events.some(({ kind, at }) => kind === 'PROMISE' && at >= begun && at <= statutoryBy);
}

function isReached({ deadline, at }: WatchedDate, events: readonly ClockEvent[]): boolean {
  return events.some(
    (event) =>
      event.kind === 'REACHED' &&
      event.deadline === deadline &&
      event.dueAt?.getTime() === at.getTime(),
  );
}

async function reach(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  inquiryId: Id,
  { deadline, at: dueAt }: WatchedDate,
): Promise<void> {
  const event = { id: newId(), inquiryId, kind: 'REACHED', at: now, actor: by } as const;
  await insertClockEvent(tx, tenant, { ...event, deadline, dueAt });
}
