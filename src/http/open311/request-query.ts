import type { Request } from 'express';
import { parseDateTime } from '../../calendar/date-time.js';
import { Open311Error } from '../../channels/open311/open311-error.js';
import type { RequestFilter } from '../../channels/open311/requests.js';
import { InvalidError } from '../../kernel/errors.js';

/** GeoReport v2: the last 90 days unless asked otherwise, and never more than 1000 at once. */
const DAYS = 90;
const MAX_ROWS = 1000;
const DAY_MS = 86_400_000;

/** Clients' clocks run ahead of ours, and what they ask for "until now" includes it. */
const AHEAD_MS = 5 * 60_000;

/** One value of a query, if it says something. */
export function queryText(request: Request, name: string): string | undefined {
  const value = request.query[name];
  const text = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** What GET requests asks for. @throws Open311Error 400 */
export function readFilter(request: Request, now: Date): RequestFilter {
  const list = (name: string) => queryText(request, name)?.split(',').slice(0, MAX_ROWS);
  const status = list('status')?.map((one) => {
    if (one === 'open' || one === 'closed') return one;
    throw new Open311Error(400, 'status must be open or closed');
  });
  return {
    references: list('service_request_id'),
    services: list('service_code'),
    status,
    ...readPeriod(request, now, DAYS * DAY_MS),
    page: readCount(request, 'page', 1, 1_000_000),
    pageSize: readCount(request, 'page_size', MAX_ROWS, MAX_ROWS),
  };
}

/** The period that is asked for; `span` milliseconds, up to now, when none is. */
export function readPeriod(
  request: Request,
  now: Date,
  span: number,
): { from: Date; before: Date } {
  const before = readDate(request, 'end_date') ?? new Date(now.getTime() + AHEAD_MS);
  const from = readDate(request, 'start_date') ?? new Date(before.getTime() - span);
  return { from, before };
}

function readDate(request: Request, name: string): Date | undefined {
  // A plus sign that was not encoded arrives as a blank.
  const text = queryText(request, name)?.replace(/ (?=\d{2}:\d{2}$)/, '+');
  if (text === undefined) return undefined;
  try {
    return parseDateTime(text);
  } catch (error) {
    if (error instanceof InvalidError) throw new Open311Error(400, `${name} is not a W3C date`);
    throw error;
  }
}

function readCount(request: Request, name: string, usual: number, most: number): number {
  const text = queryText(request, name);
  if (text === undefined) return usual;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Open311Error(400, `${name} must be 1 or more`);
  return Math.min(Number(text), most);
}
