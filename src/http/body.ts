import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { InvalidError } from '../kernel/errors.js';
import type { JsonValue } from '../kernel/json.js';

/** The most bytes a request body may have. */
export const BODY_LIMIT = 1024 * 1024;

/** Nothing we take is nested deeper; a bomb of brackets is not walked to its end. */
const DEPTH_LIMIT = 64;

const readRaw: RequestHandler = express.raw({ type: () => true, limit: BODY_LIMIT });

/**
 * The JSON value a request carries, or undefined when it carries nothing.
 * @throws InvalidError body_too_large, unsupported_media_type or malformed_json
 */
export async function readJson(
  request: Request,
  response: Response,
): Promise<JsonValue | undefined> {
  const bytes = await readBytes(request, response);
  if (bytes.length === 0) return undefined;
  if (!request.is(['json', '+json'])) {
    throw new InvalidError('unsupported_media_type', 'The body must be application/json.');
  }
  const value = parse(bytes);
  checkStorable(value);
  return value;
}

/**
 * The fields of a form sent as `application/x-www-form-urlencoded`, in order, also those given twice.
 * @throws InvalidError body_too_large, malformed_body or invalid_request
 */
export async function readUrlEncoded(
  request: Request,
  response: Response,
): Promise<[name: string, value: string][]> {
  const bytes = await readBytes(request, response);
  const entries = [...new URLSearchParams(bytes.toString('utf8'))];
  for (const text of entries.flat()) checkText(text);
  return entries;
}

async function readBytes(request: Request, response: Response): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    void readRaw(request, response, (error?: unknown) => {
      if (error) reject(refusal(error));
      else resolve();
    });
  });
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function refusal(error: unknown): Error {
  const type = typeof error === 'object' && error && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return bodyTooLarge();
  if (type === 'encoding.unsupported') {
    return new InvalidError('unsupported_media_type', 'This content encoding is not supported.');
  }
  return new InvalidError('malformed_body', 'The body could not be read to its end.');
}

/** The refusal of a body beyond the limit. */
function bodyTooLarge(): InvalidError {
  return new InvalidError('body_too_large', `The body may have at most ${BODY_LIMIT} bytes.`);
}

function parse(bytes: Buffer): JsonValue {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    // The parser's own message quotes the text, which may be personal.
    throw new InvalidError('malformed_json', 'The body is not valid JSON in UTF-8.');
  }
}

/**
 * Refuses what PostgreSQL cannot keep or JSON cannot give back: NUL, half surrogate pairs, numbers
 * beyond a double.
 */
function checkStorable(root: JsonValue): void {
  const rest: [JsonValue, number][] = [[root, 0]];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string') checkText(value);
    else if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw refused('a number is too large');
    } else if (typeof value === 'object' && value !== null) {
      if (depth === DEPTH_LIMIT) throw refused(`it is nested deeper than ${DEPTH_LIMIT} levels`);
      for (const [key, child] of Object.entries(value)) {
        checkText(key);
        rest.push([child, depth + 1]);
      }
    }
  }
}

function checkText(text: string): void {
  if (!isStorable(text)) throw refused('a text has characters that cannot be stored');
}

/** Whether PostgreSQL can keep this text. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

function refused(reason: string): InvalidError {
  return new InvalidError('invalid_request', 'The request is not valid.', {
    details: [{ path: 'body', reason }],
  });
}
