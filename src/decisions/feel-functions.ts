import { FeelFunction } from 'feelin';
import { calendarFunctions } from './feel-calendar.js';
import { extensions } from './feel-extensions.js';
import type { FunctionFactory } from './feel-extensions.js';
import { toFeelDate, toFeelDateTime } from './feel-values.js';

/**
 * Our own functions, by the name that an expression calls.
 *
 * - `now()`, `today()`: the evaluation's clock, in Oslo
 * - those of `feel-calendar.ts` and of `feel-extensions.ts`
 */
export const functions: Readonly<Record<string, FunctionFactory>> = {
  ...extensions,
  ...calendarFunctions,
  now: ({ now }) => new FeelFunction(() => toFeelDateTime(now), []),
  today: ({ now }) => new FeelFunction(() => toFeelDate(now), []),
};
