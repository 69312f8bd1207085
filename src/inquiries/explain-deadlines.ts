import type { Counted, DayLine } from '../calendar/counting.js';
import { interimReplyFrom } from '../calendar/legal-terms.js';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import { readUnitCalendar } from '../people/unit-calendars.js';
import { readRule } from './case-clock.js';
import type { ClockEvent } from './clock-events.js';
import { begunAt, readClockEvents, storyOf } from './clock-events.js';
import type { Words } from './day-words.js';
import { dayWords, guaranteeWords, pauseWords, statutoryWords } from './day-words.js';
import type { ClockRule, Extension } from './deadlines.js';
import { countDeadlines } from './deadlines.js';
import { getInquiry } from './inquiries.js';
import type { Watched } from './next-deadline.js';
import { watchedDates } from './next-deadline.js';

/** One deadline of a case, and why it is on that day. Dates are ISO 8601. */
export interface ExplainedDeadline {
  deadline: 'guarantee' | 'statutory';
  dueAt: string;
  /** The law or the decision behind it. */
  basis: string;
  validFrom: string | null;
  validTo: string | null;
  rule: Words;
  /** Set where somebody has moved it; it is counted from there. */
  extendedTo: string | null;
  days: (DayLine & Words)[];
}

export interface ExplainedDeadlines {
  reference: string;
  receivedAt: string;
  paused: ({ since: string; reason: string } & Words) | null;
  /** While the clock stands still: as they would be if it went on now. */
  deadlines: ExplainedDeadline[];
  /** When the unit is asked for the interim reply of § 11 a, if it is needed. */
  interimReplyFrom: string;
  promisedBy: string | null;
  /** What the case's clock asks for, and when it did. */
  watch: { deadline: Watched; at: string; reachedAt: string | null }[];
  events: {
    kind: ClockEvent['kind'];
    deadline: string | null;
    reason: string | null;
    at: string;
    dueAt: string | null;
    by: string;
  }[];
}

/**
 * Why a case is due when it is: each deadline day by day, counted, skipped or paused.
 * @throws NotFoundError 'inquiry_not_found'
 */
export async function explainDeadlines(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  now: Date,
): Promise<ExplainedDeadlines> {
  const inquiry = await getInquiry(tx, tenant, inquiryId);
  const { reference, receivedAt, promisedBy } = inquiry;
  const events = await readClockEvents(tx, tenant, inquiryId);
  const rule = await readRule(tx, tenant, inquiry, events);
  const calendar = await readUnitCalendar(tx, tenant, rule.unit);
  const story = storyOf(events, inquiry.closedAt ?? now);
  const counted = countDeadlines(rule, receivedAt, calendar, story);
  const { statutory } = rule;
  return {
    reference,
    receivedAt: receivedAt.toISOString(),
    paused: pauseOf(inquiry.pausedAt, events),
    deadlines: [
      {
        deadline: 'guarantee',
        basis: rule.own === null ? (rule.guarantee?.basis ?? '') : '',
        validFrom: null,
        validTo: null,
        rule: guaranteeWords(rule),
        ...shown(counted.guarantee, story.guarantee),
      },
      ...(counted.statutory && statutory
        ? [lawful(rule, statutory, counted.statutory, story.statutory)]
        : []),
    ],
    interimReplyFrom: interimReplyFrom(begunAt(events, receivedAt)).toISOString(),
    promisedBy: promisedBy?.toISOString() ?? null,
    watch: (await watchedDates(tx, tenant, inquiry, events)).map(({ deadline, at }) => ({
      deadline,
      at: at.toISOString(),
      reachedAt: reachedAt(deadline, at, events),
    })),
    events: events.map(({ kind, deadline, reason, at, dueAt, actor }) => ({
      kind,
      deadline,
      reason,
      at: at.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
      by: actor,
    })),
  };
}

function lawful(
  rule: ClockRule,
  { basis, validFrom, validTo }: NonNullable<ClockRule['statutory']>,
  counted: Counted,
  extension: Extension | null,
): ExplainedDeadline {
  return {
    deadline: 'statutory',
    basis,
    validFrom,
    validTo: validTo ?? null,
    rule: statutoryWords(rule),
    ...shown(counted, extension),
  };
}

function shown(
  { due, days }: Counted,
  extension: Extension | null,
): Pick<ExplainedDeadline, 'dueAt' | 'extendedTo' | 'days'> {
  return {
    dueAt: due.toISOString(),
    extendedTo: extension?.until.toISOString() ?? null,
    days: days.map((day) => ({ ...day, ...dayWords(day) })),
  };
}

function pauseOf(since: Date | null, events: readonly ClockEvent[]): ExplainedDeadlines['paused'] {
  if (!since) return null;
  const reason = events.findLast(({ kind }) => kind === 'PAUSE')?.reason ?? '';
  const words = pauseWords(reason) ?? { nb: reason, en: reason };
  return { since: since.toISOString(), reason, ...words };
}

function reachedAt(deadline: string, at: Date, events: readonly ClockEvent[]): string | null {
  const reached = events.find(
    (event) =>
      event.kind === 'REACHED' &&
      event.deadline === deadline &&
      event.dueAt?.getTime() === at.getTime(),
  );
  return reached?.at.toISOString() ?? null;
}
