import { assertLocalDate, dayOfWeek, toDayNumber } from './local-date.js';
import type { LocalDate } from './local-date.js';

/** A Norwegian public holiday, by the name under which our texts know it. */
export type HolidayName =
  | 'newYearsDay'
  | 'maundyThursday'
  | 'goodFriday'
  | 'easterSunday'
  | 'easterMonday'
  | 'labourDay'
  | 'constitutionDay'
  | 'ascensionDay'
  | 'whitSunday'
  | 'whitMonday'
  | 'christmasDay'
  | 'boxingDay';

const FIXED: readonly [HolidayName, number, number][] = [
  ['newYearsDay', 1, 1],
  ['labourDay', 5, 1],
  ['constitutionDay', 5, 17],
  ['christmasDay', 12, 25],
  ['boxingDay', 12, 26],
];

/** Days after Easter Sunday. */
const MOVABLE: readonly [HolidayName, number][] = [
  ['maundyThursday', -3],
  ['goodFriday', -2],
  ['easterSunday', 0],
  ['easterMonday', 1],
  ['ascensionDay', 39],
  ['whitSunday', 49],
  ['whitMonday', 50],
];

const yearsSeen = new Map<number, ReadonlyMap<number, HolidayName>>();

/**
 * Easter Sunday in the Gregorian calendar, by the "anonymous" computus (Meeus, Astronomical
 * Algorithms, ch. 8), which holds for every year from 1583. The letters are those of the method.
 */
export function easterSunday(year: number): LocalDate {
  assertLocalDate({ year, month: 1, day: 1 });
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return { year, month: Math.floor(n / 31), day: (n % 31) + 1 };
}

/**
 * The twelve public holidays of a year, by day number: helligdagsfredloven (LOV-1995-02-24-12)
 * § 2 names the ten church holidays, LOV-1947-04-26-1 § 1 adds 1 and 17 May. 24 and 31 December
 * are ordinary days in law; whether a unit is open then is its own setting. Where two fall on one
 * day (17 May 2027 is also Whit Monday) the fixed one names it.
 */
export function holidaysOf(year: number): ReadonlyMap<number, HolidayName> {
  const known = yearsSeen.get(year);
  if (known) return known;
  const easter = toDayNumber(easterSunday(year));
  const days = new Map<number, HolidayName>();
  for (const [name, offset] of MOVABLE) days.set(easter + offset, name);
  for (const [name, month, day] of FIXED) days.set(toDayNumber({ year, month, day }), name);
  yearsSeen.set(year, days);
  return days;
}

/** The holiday that falls on this day, if any. */
export function holidayOn(date: LocalDate): HolidayName | undefined {
  assertLocalDate(date);
  return holidaysOf(date.year).get(toDayNumber(date));
}

/** Whether this day is one of the twelve Norwegian public holidays. */
export function isHoliday(date: LocalDate): boolean {
  return holidayOn(date) !== undefined;
}

/** The holidays of a year that take a day from Monday to Friday. */
export function weekdayHolidaysOf(year: number): number[] {
  return [...holidaysOf(year).keys()].filter((day) => dayOfWeek(day) <= 5);
}
