import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';

/** A larger form is refused before it is parsed; the biggest real ones we know are a tenth of it. */
const MAX_FORM_LENGTH = 500_000;
const MAX_DEPTH = 32;
const MAX_ID_LENGTH = 200;

/** Reads a form-js schema. Throws InvalidError `form_unreadable`. */
export function readForm(content: string): JsonObject & { id: string } {
  if (content.length > MAX_FORM_LENGTH) {
    throw unreadable(`The form is longer than ${MAX_FORM_LENGTH} characters.`);
  }
  const schema = parse(content);
  if (!isForm(schema)) throw unreadable('A form needs an id and a list of components.');
  if (schema.id.length > MAX_ID_LENGTH) {
    throw unreadable(`The id of a form may have ${MAX_ID_LENGTH} characters.`);
  }
  checkValue(schema);
  return schema;
}

function parse(content: string): JsonValue {
  try {
    return JSON.parse(content.replace(/^\ufeff/, '')) as JsonValue;
  } catch {
    throw unreadable('The form is not JSON.');
  }
}

function isForm(schema: JsonValue): schema is JsonObject & { id: string } {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return false;
  const { id, components } = schema;
  return typeof id === 'string' && id !== '' && Array.isArray(components);
}

/** What PostgreSQL cannot keep is refused, and what is nested so deep that a reader may break. */
function checkValue(schema: JsonObject): void {
  const open: { value: JsonValue; depth: number }[] = [{ value: schema, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') checkText(value);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw unreadable('The form holds a number that is too large.');
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MAX_DEPTH) {
      throw unreadable(`The form is nested deeper than ${MAX_DEPTH} levels.`);
    }
    for (const [key, inner] of Object.entries(value)) {
      checkText(key);
      open.push({ value: inner, depth: depth + 1 });
    }
  }
}

function checkText(text: string): void {
  if (/[\0\p{Surrogate}]/u.test(text)) {
    throw unreadable('The form holds characters that cannot be stored.');
  }
}

function unreadable(message: string): InvalidError {
  return new InvalidError('form_unreadable', message);
}
