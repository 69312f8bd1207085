import { FeelDate, FeelDateTime, FeelFunction } from 'feelin';
import { parseDateTime } from '../calendar/date-time.js';
import {
  addWorkingDays,
  subtractWorkingDays,
  workingDaysBetween,
} from '../calendar/working-days.js';
import { FeelFailure } from './feel-error.js';
import { extensions } from './feel-extensions.js';
import type { FunctionFactory } from './feel-extensions.js';
import { nameOf, toFeelDate, toFeelDateTime, zonedInstant } from './feel-values.js';

/**
 * Our own functions, by the name that an expression calls. As usual in FEEL, null in gives null
 * out, with a warning from whatever was null; anything else that is not a date is an error, since
 * a deadline must not get lost in silence.
 *
 * - `now()`, `today()`: the evaluation's clock, in Oslo
 * - `add working days(date, days)`, `subtract working days(date, days)`: date and time in Oslo
 * - `working days between(from, to)`: number, negative when `to` is earlier
 * - those of `feel-extensions.ts`
 */
export const functions: Readonly<Record<string, FunctionFactory>> = {
  ...extensions,
  now: ({ now }) => new FeelFunction(() => toFeelDateTime(now), []),
  today: ({ now }) => new FeelFunction(() => toFeelDate(now), []),
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
};

function shift(name: string, move: (from: Date, days: number) => Date): FeelFunction {
  return new FeelFunction(
    (from: unknown, days: unknown) => {
      const start = toDate(name, from);
      if (!start || days === null || days === undefined) return null;
      if (typeof days !== 'number') throw failure(name, `${nameOf(days)} instead of a number`);
      try {
        return toFeelDateTime(move(start, days));
      } catch (error) {
        if (error instanceof TypeError) throw failure(name, error.message);
        throw error;
      }
    },
    ['date', 'days'],
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
