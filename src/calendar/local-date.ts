/** A day on the wall calendar, without time or zone. Months and days count from 1. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The Gregorian calendar, and with it our Easter, starts here. */
const FIRST_YEAR = 1583;
const LAST_YEAR = 9999;

/** Days since 1970-01-01: the form in which days are counted and compared. */
export function toDayNumber({ year, month, day }: LocalDate): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The day that is so many days after 1970-01-01. */
export function fromDayNumber(dayNumber: number): LocalDate {
  const date = new Date(dayNumber * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 1 for Monday to 7 for Sunday, as in ISO 8601. */
export function dayOfWeek(dayNumber: number): number {
  // 1970-01-01 was a Thursday.
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

/** The number of days in a month; `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Whether there is such a day, in the years 1583 to 9999. */
export function isLocalDate({ year, month, day }: LocalDate): boolean {
  return (
    [year, month, day].every(Number.isInteger) &&
    year >= FIRST_YEAR &&
    year <= LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  );
}

/** @throws TypeError when there is no such day, or it lies outside the years 1583 to 9999 */
export function assertLocalDate(date: LocalDate): void {
  if (!isLocalDate(date)) throw new TypeError('not a day between the years 1583 and 9999');
}

/** The ISO 8601 form, `2026-05-17`. */
export function formatLocalDate({ year, month, day }: LocalDate): string {
  return [String(year).padStart(4, '0'), pad(month), pad(day)].join('-');
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
