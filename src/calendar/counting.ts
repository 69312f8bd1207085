import type { Duration } from './duration.js';
import { addDuration, movesCalendar } from './duration.js';
import { formatLocalDate, fromDayNumber, toDayNumber } from './local-date.js';
import { addOpeningHours, openTimeBetween } from './opening-hours.js';
import { endOfDay, toLocal } from './oslo-time.js';
import { lawfulDayOff, periodOn, unitDayOff } from './unit-calendar.js';
import type { DayOff, UnitCalendar } from './unit-calendar.js';
import { MAX_WORKING_DAYS } from './working-days.js';

/** A time in which the clock stands still; `to` is now while it still does. */
export interface Pause {
  readonly from: Date;
  readonly to: Date;
  /** A code, such as `awaitingCitizen`. */
  readonly reason: string;
}

/** What one day did to a deadline. */
export interface DayLine {
  /** ISO 8601. */
  readonly date: string;
  /** `received` is not counted, `moved` was the last day but cannot be one. */
  readonly as: 'received' | 'counted' | 'off' | 'paused' | 'moved';
  /** Which day of the count it is. */
  readonly number?: number;
  /** A `DayOff`, or the reason of the pause. */
  readonly why?: string;
}

/** A deadline and how it came about. `days` is empty where hours were counted. */
export interface Counted {
  readonly due: Date;
  readonly days: readonly DayLine[];
}

interface Counting {
  readonly calendar: UnitCalendar;
  readonly pauses: readonly Pause[];
}

/**
 * A promise of so many working days of a unit. The day of receipt is not counted (domstolloven
 * § 148), nor a day on which the unit is closed. A pause takes the days after the one it began on,
 * up to and with the one it ended on: that day's receipt starts the clock as the first one did.
 * @throws TypeError unless `days` is an integer from 0 to 10,000
 */
export function countWorkingDays(from: Date, days: number, counting: Counting): Counted {
  if (!Number.isInteger(days) || days < 0 || days > MAX_WORKING_DAYS) {
    throw new TypeError(`working days must be an integer from 0 to ${MAX_WORKING_DAYS}`);
  }
  const paused = pausedDays(counting.pauses);
  const lineOf = lineReader(paused, (day) => unitDayOff(counting.calendar, day));
  let day = toDayNumber(toLocal(from));
  const lines: DayLine[] = [{ date: textOf(day), as: 'received' }];
  let number = 0;
  while (number < days || lineOf(day, 0).as !== 'counted') {
    day += 1;
    const line = lineOf(day, number + 1);
    if (line.as === 'counted' && number < days) number += 1;
    lines.push(line.as === 'counted' ? { ...line, number } : line);
  }
  return { due: endOfDay(fromDayNumber(day)), days: lines };
}

/**
 * A deadline of so many days, weeks, months or years: the last moment of its last day, later by each
 * day of a pause. One that ends on a Saturday, a Sunday or a holiday moves to the next working day
 * where the calendar says so (domstolloven § 149, by analogy). Hours are elapsed time.
 */
export function countDuration(from: Date, duration: Duration, counting: Counting): Counted {
  if (!movesCalendar(duration)) return { due: elapsed(from, duration, counting), days: [] };
  const paused = pausedDays(counting.pauses);
  const lineOf = lineReader(paused, () => undefined);
  const first = toDayNumber(toLocal(from));
  let last = toDayNumber(toLocal(addDuration(from, duration)));
  const lines: DayLine[] = [{ date: textOf(first), as: 'received' }];
  let number = 0;
  for (let day = first + 1; day <= last; day += 1) {
    const line = lineOf(day, number + 1);
    if (line.as === 'paused') last += 1;
    else number += 1;
    lines.push(line);
  }
  return moveOn(last, lines, counting.calendar);
}

/** A deadline of working days in law, where a unit's own closing days count. */
export function countLawfulDays(from: Date, days: number, { pauses, calendar }: Counting): Counted {
  const open = calendar.map((period) => ({ ...period, closed: [], closedOn: [] }));
  return countWorkingDays(from, days, { pauses, calendar: open });
}

/**
 * A promise in hours. `within` says whether they pass day and night or only while the unit is open.
 */
export function countHours(
  from: Date,
  milliseconds: number,
  { calendar, pauses, within }: Counting & { within: 'always' | 'openingHours' },
): Counted {
  const pass = within === 'always' ? addElapsed : addOpeningHours;
  const between = within === 'always' ? elapsedBetween : openTimeBetween;
  let [start, left] = [from, milliseconds];
  for (const pause of [...pauses].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    if (pause.to <= start || pass(start, left, calendar) <= pause.from) continue;
    left -= between(start, pause.from > start ? pause.from : start, calendar);
    start = pause.to;
  }
  return { due: pass(start, left, calendar), days: [] };
}

/** A date that somebody has set: it moves only by what is paused after it was set. */
export function countFrom(
  until: Date,
  since: Date,
  { calendar, pauses }: Counting,
  unit: 'workingDays' | 'days',
): Counted {
  const paused = pausedDays(
    pauses
      .filter(({ to }) => to > since)
      .map((pause) => (pause.from < since ? { ...pause, from: since } : pause)),
  );
  const isOff = (day: number) => unit === 'workingDays' && unitDayOff(calendar, day) !== undefined;
  const end = toDayNumber(toLocal(until));
  let last = end;
  const lines: DayLine[] = [];
  for (let day = toDayNumber(toLocal(since)) + 1; day <= last; day += 1) {
    const why = paused.get(day);
    if (why === undefined || isOff(day)) continue;
    lines.push({ date: textOf(day), as: 'paused', why });
    do last += 1;
    while (isOff(last));
  }
  return last === end ? { due: until, days: lines } : moveOn(last, lines, calendar);
}

function moveOn(last: number, lines: DayLine[], calendar: UnitCalendar): Counted {
  let day = last;
  if (periodOn(calendar, last).movesToWorkingDay) {
    for (let why = lawfulDayOff(day); why; why = lawfulDayOff(day)) {
      lines.push({ date: textOf(day), as: 'moved', why });
      day += 1;
    }
    if (day > last) lines.push({ date: textOf(day), as: 'counted' });
  }
  return { due: endOfDay(fromDayNumber(day)), days: lines };
}

function lineReader(paused: ReadonlyMap<number, string>, off: (day: number) => DayOff | undefined) {
  return (day: number, number: number): DayLine => {
    const date = textOf(day);
    const [why, reason] = [off(day), paused.get(day)];
    if (why) return { date, as: 'off', why };
    return reason === undefined
      ? { date, as: 'counted', number }
      : { date, as: 'paused', why: reason };
  };
}

function pausedDays(pauses: readonly Pause[]): ReadonlyMap<number, string> {
  const days = new Map<number, string>();
  for (const { from, to, reason } of pauses) {
    const last = toDayNumber(toLocal(to));
    for (let day = toDayNumber(toLocal(from)) + 1; day <= last; day += 1) days.set(day, reason);
  }
  return days;
}

function elapsed(from: Date, duration: Duration, { pauses, calendar }: Counting): Date {
  const milliseconds = addDuration(from, duration).getTime() - from.getTime();
  return countHours(from, milliseconds, { calendar, pauses, within: 'always' }).due;
}

function addElapsed(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds);
}

function elapsedBetween(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime());
}

function textOf(day: number): string {
  return formatLocalDate(fromDayNumber(day));
}
