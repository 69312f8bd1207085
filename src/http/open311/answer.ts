import type { Response } from 'express';
import { Open311Error } from '../../channels/open311/open311-error.js';
import { toWireJson, toXml } from '../../channels/open311/wire.js';
import type { WireList, WireObject } from '../../channels/open311/wire.js';
import type { Logger } from '../../kernel/log.js';
import { problemOf } from '../problem.js';

export type Format = 'xml' | 'json';

/** The format that a path's ending asks for; FixMyStreet asks for XML only. */
export function formatOf(path: string): Format {
  return path.endsWith('.json') ? 'json' : 'xml';
}

/** Answers with a root element; in JSON, which has no roots, with what is in it. */
export function send(
  response: Response,
  format: Format,
  root: string,
  value: WireList | WireObject,
): void {
  if (format === 'json') response.type('application/json').send(JSON.stringify(toWireJson(value)));
  else response.type('text/xml').send(toXml(root, value));
}

/** Answers with what went wrong, as GeoReport v2 words it. */
export function sendError(response: Response, format: Format, error: unknown, log: Logger): void {
  const { status, description } = wordsOf(error);
  if (status >= 500) log.error('an Open311 request failed', { error });
  response.status(status);
  if (status === 503) response.set('Retry-After', '5');
  send(response, format, 'errors', { item: 'error', items: [{ code: status, description }] });
}

function wordsOf(error: unknown): { status: number; description: string } {
  if (error instanceof Open311Error) return { status: error.status, description: error.message };
  const { status, detail, errors = [] } = problemOf(error);
  const reasons = errors.map(({ path, reason }) => (path ? `${path} ${reason}` : reason));
  const description = reasons.length > 0 ? reasons.join('; ') : detail;
  return { status, description };
}
