import { InvalidError } from '../kernel/errors.js';

/** One page of a list, and what to ask the next one with; null on the last. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Where a page ends: the sort date of its last row, and a number that orders rows of one date. */
export interface Cursor {
  at: Date;
  id: string;
}

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

/** Cuts rows that were read with `limit + 1` into a page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  position: (row: Row) => Cursor,
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last ? writeCursor(position(last)) : null;
  return { items: shown.map(present), nextCursor };
}

export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

/** @throws InvalidError 'cursor_invalid' for a text that no page gave */
export function readCursor(text: string): Cursor {
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || !/^\d{1,20}$/.test(id)) {
    throw new InvalidError('cursor_invalid', 'The cursor is not one that a list gave.', {
      details: [{ path: 'cursor', reason: 'is not a cursor' }],
    });
  }
  return { at, id };
}
