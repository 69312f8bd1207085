import { easterSunday, holidayOn } from './holidays.js';
import type { HolidayName } from './holidays.js';
import { dayOfWeek, formatLocalDate, fromDayNumber, toDayNumber } from './local-date.js';

/** The days on which a municipality may close although the law does not. */
export const CLOSABLE = ['christmasEve', 'newYearsEve', 'wednesdayBeforeEaster'] as const;
export type ClosableDay = (typeof CLOSABLE)[number];

/** Opening hours of one day in Oslo, as `['08:00', '15:30']`; `24:00` is the end of the day. */
export type Hours = readonly (readonly [from: string, to: string])[];

/** How a unit works in a period. Dates are ISO 8601; `validTo` is the first day it no longer holds. */
export interface CalendarPeriod {
  readonly validFrom: string;
  readonly validTo: string | null;
  /** By weekday from Monday (1) to Sunday (7); `holiday` is for the twelve public holidays. */
  readonly hours: Readonly<Partial<Record<DayKey, Hours>>>;
  /** Closed all day, every year. */
  readonly closed: readonly ClosableDay[];
  /** Closed all day, this once. */
  readonly closedOn: readonly string[];
  /** Whether a deadline in law that ends on a day off moves on (domstolloven § 149 by analogy). */
  readonly movesToWorkingDay: boolean;
}
export type DayKey = '1' | '2' | '3' | '4' | '5' | '6' | '7' | 'holiday';

/** All periods of a unit, in any order, none overlapping. */
export type UnitCalendar = readonly CalendarPeriod[];

/** Why a day is no working day. */
export type DayOff = 'saturday' | 'sunday' | HolidayName | ClosableDay | 'unitClosed';

const OFFICE: Hours = [['08:00', '15:30']];

/** What holds where a unit has said nothing: office hours on weekdays. */
export const ORDINARY_PERIOD: CalendarPeriod = {
  validFrom: '1583-01-01',
  validTo: null,
  hours: { '1': OFFICE, '2': OFFICE, '3': OFFICE, '4': OFFICE, '5': OFFICE },
  closed: [],
  closedOn: [],
  movesToWorkingDay: true,
};

/** The period that holds on this day. */
export function periodOn(calendar: UnitCalendar, day: number): CalendarPeriod {
  const date = formatLocalDate(fromDayNumber(day));
  const holds = ({ validFrom, validTo }: CalendarPeriod) =>
    validFrom <= date && (validTo === null || date < validTo);
  return calendar.find(holds) ?? ORDINARY_PERIOD;
}

/** Why the law counts no work on this day: a weekend or one of the twelve holidays. */
export function lawfulDayOff(day: number): DayOff | undefined {
  const holiday = holidayOn(fromDayNumber(day));
  if (holiday) return holiday;
  const weekday = dayOfWeek(day);
  if (weekday === 6) return 'saturday';
  return weekday === 7 ? 'sunday' : undefined;
}

/** Why the unit does not work on this day: the law's reasons, and its own. */
export function unitDayOff(calendar: UnitCalendar, day: number): DayOff | undefined {
  return lawfulDayOff(day) ?? ownDayOff(periodOn(calendar, day), day);
}

/** The opening hours of a day; none when the unit is closed. */
export function hoursOn(calendar: UnitCalendar, day: number): Hours {
  const period = periodOn(calendar, day);
  if (ownDayOff(period, day)) return [];
  const isHoliday = holidayOn(fromDayNumber(day)) !== undefined;
  return period.hours[isHoliday ? 'holiday' : (String(dayOfWeek(day)) as DayKey)] ?? [];
}

function ownDayOff({ closed, closedOn }: CalendarPeriod, day: number): DayOff | undefined {
  const date = fromDayNumber(day);
  const always = closed.find((name) => dayOf(name, date.year) === day);
  if (always) return always;
  return closedOn.includes(formatLocalDate(date)) ? 'unitClosed' : undefined;
}

function dayOf(name: ClosableDay, year: number): number {
  if (name === 'christmasEve') return toDayNumber({ year, month: 12, day: 24 });
  if (name === 'newYearsEve') return toDayNumber({ year, month: 12, day: 31 });
  return toDayNumber(easterSunday(year)) - 4;
}
