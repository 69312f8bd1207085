import { assertLocalDate } from './local-date.js';
import type { LocalDate } from './local-date.js';

/** The zone in which every deadline is counted. */
export const TIME_ZONE = 'Europe/Oslo';

/** What calendar and clock on the wall show in Oslo. */
export interface LocalDateTime extends LocalDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const formatter = new Intl.DateTimeFormat('en-US', {
  timeZone: TIME_ZONE,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/**
 * What the wall shows in Oslo at this instant.
 * @throws TypeError for an invalid date, or one outside the years 1583 to 9999
 */
export function toLocal(instant: Date): LocalDateTime {
  assertDate(instant);
  const wall = new Date(instant.getTime() + offsetAt(instant.getTime()));
  const local = {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    millisecond: wall.getUTCMilliseconds(),
  };
  assertLocalDate(local);
  return local;
}

/**
 * The instant at which the wall shows this in Oslo. A time that daylight saving skips is moved
 * forward by the hour that is missing, one that comes twice is taken the first time: what
 * RFC 5545 §3.3.5 asks for, so that a calendar program shows the same moment.
 * @throws TypeError when there is no such day
 */
export function toInstant(local: LocalDateTime): Date {
  assertLocalDate(local);
  const wall = Date.UTC(
    local.year,
    local.month - 1,
    local.day,
    local.hour,
    local.minute,
    local.second,
    local.millisecond,
  );
  const before = offsetAt(wall - DAY_MS);
  const after = offsetAt(wall + DAY_MS);
  if (offsetAt(wall - before) !== before && offsetAt(wall - after) === after) {
    return new Date(wall - after);
  }
  return new Date(wall - before);
}

/** The first moment of the day in Oslo. */
export function startOfDay(date: LocalDate): Date {
  return toInstant({ ...date, hour: 0, minute: 0, second: 0, millisecond: 0 });
}

/** The last millisecond of the day in Oslo, 23:59:59.999. */
export function endOfDay(date: LocalDate): Date {
  return toInstant({ ...date, hour: 23, minute: 59, second: 59, millisecond: 999 });
}

/** @throws TypeError for anything but a valid `Date` */
export function assertDate(date: Date): void {
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) {
    throw new TypeError('not a valid date');
  }
}

/** How far Oslo is ahead of UTC at this instant, in milliseconds. */
function offsetAt(instant: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(instant / 1000) * 1000;
}
