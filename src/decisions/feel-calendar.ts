import { FeelDate, FeelDateTime, FeelDuration, FeelFunction } from 'feelin';
import { parseDateTime } from '../calendar/date-time.js';
import { clockMilliseconds, movesCalendar, parseDuration } from '../calendar/duration.js';
import { complaintDeadline } from '../calendar/legal-terms.js';
import { addOpeningHours } from '../calendar/opening-hours.js';
import { toLocal } from '../calendar/oslo-time.js';
import { ORDINARY_PERIOD } from '../calendar/unit-calendar.js';
import type { CalendarPeriod, DayKey, Hours, UnitCalendar } from '../calendar/unit-calendar.js';
import {
  addWorkingDays,
  isWorkingDay,
  subtractWorkingDays,
  workingDaysBetween,
} from '../calendar/working-days.js';
import { FeelFailure } from './feel-error.js';
import type { FunctionFactory } from './feel-extensions.js';
import { nameOf, toFeelDateTime, zonedInstant } from './feel-values.js';

/**
 * The clock's functions, for decisions and timers alike. Null in gives null out; anything else that
 * is no date is an error, since a deadline must not get lost in silence.
 *
 * - `add working days(date, days)`, `subtract working days(date, days)`: date and time in Oslo
 * - `working days between(from, to)`: number, negative when `to` is earlier
 * - `is working day(date)`, `next working day(date)`: the end of that day, or of the next one
 * - `add opening hours(date, time, hours)`: `time` is a duration or a number of hours; `hours` is a
 *   context such as `{"1": [["08:00", "15:30"]]}`, by weekday from Monday to Sunday and `holiday`,
 *   and office hours when it is left out
 * - `complaint deadline(date)`: three weeks, moved from a day off
 */
export const calendarFunctions: Readonly<Record<string, FunctionFactory>> = {
  'add working days': () => shift('add working days', addWorkingDays),
  'subtract working days': () => shift('subtract working days', subtractWorkingDays),
  'working days between': () =>
    new FeelFunction(
      (from: unknown, to: unknown) => {
        const first = toDate('working days between', from);
        const last = toDate('working days between', to);
        return first && last ? workingDaysBetween(first, last) : null;
      },
      ['from', 'to'],
    ),
  'is working day': () => ofDate('is working day', (date) => isWorkingDay(toLocal(date))),
  'next working day': () =>
    ofDate('next working day', (date) => toFeelDateTime(addWorkingDays(date, 0))),
  'complaint deadline': () =>
    ofDate('complaint deadline', (date) => toFeelDateTime(complaintDeadline(date))),
  'add opening hours': () =>
    new FeelFunction(
      (date: unknown, time: unknown, hours: unknown) => {
        const name = 'add opening hours';
        const start = toDate(name, date);
        if (!start || time === null || time === undefined) return null;
        const milliseconds = toMilliseconds(name, time);
        return checked(name, () =>
          toFeelDateTime(addOpeningHours(start, milliseconds, toCalendar(name, hours))),
        );
      },
      ['date', 'time', 'hours'],
    ),
};

function shift(name: string, move: (from: Date, days: number) => Date): FeelFunction {
  return new FeelFunction(
    (from: unknown, days: unknown) => {
      const start = toDate(name, from);
      if (!start || days === null || days === undefined) return null;
      if (typeof days !== 'number') throw failure(name, `${nameOf(days)} instead of a number`);
      return checked(name, () => toFeelDateTime(move(start, days)));
    },
    ['date', 'days'],
  );
}

function ofDate(name: string, act: (date: Date) => unknown): FeelFunction {
  return new FeelFunction(
    (value: unknown) => {
      const date = toDate(name, value);
      return date ? act(date) : null;
    },
    ['date'],
  );
}

function checked<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof TypeError) throw failure(name, error.message);
    throw error;
  }
}

function toMilliseconds(name: string, time: unknown): number {
  if (typeof time === 'number') return time * 3_600_000;
  const text = time instanceof FeelDuration ? time.toString() : time;
  if (typeof text !== 'string') throw failure(name, `${nameOf(time)} instead of a duration`);
  let duration;
  try {
    duration = parseDuration(text);
  } catch {
    throw failure(name, 'a text that is not an ISO 8601 duration');
  }
  if (movesCalendar(duration)) throw failure(name, 'days instead of hours');
  return clockMilliseconds(duration);
}

const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const DAY_KEYS = new Set<string>(['1', '2', '3', '4', '5', '6', '7', 'holiday']);

function toCalendar(name: string, hours: unknown): UnitCalendar {
  if (hours === null || hours === undefined) return [];
  const week: Partial<Record<DayKey, Hours>> = {};
  for (const [key, spans] of Object.entries(hours)) {
    if (!DAY_KEYS.has(key) || !isHours(spans)) throw failure(name, 'hours that are none');
    week[key as DayKey] = spans;
  }
  const period: CalendarPeriod = { ...ORDINARY_PERIOD, hours: week };
  return [period];
}

function isHours(spans: unknown): spans is Hours {
  return (
    Array.isArray(spans) &&
    spans.length <= 6 &&
    spans.every((span: unknown) => {
      if (!Array.isArray(span) || span.length !== 2) return false;
      return span.every((time: unknown) => typeof time === 'string' && TIME.test(time));
    })
  );
}

function toDate(name: string, value: unknown): Date | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof FeelDateTime) {
    return zonedInstant(value) ?? parseDateTime(value.toString());
  }
  if (value instanceof FeelDate) return parseDateTime(value.toString());
  if (typeof value !== 'string') throw failure(name, `${nameOf(value)} instead of a date`);
  try {
    return parseDateTime(value);
  } catch {
    throw failure(name, 'a text that is not an ISO 8601 date');
  }
}

function failure(name: string, got: string): FeelFailure {
  return new FeelFailure('feel_evaluation', `${name}: ${got}`);
}
