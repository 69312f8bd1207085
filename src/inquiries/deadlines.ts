import {
  countDuration,
  countFrom,
  countHours,
  countLawfulDays,
  countWorkingDays,
} from '../calendar/counting.js';
import type { Counted, Pause } from '../calendar/counting.js';
import { parseDateTime } from '../calendar/date-time.js';
import { clockMilliseconds, parseDuration } from '../calendar/duration.js';
import { INTERIM_REPLY_AFTER } from '../calendar/legal-terms.js';
import { endOfDay, toLocal } from '../calendar/oslo-time.js';
import type { UnitCalendar } from '../calendar/unit-calendar.js';
import type { ServicePackage } from '../catalogue/package.js';

/** When an inquiry should be answered: what was promised, and what the law says. */
export interface Deadlines {
  expectedBy: Date;
  statutoryBy: Date | null;
}

/** What a case's deadlines are counted by. Kept with the case, so that it stays what it was. */
export type ClockRule = Pick<ServicePackage, 'guarantee' | 'statutory'> & {
  service: string;
  /** The unit whose days count: the service's owner. */
  unit: string;
  /** A promise that the case brought itself, ISO 8601. */
  own: string | null;
};

/** A deadline that a person or a rule has moved; it counts until the next one. */
export interface Extension {
  readonly until: Date;
  readonly since: Date;
}

/** What has happened to a case's clock. */
export interface ClockStory {
  readonly pauses: readonly Pause[];
  readonly guarantee: Extension | null;
  readonly statutory: Extension | null;
}

/** Both deadlines with the days they were counted by. */
export interface CountedDeadlines {
  guarantee: Counted;
  statutory: Counted | null;
}

export const UNTOUCHED: ClockStory = { pauses: [], guarantee: null, statutory: null };

/** The service's rules for a new case. */
export function ruleOf(
  service: Pick<ServicePackage, 'code' | 'unit' | 'guarantee' | 'statutory'>,
  own: string | null = null,
): ClockRule {
  const { code, unit, guarantee, statutory } = service;
  return { service: code, unit, guarantee, statutory, own };
}

/**
 * Both deadlines, counted from the day the inquiry came in. A case may bring its own promise, which
 * then counts instead of the service's. Where nothing is promised the law is the promise, and else
 * the month of forvaltningsloven § 11 a third paragraph, which the Ombud asks for elsewhere too.
 */
export function countDeadlines(
  rule: ClockRule,
  receivedAt: Date,
  calendar: UnitCalendar,
  story: ClockStory = UNTOUCHED,
): CountedDeadlines {
  const counting = { calendar, pauses: story.pauses };
  const statutory = lawfulDeadline(rule, receivedAt, counting, story.statutory);
  if (story.guarantee) {
    const { until, since } = story.guarantee;
    return { guarantee: countFrom(until, since, counting, 'workingDays'), statutory };
  }
  if (rule.own !== null) {
    const until = ownDeadline(rule.own);
    return { guarantee: countFrom(until, receivedAt, counting, 'workingDays'), statutory };
  }
  return { guarantee: promised(rule, receivedAt, counting) ?? statutory ?? month(), statutory };

  function month(): Counted {
    return countDuration(receivedAt, INTERIM_REPLY_AFTER, counting);
  }
}

/** The two dates alone. */
export function deadlinesOf(
  rule: ClockRule,
  receivedAt: Date,
  calendar: UnitCalendar = [],
  story: ClockStory = UNTOUCHED,
): Deadlines {
  const { guarantee, statutory } = countDeadlines(rule, receivedAt, calendar, story);
  return { expectedBy: guarantee.due, statutoryBy: statutory?.due ?? null };
}

type Counting = { calendar: UnitCalendar; pauses: readonly Pause[] };

function promised(
  { guarantee }: ClockRule,
  receivedAt: Date,
  counting: Counting,
): Counted | undefined {
  if (!guarantee) return undefined;
  const { hours, workingDays } = guarantee;
  if (!hours) return countWorkingDays(receivedAt, workingDays, counting);
  const milliseconds = clockMilliseconds(parseDuration(hours.duration));
  return countHours(receivedAt, milliseconds, { ...counting, within: hours.within });
}

/** A bare date is kept by answering on that day, as when working days are counted. */
function ownDeadline(own: string): Date {
  const date = parseDateTime(own);
  return own.includes('T') ? date : endOfDay(toLocal(date));
}

/** A law that was not in force when the inquiry came in sets no deadline for it. */
function lawfulDeadline(
  { statutory }: ClockRule,
  receivedAt: Date,
  counting: Counting,
  extension: Extension | null,
): Counted | null {
  if (!statutory) return null;
  const { duration, workingDays, validFrom, validTo } = statutory;
  const begun = parseDateTime(validFrom).getTime() <= receivedAt.getTime();
  const ended = validTo ? parseDateTime(validTo).getTime() <= receivedAt.getTime() : false;
  if (!begun || ended) return null;
  if (extension) return countFrom(extension.until, extension.since, counting, 'days');
  return workingDays === undefined
    ? countDuration(receivedAt, parseDuration(duration), counting)
    : countLawfulDays(receivedAt, workingDays, counting);
}
