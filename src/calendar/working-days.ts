import { isHoliday, weekdayHolidaysOf } from './holidays.js';
import { assertLocalDate, dayOfWeek, fromDayNumber, toDayNumber } from './local-date.js';
import type { LocalDate } from './local-date.js';
import { endOfDay, toLocal } from './oslo-time.js';

/** More working days than any deadline has (about forty years), so that counting always ends. */
export const MAX_WORKING_DAYS = 10_000;

/** Monday to Friday, unless it is one of the twelve public holidays. */
export function isWorkingDay(date: LocalDate): boolean {
  assertLocalDate(date);
  return dayOfWeek(toDayNumber(date)) <= 5 && !isHoliday(date);
}

/**
 * When a deadline of so many working days is due. Counting starts on the day after `from`, as the
 * day of the event is not counted (domstolloven § 148), and the deadline is due at the end of the
 * last day, 23:59:59.999 in Oslo: whoever answers on that day has answered in time. It never falls
 * on a Saturday, Sunday or holiday (domstolloven § 149, which we apply by analogy, because
 * forvaltningsloven has no such rule). Zero days means the end of the day of `from`, or of the next
 * working day when that is none.
 * @throws TypeError unless `days` is an integer from 0 to 10,000
 */
export function addWorkingDays(from: Date, days: number): Date {
  return step(from, days, 1);
}

/**
 * The end of the day from which so many whole working days remain until the day of `from`: three
 * working days before a Friday is the end of Tuesday, with Wednesday, Thursday and Friday left.
 * Zero days means the end of the day of `from`, or of the working day before when that is none.
 * @throws TypeError unless `days` is an integer from 0 to 10,000
 */
export function subtractWorkingDays(from: Date, days: number): Date {
  return step(from, days, -1);
}

/**
 * How many working days lie after the day of `from`, up to and with the day of `to`. Zero on the
 * same day, and negative when `to` lies before `from`, so that the sign tells early from late.
 */
export function workingDaysBetween(from: Date, to: Date): number {
  const first = toDayNumber(toLocal(from));
  const last = toDayNumber(toLocal(to));
  return first <= last ? countAfter(first, last) : -countAfter(last, first);
}

function step(from: Date, days: number, direction: 1 | -1): Date {
  if (!Number.isInteger(days) || days < 0 || days > MAX_WORKING_DAYS) {
    throw new TypeError(`working days must be an integer from 0 to ${MAX_WORKING_DAYS}`);
  }
  let day = toDayNumber(toLocal(from));
  let left = days;
  while (left > 0 || !isWorkingDay(fromDayNumber(day))) {
    day += direction;
    if (left > 0 && isWorkingDay(fromDayNumber(day))) left -= 1;
  }
  return endOfDay(fromDayNumber(day));
}

/** Working days in `(first, last]`, without walking through them: the span may be centuries. */
function countAfter(first: number, last: number): number {
  let count = weekdaysUpTo(last) - weekdaysUpTo(first);
  for (let year = fromDayNumber(first).year; year <= fromDayNumber(last).year; year += 1) {
    count -= weekdayHolidaysOf(year).filter((day) => day > first && day <= last).length;
  }
  return count;
}

/** Days from Monday to Friday since Monday 1969-12-29, up to and with this day. */
function weekdaysUpTo(day: number): number {
  const weeks = Math.floor((day + 3) / 7);
  return weeks * 5 + Math.min(dayOfWeek(day), 5);
}
