import { InvalidError } from '../../kernel/errors.js';
import type { InvalidReason } from '../../kernel/errors.js';
import { readCsv } from './csv.js';
import type { CsvRecord } from './csv.js';

/** The columns of a log, in any order; others are passed over. */
export const LOG_COLUMNS = [
  'case_id',
  'channel',
  'department',
  'group',
  'responsible',
  'start',
  'planned_end',
  'end',
  'activity',
  'activity_instance',
  'resource',
  'resource_group',
  'time',
] as const;

type Column = (typeof LOG_COLUMNS)[number];

/** One activity that somebody finished in one case, with what is known of the case. */
export interface LogEvent {
  /** Where it stands in the file; the header is line 1. */
  line: number;
  caseId: string;
  channel: string;
  start: Date;
  /** The case's own deadline. */
  plannedEnd: Date;
  /** When the case was closed; null while it is open. */
  end: Date | null;
  activity: string;
  resource: string;
  time: Date;
}

/** More than this many complaints at once help nobody. */
const MAX_REASONS = 20;

const REQUIRED: readonly Column[] = [
  'case_id',
  'channel',
  'start',
  'planned_end',
  'activity',
  'resource',
  'time',
];

/**
 * Reads an event log in CSV, one event a line, in the order of the file. Throws InvalidError
 * `log_unreadable` that names the lines at fault (at most 20 of them) once the file has been read.
 */
export async function* readLog(chunks: AsyncIterable<string>): AsyncGenerator<LogEvent> {
  const reasons: InvalidReason[] = [];
  let columns: Map<Column, number> | null = null;
  try {
    for await (const record of readCsv(chunks)) {
      if (!columns) {
        columns = readHeader(record);
        continue;
      }
      const event = readEvent(record, columns, reasons);
      if (event && !reasons.length) yield event;
      if (reasons.length >= MAX_REASONS) break;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [where = '', ...what] = error.message.split(': ');
    reasons.push({ path: where, reason: what.join(': ') });
  }
  if (!columns && !reasons.length) reasons.push({ path: 'line 1', reason: 'the file is empty' });
  if (reasons.length) throw unreadable(reasons);
}

function readHeader({ line, fields }: CsvRecord): Map<Column, number> {
  const names = fields.map((field) => field.trim());
  const missing = LOG_COLUMNS.filter((column) => !names.includes(column));
  if (missing.length) {
    const reason = `the header lacks ${missing.join(', ')}`;
    throw unreadable([{ path: `line ${line}`, reason }]);
  }
  return new Map(LOG_COLUMNS.map((column) => [column, names.indexOf(column)]));
}

function readEvent(
  { line, fields }: CsvRecord,
  columns: Map<Column, number>,
  reasons: InvalidReason[],
): LogEvent | null {
  const before = reasons.length;
  const wrong = (reason: string): void => {
    reasons.push({ path: `line ${line}`, reason });
  };
  const text = (column: Column): string => fields[columns.get(column) ?? -1]?.trim() ?? '';
  const time = (column: Column): Date => {
    const date = text(column) ? readTime(text(column)) : null;
    if (text(column) && !date) {
      wrong(`${column} is no time with an offset from UTC: "${text(column).slice(0, 40)}"`);
    }
    return date ?? new Date(Number.NaN);
  };
  const width = Math.max(...columns.values()) + 1;
  if (fields.length < width) wrong(`there are ${fields.length} fields where ${width} are needed`);
  else for (const column of REQUIRED) if (!text(column)) wrong(`${column} is empty`);
  if (reasons.length > before) return null;
  const event = {
    line,
    caseId: text('case_id'),
    channel: text('channel'),
    start: time('start'),
    plannedEnd: time('planned_end'),
    end: text('end') ? time('end') : null,
    activity: text('activity'),
    resource: text('resource'),
    time: time('time'),
  };
  return reasons.length > before ? null : event;
}

const TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,3})?\d*(Z|[+-]\d\d:\d\d)$/;

/** ISO 8601 with a blank allowed for the T. Microseconds are cut off: the clock has milliseconds. */
function readTime(text: string): Date | null {
  const [, day, time, fraction = '', offset] = TIME.exec(text) ?? [];
  if (!day) return null;
  const date = new Date(`${day}T${time}${fraction}${offset}`);
  // Date turns 30 February into 1 March instead of refusing it.
  const real = !Number.isNaN(date.getTime()) && isDay(day);
  return real ? date : null;
}

function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

function unreadable(details: InvalidReason[]): InvalidError {
  return new InvalidError('log_unreadable', 'The log cannot be read.', { details });
}
