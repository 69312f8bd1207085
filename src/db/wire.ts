/**
 * The few parts of PostgreSQL's wire protocol 3 that sharing one session needs.
 * Source: PostgreSQL documentation, "Frontend/Backend Protocol", Message Formats.
 */

const PARSE = 0x50;
const BIND = 0x42;
const DESCRIBE = 0x44;
const CLOSE = 0x43;
const STATEMENT = 0x53;
const READY_FOR_QUERY = 0x5a;
const NOTIFICATION = 0x41;
const SESSION_PARAMETERS = [
  ['server_version', '18.0'],
  ['client_encoding', 'UTF8'],
  ['DateStyle', 'ISO, MDY'],
  ['TimeZone', 'UTC'],
  ['integer_datetimes', 'on'],
  ['standard_conforming_strings', 'on'],
] as const;

/** Terminate: the client says goodbye. */
export const TERMINATE = 0x58;

/** Query, Sync, Flush, CopyDone and CopyFail: after these a client waits for the answer. */
export const ENDS_BATCH: ReadonlySet<number> = new Set([0x51, 0x53, 0x48, 0x63, 0x66]);

/** One message: type, length, body. */
export function message(type: string, body: Buffer): Buffer {
  const head = Buffer.allocUnsafe(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

/** A simple Query message. */
export function simpleQuery(sql: string): Buffer {
  return message('Q', strings(sql));
}

/** What a server says to a client it lets in: no password, its parameters, ready. */
export function greeting(): Buffer {
  const processAndSecret = Buffer.alloc(8);
  processAndSecret.writeInt32BE(1, 0);
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    ...SESSION_PARAMETERS.map((parameter) => message('S', strings(...parameter))),
    message('K', processAndSecret),
    readyIdle(),
  ]);
}

/** A refusal after which the client may go on, outside any transaction. */
export function refusal(sqlState: string, text: string): Buffer {
  const fields = strings('SERROR', 'VERROR', `C${sqlState}`, `M${text}`);
  return Buffer.concat([message('E', Buffer.concat([fields, Buffer.alloc(1)])), readyIdle()]);
}

/** Length of the message that starts at `offset`, or undefined while its head has not come. */
export function messageLength(bytes: Buffer, offset: number): number | undefined {
  return offset + 5 <= bytes.length ? 1 + bytes.readInt32BE(offset + 1) : undefined;
}

/** What the server's raw answer says about the session afterwards. */
export interface Answer {
  /** True when it ended outside a transaction, so that another client may take the session. */
  idle: boolean;
  /** NotificationResponse messages, which every listening client must see. */
  notifications: Buffer[];
}

/** Looks through a complete raw answer without decoding its rows. */
export function readAnswer(bytes: Buffer): Answer {
  const answer: Answer = { idle: false, notifications: [] };
  let offset = 0;
  for (;;) {
    const length = messageLength(bytes, offset);
    if (length === undefined) return answer;
    if (bytes[offset] === READY_FOR_QUERY) answer.idle = bytes[offset + 5] === 'I'.charCodeAt(0);
    if (bytes[offset] === NOTIFICATION) {
      answer.notifications.push(bytes.subarray(offset, offset + length));
    }
    offset += length;
  }
}

/** The name a Parse message gives its statement; undefined for others and for unnamed ones. */
export function parsedStatement(bytes: Buffer): string | undefined {
  if (bytes[0] !== PARSE) return undefined;
  return bytes.toString('utf8', 5, bytes.indexOf(0, 5)) || undefined;
}

/** Puts `prefix` before the name of the prepared statement a message speaks of, if it names one. */
export function prefixStatement(bytes: Buffer, prefix: string): Buffer {
  const at = statementNameOffset(bytes);
  if (at === undefined || bytes[at] === 0) return bytes;
  const added = Buffer.from(prefix);
  const renamed = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);
  renamed.writeInt32BE(bytes.readInt32BE(1) + added.length, 1);
  return renamed;
}

function statementNameOffset(bytes: Buffer): number | undefined {
  if (bytes[0] === PARSE) return 5;
  if (bytes[0] === BIND) return bytes.indexOf(0, 5) + 1;
  const aboutStatement = bytes[5] === STATEMENT;
  return aboutStatement && (bytes[0] === DESCRIBE || bytes[0] === CLOSE) ? 6 : undefined;
}

function readyIdle(): Buffer {
  return message('Z', Buffer.from('I'));
}

function strings(...values: string[]): Buffer {
  return Buffer.from(values.map((value) => `${value}\0`).join(''));
}
