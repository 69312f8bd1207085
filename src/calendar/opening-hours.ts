import { fromDayNumber, toDayNumber } from './local-date.js';
import { assertDate, startOfDay, toInstant, toLocal } from './oslo-time.js';
import { hoursOn } from './unit-calendar.js';
import type { UnitCalendar } from './unit-calendar.js';

/** A unit that does not open within this many days never will. */
const FURTHEST_DAYS = 400;

/** More open time than any promise has: a year of whole days. */
export const MAX_OPEN_MS = 366 * 24 * 60 * 60_000;

interface Span {
  start: number;
  end: number;
}

/**
 * The instant after so much open time, in milliseconds. What comes in while the unit is closed
 * begins to count when it opens. A time that ends just when the unit closes is due then, not the
 * next morning.
 * @throws TypeError for a negative or immense time, or a calendar that never opens
 */
export function addOpeningHours(from: Date, milliseconds: number, calendar: UnitCalendar): Date {
  assertDate(from);
  if (!(milliseconds >= 0 && milliseconds <= MAX_OPEN_MS)) {
    throw new TypeError(`open time must be from 0 to ${MAX_OPEN_MS} milliseconds`);
  }
  let left = milliseconds;
  for (const { start, end } of openSpans(from, calendar)) {
    if (start + left <= end) return new Date(start + left);
    left -= end - start;
  }
  throw new TypeError('the calendar never opens');
}

/** Milliseconds of open time between two instants; 0 when `to` is not after `from`. */
export function openTimeBetween(from: Date, to: Date, calendar: UnitCalendar): number {
  assertDate(to);
  const last = toDayNumber(toLocal(to));
  let total = 0;
  for (let day = toDayNumber(toLocal(from)); day <= last; day += 1) {
    for (const { start, end } of spansOf(day, calendar)) {
      const [begin, stop] = [Math.max(start, from.getTime()), Math.min(end, to.getTime())];
      total += Math.max(0, stop - begin);
    }
  }
  return total;
}

/** This instant when the unit is open then, or else when it opens next. */
export function nextOpening(at: Date, calendar: UnitCalendar): Date {
  return addOpeningHours(at, 0, calendar);
}

/** Open spans from an instant on, the first of them cut at it. */
function* openSpans(from: Date, calendar: UnitCalendar): Generator<Span> {
  const first = toDayNumber(toLocal(from));
  for (let day = first, closed = 0; closed <= FURTHEST_DAYS; day += 1) {
    const spans = spansOf(day, calendar).filter(({ end }) => end > from.getTime());
    closed = spans.length > 0 ? 0 : closed + 1;
    for (const { start, end } of spans) yield { start: Math.max(start, from.getTime()), end };
  }
}

/** By the wall clock, so that a day of 23 or 25 hours has the hours it shows. */
function spansOf(day: number, calendar: UnitCalendar): Span[] {
  return hoursOn(calendar, day)
    .map(([from, to]) => ({ start: instantAt(day, from), end: instantAt(day, to) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
}

function instantAt(day: number, time: string): number {
  if (time === '24:00') return startOfDay(fromDayNumber(day + 1)).getTime();
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return toInstant({
    ...fromDayNumber(day),
    hour,
    minute,
    second: 0,
    millisecond: 0,
  }).getTime();
}
