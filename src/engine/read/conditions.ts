import type { JsonValue } from '../../kernel/json.js';
import type { SqlText } from './sql-text.js';

export type Operator =
  'eq' | 'neq' | 'exists' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'notIn' | 'like';

/** Something that must hold for a row to be found. */
export interface Condition {
  field: string;
  operator: Operator;
  /** Of the field's type; a list for `in` and `notIn`, a boolean for `exists`. */
  value: JsonValue;
  /** Which variable, where the field holds many. */
  name?: string;
}

/** A column that can be asked for, or sorted by. */
export type Field =
  | { type: 'text' | 'key' | 'integer' | 'time' | 'boolean' | 'json'; sql: string }
  /** A list of texts; a condition holds when it holds for one of them. */
  | { type: 'texts'; sql: string }
  /** An object of variables, of which a condition names one. */
  | { type: 'variables'; sql: string }
  /** A few known words, each standing for a condition of its own that an index can serve. */
  | { type: 'choice'; sql: string; choices: Readonly<Record<string, string>> };

/** How a parameter is cast; a bigint takes every whole number that JSON can. */
const CASTS = {
  text: 'text',
  key: 'bigint',
  integer: 'bigint',
  time: 'timestamptz',
  boolean: 'boolean',
  json: 'jsonb',
} as const;

const COMPARISONS: Partial<Record<Operator, string>> = {
  eq: '=',
  neq: 'IS DISTINCT FROM',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/** The condition in SQL; its values become parameters of `sql`. */
export function conditionSql(sql: SqlText, field: Field, condition: Condition): string {
  switch (field.type) {
    case 'choice':
      return choiceSql(field.choices, condition);
    case 'texts':
      return listSql(sql, field.sql, condition);
    case 'variables': {
      const one = `(${field.sql} -> ${sql.parameter(condition.name ?? '')})`;
      return scalarSql(sql, { type: 'json', sql: one }, condition);
    }
    default:
      return scalarSql(sql, field, condition);
  }
}

/** The type that a field's value is cast to, where it is one value. */
export function castOf(field: Field): string {
  return field.type in CASTS ? CASTS[field.type as keyof typeof CASTS] : 'text';
}

function scalarSql(sql: SqlText, field: Field, { operator, value }: Condition): string {
  const cast = castOf(field);
  const parameter = (one: JsonValue) => sql.parameter(cast === 'jsonb' ? JSON.stringify(one) : one);
  const comparison = COMPARISONS[operator];
  if (comparison) return `${field.sql} ${comparison} ${parameter(value)}::${cast}`;
  switch (operator) {
    case 'exists':
      return `${field.sql} IS ${value === true ? 'NOT ' : ''}NULL`;
    case 'like':
      return `${field.sql}::text LIKE ${sql.parameter(likePattern(value))}`;
    default: {
      const list = asList(value).map((one) => `${parameter(one)}::${cast}`);
      if (!list.length) return String(operator === 'notIn');
      const isIn = `${field.sql} IN (${list.join(', ')})`;
      return operator === 'in' ? isIn : `(${field.sql} IS NULL OR NOT ${isIn})`;
    }
  }
}

function listSql(sql: SqlText, list: string, { operator, value }: Condition): string {
  switch (operator) {
    case 'exists':
      return `(cardinality(${list}) > 0) = ${value === true ? 'true' : 'false'}`;
    case 'like': {
      const pattern = sql.parameter(likePattern(value));
      return `EXISTS (SELECT 1 FROM unnest(${list}) AS one WHERE one LIKE ${pattern})`;
    }
    default: {
      const overlaps = `${list} && ${sql.parameter(asList(value))}::text[]`;
      return operator === 'eq' || operator === 'in' ? overlaps : `NOT (${overlaps})`;
    }
  }
}

function choiceSql(
  choices: Readonly<Record<string, string>>,
  { operator, value }: Condition,
): string {
  if (operator === 'exists') return String(value === true);
  const isOne = asList(value).map((one) => (typeof one === 'string' && choices[one]) || 'false');
  const isAny = isOne.length ? `(${isOne.join(' OR ')})` : 'false';
  return operator === 'eq' || operator === 'in' ? isAny : `NOT ${isAny}`;
}

function asList(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value : [value];
}

/** `*` is any text and `?` one character, unless a backslash stands before it. */
function likePattern(pattern: JsonValue): string {
  if (typeof pattern !== 'string') throw new TypeError('a pattern is a text');
  return pattern.replace(/\\[*?\\]|[%_\\*?]/g, (found) => {
    if (found === '*') return '%';
    if (found === '?') return '_';
    if (found === '\\*' || found === '\\?') return found.slice(1);
    return found === '\\\\' ? found : `\\${found}`;
  });
}
