import { systemClock } from './clock.js';
import type { Clock } from './clock.js';

/** PGlite's errors may carry a hundred kilobytes of its own source. */
const LONGEST_STACK = 4000;

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** From talkative to mute; a logger writes its own level and those to the right of it. */
export type LogLevel = (typeof LEVELS)[number];

/** Whatever helps to understand the line; ids and counts, never personal data. */
export type LogFields = { error?: unknown; [name: string]: unknown };

type WriteLog = (message: string, fields?: LogFields) => void;

/** Writes one JSON object per line: time, level, room, message, and the fields given. */
export interface Logger {
  debug: WriteLog;
  info: WriteLog;
  warn: WriteLog;
  error: WriteLog;
  /** The same logger speaking for another room. */
  child(room: string): Logger;
}

interface LoggerOptions {
  level?: LogLevel;
  room?: string;
  clock?: Clock;
  /** Takes one line without its line break; standard error by default, which output never mixes with. */
  write?: (line: string) => void;
}

/** A logger at `level` ('info' by default). */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { level = 'info', room, clock = systemClock } = options;
  const write = options.write ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const at = (own: LogLevel): WriteLog => {
    if (LEVELS.indexOf(own) < LEVELS.indexOf(level)) return () => {};
    return (message, fields = {}) =>
      write(JSON.stringify({ time: clock(), level: own, room, message, ...plain(fields) }));
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (name) => createLogger({ ...options, room: name }),
  };
}

function plain(fields: LogFields): LogFields {
  return 'error' in fields ? { ...fields, error: describeError(fields.error) } : fields;
}

/**
 * Only what cannot carry somebody's data: a database error's `detail` quotes the row it refused, and
 * an application error's `details` may quote the input.
 */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const cause = error.cause === undefined ? {} : { cause: summary(error.cause) };
  return { ...summary(error), stack: error.stack?.slice(0, LONGEST_STACK), ...cause };
}

function summary(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? error.code : undefined;
  return { name: error.name, code, message: error.message.slice(0, LONGEST_STACK) };
}
