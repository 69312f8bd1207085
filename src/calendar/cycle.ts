import { InvalidError } from '../kernel/errors.js';
import { parseDateTime } from './date-time.js';
import {
  addDuration,
  clockMilliseconds,
  movesCalendar,
  multiplyDuration,
  parseDuration,
} from './duration.js';
import type { Duration } from './duration.js';

/** An ISO 8601 repeating interval: how a BPMN timer says `timeCycle`. */
export interface Cycle {
  /** How often it fires; `undefined` is without end. */
  readonly repetitions: number | undefined;
  /** When it fires first; `undefined` is one interval after the timer was set. */
  readonly start: Date | undefined;
  readonly interval: Duration;
}

/** A shorter period would keep a node busy with one timer. */
export const LEAST_PERIOD_MS = 1000;

const CYCLE = /^R(\d{0,9})\/(?:([^/]+)\/)?([^/]+)$/;

/**
 * Reads a cycle: `R/PT15M`, `R3/P1D` or `R5/2026-01-05T08:00/PT1H`.
 * @throws InvalidError `cycle_invalid`, `duration_invalid`, `date_time_invalid`, or
 * `duration_too_short` when the period is below one second
 */
export function parseCycle(text: string): Cycle {
  const match = CYCLE.exec(text.trim());
  const [, count = '', start, interval = ''] = match ?? [];
  if (!match || (count !== '' && Number(count) === 0)) {
    throw invalid('cycle_invalid', `"${text.slice(0, 60)}" is not an ISO 8601 repeating interval`);
  }
  const period = parseDuration(interval);
  if (!movesCalendar(period) && clockMilliseconds(period) < LEAST_PERIOD_MS) {
    throw invalid('duration_too_short', `the period "${interval}" is shorter than one second`);
  }
  return {
    repetitions: count === '' ? undefined : Number(count),
    start: start === undefined ? undefined : parseDateTime(start),
    interval: period,
  };
}

/**
 * When the cycle fires for the `count`th time (the first is 1), or `undefined` when it has fired
 * often enough. Every time is counted from the first, so that `P1M` from 31 January stays at the
 * end of each month and nothing drifts when a timer fires late. `setAt` is when the timer was set.
 * @throws TypeError unless `count` is a positive integer
 */
export function cycleOccurrence(cycle: Cycle, setAt: Date, count: number): Date | undefined {
  if (!Number.isInteger(count) || count < 1)
    throw new TypeError('count must be a positive integer');
  if (cycle.repetitions !== undefined && count > cycle.repetitions) return undefined;
  return cycle.start
    ? addDuration(cycle.start, multiplyDuration(cycle.interval, count - 1))
    : addDuration(setAt, multiplyDuration(cycle.interval, count));
}

function invalid(code: string, reason: string): InvalidError {
  return new InvalidError(code, reason, { details: [{ reason }] });
}
