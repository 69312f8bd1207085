import {
  date,
  dateAndTime,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelFunction,
  FeelRange,
  FeelTime,
} from 'feelin';
import { formatLocalDate } from '../calendar/local-date.js';
import { TIME_ZONE, toInstant, toLocal } from '../calendar/oslo-time.js';
import type { JsonValue } from '../kernel/json.js';
import { MAX_RESULT_TEXT, MAX_STEPS } from './evaluation.js';
import { FeelFailure } from './feel-error.js';

/** Deeper than any form or register answers. */
const MAX_DEPTH = 100;
const FEEL_TYPES = [FeelDate, FeelDateTime, FeelTime, FeelDuration, FeelRange, FeelFunction];

/** Called with every key of an object, and the path that leads to it. */
type KeyVisitor = (key: string, path: string) => void;

/**
 * A variable's value as FEEL knows it: JSON as it is, a `Date` as date and time in Oslo. Copied, so
 * that no expression can change a variable.
 * @throws TypeError for what is neither JSON, nor a `Date`, nor a FEEL value
 */
export function toFeelValue(value: unknown, visit?: KeyVisitor, path = '', depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new TypeError(`a variable nests deeper than ${MAX_DEPTH}`);
  if (value === null || value === undefined) return null;
  if (['string', 'number', 'boolean'].includes(typeof value)) return value;
  if (value instanceof Date) return toFeelDateTime(value);
  if (FEEL_TYPES.some((type) => value instanceof type)) return value;
  // Objects in a list have no names that the parser could know: feelin looks into contexts only.
  if (Array.isArray(value)) return value.map((item) => toFeelValue(item, undefined, '', depth + 1));
  if (!isPlainObject(value)) throw new TypeError(`a variable of type ${nameOf(value)} is not JSON`);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    // Assigned, it would become the prototype of every copy that feelin makes.
    if (key === '__proto__') continue;
    visit?.(key, path);
    copy[key] = toFeelValue(item, visit, `${path}${key}.`, depth + 1);
  }
  return copy;
}

/**
 * A FEEL result as JSON. Dates, times and durations become ISO 8601 strings; a date and time with a
 * zone becomes its instant in UTC, one without stays as it is.
 * @throws FeelFailure `feel_not_json` or `feel_limit`
 */
export function toJson(value: unknown): JsonValue {
  let left = MAX_STEPS;
  // Of all its texts together: a thousand times the same long one is as much to keep.
  let textLeft = MAX_RESULT_TEXT;
  const convert = (item: unknown, depth: number): JsonValue => {
    left -= 1;
    if (left < 0) throw new FeelFailure('feel_limit', `its result has over ${MAX_STEPS} values`);
    if (depth > MAX_DEPTH) {
      throw new FeelFailure('feel_not_json', `its result nests deeper than ${MAX_DEPTH}`);
    }
    if (typeof item === 'string') textLeft -= item.length;
    if (textLeft < 0) throw new FeelFailure('feel_limit', 'its text is too long');
    if (Array.isArray(item)) return item.map((entry) => convert(entry, depth + 1));
    if (!isPlainObject(item)) return scalarToJson(item);
    const entries = Object.entries(item).filter(([key]) => key !== '__proto__');
    return Object.fromEntries(entries.map(([key, entry]) => [key, convert(entry, depth + 1)]));
  };
  return convert(value, 0);
}

/** The instant as FEEL date and time in Oslo. */
export function toFeelDateTime(instant: Date): FeelDateTime {
  const local = toLocal(instant);
  const clock = [local.hour, local.minute, local.second].map((part) =>
    String(part).padStart(2, '0'),
  );
  const text = `${formatLocalDate(local)}T${clock.join(':')}.${String(local.millisecond).padStart(3, '0')}`;
  // In the hour that comes twice in autumn, only the offset tells which one is meant.
  const isSecond = toInstant(local).getTime() !== instant.getTime();
  return known(dateAndTime(`${text}${isSecond ? '+01:00' : `@${TIME_ZONE}`}`));
}

/** The day in Oslo as FEEL date. */
export function toFeelDate(instant: Date): FeelDate {
  return known(date(formatLocalDate(toLocal(instant))) as FeelDate | null);
}

/** The instant of a FEEL date and time with a zone; `undefined` without one. */
export function zonedInstant(value: FeelDateTime): Date | undefined {
  if (value.zone === null) return undefined;
  return new Date(value.value.toZonedDateTime(value.zone).epochMilliseconds);
}

/** What kind of value this is, for messages that must not show the value. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDuration) return 'duration';
  if (value instanceof FeelRange) return 'range';
  if (value instanceof FeelFunction || typeof value === 'function') return 'function';
  if (typeof value !== 'object') return typeof value;
  return isPlainObject(value) ? 'context' : value.constructor.name;
}

function scalarToJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new FeelFailure('feel_not_json', 'its result is not a finite number');
  }
  if (value instanceof FeelDateTime) return zonedInstant(value)?.toISOString() ?? value.toString();
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) {
    return value.toString();
  }
  throw new FeelFailure('feel_not_json', `a ${nameOf(value)} in its result has no JSON form`);
}

/** feelin answers null for a text that it cannot read; ours are always well formed. */
function known<Value>(value: Value | null): Value {
  if (value === null) throw new TypeError('feelin did not read an ISO 8601 text');
  return value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
