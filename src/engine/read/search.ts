import type { Tx } from '../../db/tx.js';
import { conditionSql } from './conditions.js';
import type { Condition, Field } from './conditions.js';
import { afterSql, beforeSql, readCursor, writeCursor } from './cursor.js';
import type { Position, SortColumn } from './cursor.js';
import { SqlText } from './sql-text.js';

/** A list that can be searched: what it shows, and what can be asked of it. */
export interface SearchTable {
  /** Everything between FROM and ORDER BY but the conditions; `$1` is the tenant. */
  from: string;
  /** What a row shows. */
  columns: string;
  fields: Readonly<Record<string, Field>>;
  /** Name of the field that no two rows share; it settles the order of rows that are else equal. */
  key: string;
}

export interface Search {
  conditions: readonly Condition[];
  sort: readonly { field: string; descending: boolean }[];
  page: { limit: number; from?: number; after?: string; before?: string };
}

/** What else must hold for whoever asks, as SQL; values become parameters. */
export type Restriction = (sql: SqlText) => string;

export interface Found<Row> {
  rows: Row[];
  /** How many there are in all, counted up to `COUNT_LIMIT`. */
  total: number;
  hasMore: boolean;
  /** Cursors of the first and last row; none when there is no row. */
  start: string | null;
  end: string | null;
}

/** Counting further takes longer than anybody reads. */
export const COUNT_LIMIT = 10_000;

/** @throws InvalidError `cursor_invalid` */
export async function search<Row>(
  tx: Tx,
  table: SearchTable,
  tenant: string,
  { conditions, sort, page }: Search,
  restrict: Restriction = () => 'true',
): Promise<Found<Row>> {
  const columns = sortColumns(table, sort);
  const sql = new SqlText([tenant]);
  const all = conditions.map((one) => toSql(sql, table, one));
  const where = [table.from, restrict(sql), ...all].join(' AND ');
  const [counted] = await tx.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM (SELECT 1 FROM ${where} LIMIT ${COUNT_LIMIT + 1}) AS counted`,
    sql.parameters,
  );
  const isBackward = page.before !== undefined;
  const rows = await tx.query<Row & { position: Position }>(
    `SELECT ${table.columns}, ARRAY[${columns.map(({ field }) => `${field.sql}::text`).join(', ')}]
       AS position
     FROM ${where}${beyond(sql, columns, page)}
     ORDER BY ${columns.map((column) => orderSql(column, isBackward)).join(', ')}
     LIMIT ${sql.parameter(page.limit)} OFFSET ${sql.parameter(page.from ?? 0)}`,
    sql.parameters,
  );
  if (isBackward) rows.reverse();
  const [first, last] = [rows.at(0), rows.at(-1)];
  const total = counted?.total ?? 0;
  return {
    rows,
    total: Math.min(total, COUNT_LIMIT),
    hasMore: total > COUNT_LIMIT,
    start: first ? writeCursor(columns, first.position) : null,
    end: last ? writeCursor(columns, last.position) : null,
  };
}

/** The one row with this key, if there is one. */
export async function findByKey<Row>(
  tx: Tx,
  table: SearchTable,
  tenant: string,
  key: string,
  restrict: Restriction = () => 'true',
): Promise<Row | undefined> {
  const sql = new SqlText([tenant]);
  const isIt = toSql(sql, table, { field: table.key, operator: 'eq', value: key });
  const [row] = await tx.query<Row>(
    `SELECT ${table.columns} FROM ${table.from} AND ${isIt} AND ${restrict(sql)}`,
    sql.parameters,
  );
  return row;
}

function sortColumns(table: SearchTable, sort: Search['sort']): SortColumn[] {
  const wanted = sort.some(({ field }) => field === table.key)
    ? sort
    : [...sort, { field: table.key, descending: false }];
  return wanted.map(({ field: name, descending }) => ({
    name,
    descending,
    field: fieldOf(table, name),
  }));
}

function toSql(sql: SqlText, table: SearchTable, condition: Condition): string {
  return conditionSql(sql, fieldOf(table, condition.field), condition);
}

function fieldOf(table: SearchTable, name: string): Field {
  const field = table.fields[name];
  if (!field) throw new TypeError(`there is no field ${name}`);
  return field;
}

function beyond(sql: SqlText, columns: SortColumn[], { after, before }: Search['page']): string {
  if (after !== undefined) return ` AND ${afterSql(sql, columns, readCursor(columns, after))}`;
  if (before !== undefined) return ` AND ${beforeSql(sql, columns, readCursor(columns, before))}`;
  return '';
}

function orderSql({ field, descending }: SortColumn, isBackward: boolean): string {
  const direction = descending === isBackward ? 'ASC' : 'DESC';
  return `${field.sql} ${direction} NULLS ${isBackward ? 'FIRST' : 'LAST'}`;
}
