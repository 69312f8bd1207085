import { FeelDate, FeelDateTime, FeelFunction } from 'feelin';
import type { Evaluation } from './evaluation.js';
import { FeelFailure } from './feel-error.js';
import { nameOf, toFeelDate, toFeelValue, toJson } from './feel-values.js';

/** Makes a FEEL function for one evaluation. */
export type FunctionFactory = (evaluation: Evaluation) => FeelFunction;

/** A longer text is not searched with a regular expression. */
export const MAX_SEARCHED_TEXT = 10_000;

/**
 * What Camunda 8 adds to the functions of FEEL, so that its models run here. Null in gives null out,
 * a value of another type is an error; `uuid` and `random number`, which answer differently each time
 * they are asked, are left out.
 *
 * - `is defined(value)`: whether it is not null, `get or else(value, default)`
 * - `assert(value, condition, cause)`: the value, or an error, which never tells the cause: it may be
 *   made of data
 * - `trim(string)`, `is blank(string)`, `extract(string, pattern)`, `to base64(value)`
 * - `is empty(list)`, `duplicate values(list)`, `partition(list, size)`
 * - `last day of month(date)`, `from json(value)`, `to json(value)`
 */
export const extensions: Readonly<Record<string, FunctionFactory>> = {
  'is defined': () => new FeelFunction((value: unknown) => !isNull(value), ['value']),
  'get or else': () =>
    new FeelFunction(
      (value: unknown, other: unknown) => (isNull(value) ? (other ?? null) : value),
      ['value', 'default'],
    ),
  assert: () =>
    new FeelFunction(
      (value: unknown, condition: unknown) => {
        if (condition === true) return value;
        throw new FeelFailure('feel_evaluation', 'assert: its condition is not true');
      },
      ['value', 'condition', 'cause'],
    ),
  trim: () => ofText('trim', 'string', (text) => text.trim()),
  'is blank': () => ofText('is blank', 'string', (text) => text.trim() === ''),
  'to base64': () =>
    ofText('to base64', 'value', (text) => Buffer.from(text, 'utf8').toString('base64')),
  extract: (evaluation) =>
    new FeelFunction(
      (text: unknown, pattern: unknown) => {
        if (isNull(text) || typeof pattern !== 'string') return null;
        if (typeof text !== 'string') throw failure('extract', `${nameOf(text)} for a text`);
        evaluation.checkText(text, MAX_SEARCHED_TEXT);
        return text.match(new RegExp(pattern, 'gu')) ?? [];
      },
      ['string', 'pattern'],
    ),
  'is empty': () => ofList('is empty', (list) => list.length === 0),
  'duplicate values': (evaluation) =>
    ofList('duplicate values', (list) => {
      evaluation.spendDeep(list);
      return duplicatesIn(list);
    }),
  partition: (evaluation) =>
    new FeelFunction(
      (list: unknown, size: unknown) => {
        if (isNull(list) || isNull(size)) return null;
        if (!Array.isArray(list)) throw failure('partition', `${nameOf(list)} for a list`);
        evaluation.spend(list.length);
        return partsOf(list, size);
      },
      ['list', 'size'],
    ),
  'last day of month': () =>
    new FeelFunction((date: unknown) => (isNull(date) ? null : lastDay(date)), ['date']),
  'from json': (evaluation) =>
    ofText('from json', 'value', (text) => {
      const value = parsed(text);
      evaluation.spendDeep(value);
      return value;
    }),
  'to json': (evaluation) =>
    new FeelFunction(
      (value: unknown) => {
        evaluation.spendDeep(value);
        return JSON.stringify(toJson(value ?? null));
      },
      ['value'],
    ),
};

function ofText(name: string, parameter: string, act: (text: string) => unknown): FeelFunction {
  return new FeelFunction(
    (text: unknown) => {
      if (isNull(text)) return null;
      if (typeof text !== 'string') throw failure(name, `${nameOf(text)} for a text`);
      return act(text);
    },
    [parameter],
  );
}

function ofList(name: string, act: (list: unknown[]) => unknown): FeelFunction {
  return new FeelFunction(
    (list: unknown) => {
      if (isNull(list)) return null;
      if (!Array.isArray(list)) throw failure(name, `${nameOf(list)} for a list`);
      return act(list);
    },
    ['list'],
  );
}

function duplicatesIn(list: readonly unknown[]): unknown[] {
  const counts = new Map<string, { item: unknown; count: number }>();
  for (const item of list) {
    const key = JSON.stringify(toJson(item));
    counts.set(key, { item, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].filter(({ count }) => count > 1).map(({ item }) => item);
}

function partsOf(list: readonly unknown[], size: unknown): unknown[][] {
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1) {
    throw failure('partition', 'the size must be a whole number from 1');
  }
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, part) => list.slice(part * size, (part + 1) * size));
}

/** In the zone that a date and time has: its day there. */
function lastDay(date: unknown): FeelDate {
  if (!(date instanceof FeelDate || date instanceof FeelDateTime)) {
    throw failure('last day of month', `${nameOf(date)} for a date`);
  }
  const day = /^([+-]?\d+)-(\d+)/.exec(date.toString());
  // Day 0 of the next month; at noon no zone is on another day.
  return toFeelDate(new Date(Date.UTC(Number(day?.[1]), Number(day?.[2]), 0, 11)));
}

/** Null for what is no JSON, as in Camunda 8. */
function parsed(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  try {
    return toFeelValue(value);
  } catch {
    throw failure('from json', 'a value that nests too deep');
  }
}

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function failure(name: string, got: string): FeelFailure {
  return new FeelFailure('feel_evaluation', `${name}: ${got}`);
}
