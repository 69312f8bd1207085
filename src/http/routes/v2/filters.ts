import { z } from 'zod';
import type { Condition, Operator } from '../../../engine/read/conditions.js';
import type { JsonValue } from '../../../kernel/json.js';
import { tenantOf } from './tenant.js';
import { dateTimeInput, key } from './values.js';

/** What one property of a filter asks of its field. */
export type Asked = Omit<Condition, 'field'>[];

const EQUALITY = ['eq', 'neq', 'exists', 'in', 'notIn'] as const;
const ORDER = ['eq', 'neq', 'exists', 'gt', 'gte', 'lt', 'lte', 'in'] as const;
const TEXT = [...EQUALITY, 'like'] as const;

/** Longer lists belong in several requests. */
const MAX_LIST = 1000;

const anyText = z.string().max(10_000);

/** A text: itself, or an object of operators. `*` and `?` in `$like` stand for any text, any character. */
export const text = property(anyText, TEXT, 'a text');

export const integer = property(z.int(), ORDER, 'a whole number');

export const dateTime = property(dateTimeInput, ORDER, 'a date and time');

export const keyFilter = property(key, EQUALITY, 'a key');

/** One of the words a field can hold. */
export function choice<const Word extends string>(...words: Word[]) {
  return property(z.enum(words), EQUALITY, `one of ${words.join(', ')}`);
}

export const flag = z.boolean().transform((value): Asked => [{ operator: 'eq', value }]);

/** The tenant by its name in this API. */
export const tenant = property(z.string().max(256).transform(tenantOf), EQUALITY, 'a tenant id');

const jsonText = anyText.transform((given, context): JsonValue => {
  try {
    return JSON.parse(given) as JsonValue;
  } catch {
    context.addIssue('must be a value as JSON text; a text stands in quotation marks');
    return z.NEVER;
  }
});

/** The value of a variable, which this API writes as JSON text. */
export const jsonValue = property(jsonText, TEXT, 'a value as JSON text');

/** Names of variables, and what their values must be. */
export const variableValues = z
  .array(z.strictObject({ name: anyText, value: jsonValue }))
  .max(20)
  .transform((all): Asked =>
    all.flatMap(({ name, value }) => value.map((asked) => ({ ...asked, name }))),
  );

function property<Value extends z.ZodType>(
  value: Value,
  operators: readonly Operator[],
  what: string,
) {
  const shape = Object.fromEntries(
    operators.map((operator) => [`$${operator}`, operand(operator, value).optional()]),
  );
  const names = Object.keys(shape).join(', ');
  const itself = value.transform((given): Asked => [{ operator: 'eq', value: given as JsonValue }]);
  const operated = z.strictObject(shape).transform((given): Asked =>
    Object.entries(given).flatMap(([name, operandValue]) => {
      if (operandValue === undefined) return [];
      return [{ operator: name.slice(1) as Operator, value: operandValue as JsonValue }];
    }),
  );
  return z.union([itself, operated], { error: `must be ${what}, or an object with ${names}` });
}

function operand(operator: Operator, value: z.ZodType): z.ZodType {
  if (operator === 'exists') return z.boolean();
  if (operator === 'like') return anyText;
  return operator === 'in' || operator === 'notIn' ? z.array(value).max(MAX_LIST) : value;
}
