import type { z } from 'zod';
import { InvalidError } from '../kernel/errors.js';
import type { InvalidReason } from '../kernel/errors.js';
import { isStorable } from './body.js';
import type { Route } from './route.js';

/** What came in, before it is checked. */
export interface RawInput {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What the route's schemas made of it. */
export interface CheckedInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/**
 * Checks all parts of a request against the route's schemas.
 * @throws InvalidError 'invalid_request' with every reason of every part
 */
export function validate(route: Route, raw: RawInput): CheckedInput {
  const reasons: InvalidReason[] = [];
  const check = (part: keyof RawInput, schema: z.ZodType | undefined) => {
    if (!schema) return undefined;
    const parsed = schema.safeParse(raw[part], { reportInput: true });
    if (parsed.success) return parsed.data;
    reasons.push(...parsed.error.issues.flatMap((issue) => reasonsOf(part, issue)));
    return undefined;
  };
  const checked = {
    params: check('params', route.params),
    query: check('query', route.query),
    body: check('body', route.body),
  };
  reasons.push(...unexpected(route, raw));
  if (reasons.length === 0) return checked;
  throw new InvalidError('invalid_request', 'The request is not valid.', { details: reasons });
}

/** Addresses are texts too, and the database refuses some. */
function unexpected(route: Route, raw: RawInput): InvalidReason[] {
  const texts = [...Object.entries(raw.params), ...Object.entries(raw.query)];
  const reasons = texts
    .filter(([, value]) => !isStorable(String(value)))
    .map(([path]) => ({ path, reason: 'has characters that cannot be stored' }));
  if (!route.query && Object.keys(raw.query).length > 0) {
    reasons.push({ path: 'query', reason: 'no query parameters are taken here' });
  }
  if (!route.body && raw.body !== undefined && !isEmptyObject(raw.body)) {
    reasons.push({ path: 'body', reason: 'no body is taken here' });
  }
  return reasons;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function reasonsOf(part: string, issue: z.core.$ZodIssue): InvalidReason[] {
  const path = [part, ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: `${path}.${key}`, reason: 'is not known here' }));
  }
  const isMissing = issue.input === undefined && /^invalid_(type|value|union)$/.test(issue.code);
  return [{ path, reason: isMissing ? 'is missing' : issue.message }];
}
