import { InvalidError } from '../kernel/errors.js';
import { daysInMonth, fromDayNumber, isLocalDate, toDayNumber } from './local-date.js';
import { assertDate, toInstant, toLocal } from './oslo-time.js';

/** An ISO 8601 duration, part by part: a month is not a number of days. Seconds have a fraction. */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/;

/**
 * Reads an ISO 8601 duration such as `P1M`, `P10D`, `PT4H`, `P1Y2M` or `P2W`. Negative ones are
 * refused: nothing here is due before it started.
 * @throws InvalidError `duration_invalid`
 */
export function parseDuration(text: string): Duration {
  const match = DURATION.exec(text.trim());
  if (!match) {
    const reason = `"${text.slice(0, 60)}" is not an ISO 8601 duration`;
    throw new InvalidError('duration_invalid', reason, { details: [{ reason }] });
  }
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map(toNumber);
  return {
    years: years ?? 0,
    months: months ?? 0,
    weeks: weeks ?? 0,
    days: days ?? 0,
    hours: hours ?? 0,
    minutes: minutes ?? 0,
    seconds: seconds ?? 0,
  };
}

/**
 * The instant so much later. Years, months, weeks and days move the wall calendar in Oslo and keep
 * the time of day, also across daylight saving; a day that the month lacks becomes its last
 * (31 January + `P1M` is 28 or 29 February). Hours, minutes and seconds are then elapsed time.
 * @throws InvalidError `duration_too_long` when it leads beyond the year 9999
 */
export function addDuration(from: Date, duration: Duration): Date {
  assertDate(from);
  const clock = clockMilliseconds(duration);
  if (!movesCalendar(duration)) return inRange(new Date(from.getTime() + clock));
  const local = toLocal(from);
  const month = local.year * 12 + (local.month - 1) + duration.years * 12 + duration.months;
  const year = Math.floor(month / 12);
  const monthOfYear = (month % 12) + 1;
  if (!isLocalDate({ year, month: monthOfYear, day: 1 })) throw tooLong();
  const day = Math.min(local.day, daysInMonth(year, monthOfYear));
  const date = fromDayNumber(
    toDayNumber({ year, month: monthOfYear, day }) + duration.weeks * 7 + duration.days,
  );
  if (!isLocalDate(date)) throw tooLong();
  return inRange(new Date(toInstant({ ...local, ...date }).getTime() + clock));
}

/** The duration taken so many times, part by part. */
export function multiplyDuration(duration: Duration, times: number): Duration {
  return {
    years: duration.years * times,
    months: duration.months * times,
    weeks: duration.weeks * times,
    days: duration.days * times,
    hours: duration.hours * times,
    minutes: duration.minutes * times,
    seconds: duration.seconds * times,
  };
}

/** Whether the duration has years, months, weeks or days, whose length depends on the calendar. */
export function movesCalendar(duration: Duration): boolean {
  return duration.years + duration.months + duration.weeks + duration.days > 0;
}

/** The length of hours, minutes and seconds in milliseconds. */
export function clockMilliseconds({ hours, minutes, seconds }: Duration): number {
  return Math.round((hours * 3600 + minutes * 60 + seconds) * 1000);
}

function toNumber(part: string | undefined): number {
  return part === undefined ? 0 : Number(part);
}

const END_OF_TIME = Date.UTC(9999, 11, 31);

function inRange(date: Date): Date {
  // Written so that an invalid date (NaN) is refused as well.
  if (!(date.getTime() <= END_OF_TIME)) throw tooLong();
  return date;
}

function tooLong(): InvalidError {
  const reason = 'the duration leads beyond the year 9999';
  return new InvalidError('duration_too_long', reason, { details: [{ reason }] });
}
