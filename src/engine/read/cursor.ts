import { InvalidError } from '../../kernel/errors.js';
import { castOf } from './conditions.js';
import type { Field } from './conditions.js';
import type { SqlText } from './sql-text.js';

/** One of the columns a list is sorted by. */
export interface SortColumn {
  name: string;
  field: Field;
  descending: boolean;
}

/** Where a row stands in a sorted list: the texts of the columns it is sorted by. */
export type Position = (string | null)[];

/** A position that a client can hand back; it also says by what the list was sorted. */
export function writeCursor(columns: readonly SortColumn[], position: Position): string {
  return Buffer.from(JSON.stringify([signature(columns), ...position])).toString('base64');
}

/** @throws InvalidError `cursor_invalid` for a cursor of another list */
export function readCursor(columns: readonly SortColumn[], cursor: string): Position {
  const [sortedBy, ...position] = parse(cursor);
  const fits =
    sortedBy === signature(columns) &&
    position.length === columns.length &&
    columns.every(({ field }, index) => isTextOf(field, position[index]));
  if (fits) return position as Position;
  throw new InvalidError('cursor_invalid', 'This cursor belongs to another list.');
}

/** Rows after a position; nulls come last, whichever way a column is sorted. */
export function afterSql(sql: SqlText, columns: readonly SortColumn[], at: Position): string {
  return anyOf(sql, columns, at, ({ field, descending }, value) =>
    value === null
      ? 'false'
      : `(${field.sql} ${descending ? '<' : '>'} ${typed(sql, field, value)} OR ${field.sql} IS NULL)`,
  );
}

/** Rows before a position. */
export function beforeSql(sql: SqlText, columns: readonly SortColumn[], at: Position): string {
  return anyOf(sql, columns, at, ({ field, descending }, value) =>
    value === null
      ? `${field.sql} IS NOT NULL`
      : `${field.sql} ${descending ? '>' : '<'} ${typed(sql, field, value)}`,
  );
}

/** Equal in the columns before, and on that side in this one: for each column. */
function anyOf(
  sql: SqlText,
  columns: readonly SortColumn[],
  at: Position,
  isBeyond: (column: SortColumn, value: string | null) => string,
): string {
  const cases = columns.map((column, index) => {
    const equal = columns.slice(0, index).map(({ field }, place) => {
      return `${field.sql} IS NOT DISTINCT FROM ${typed(sql, field, at[place] ?? null)}`;
    });
    return [...equal, isBeyond(column, at[index] ?? null)].join(' AND ');
  });
  return `(${cases.map((one) => `(${one})`).join(' OR ')})`;
}

function typed(sql: SqlText, field: Field, value: string | null): string {
  return `${sql.parameter(value)}::${castOf(field)}`;
}

function signature(columns: readonly SortColumn[]): string {
  return columns.map(({ name, descending }) => `${name}${descending ? '-' : '+'}`).join('');
}

function parse(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

/** A cursor comes from outside: the database must be able to read what it holds. */
function isTextOf(field: Field, text: unknown): boolean {
  if (text === null) return true;
  if (typeof text !== 'string' || /[\0\p{Surrogate}]/u.test(text)) return false;
  switch (field.type) {
    case 'key':
    case 'integer':
      return /^-?\d{1,18}$/.test(text) || (/^\d{19}$/.test(text) && BigInt(text) < 2n ** 63n);
    case 'time':
      return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    default:
      return true;
  }
}
