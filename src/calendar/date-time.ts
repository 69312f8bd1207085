import { InvalidError } from '../kernel/errors.js';
import { isLocalDate } from './local-date.js';
import { toInstant } from './oslo-time.js';

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads an ISO 8601 date and time. Without a zone it is a time in Oslo, and a bare date is the
 * first moment of that day in Oslo. Fractions finer than a millisecond are cut off.
 * @throws InvalidError `date_time_invalid`
 */
export function parseDateTime(text: string): Date {
  const match = DATE_TIME.exec(text.trim());
  if (!match) throw invalid(text);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const local = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
  };
  if (!isLocalDate(local) || local.hour > 23 || local.minute > 59 || local.second > 59) {
    throw invalid(text);
  }
  if (!zone) return toInstant(local);
  const wall = Date.UTC(
    local.year,
    local.month - 1,
    local.day,
    local.hour,
    local.minute,
    local.second,
    local.millisecond,
  );
  return new Date(wall - offsetOf(zone, text));
}

function offsetOf(zone: string, text: string): number {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 18 || minutes > 59) throw invalid(text);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function invalid(text: string): InvalidError {
  const reason = `"${text.slice(0, 60)}" is not an ISO 8601 date and time`;
  return new InvalidError('date_time_invalid', reason, { details: [{ reason }] });
}
