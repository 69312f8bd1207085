import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { NotFoundError } from '../kernel/errors.js';
import type { Logger } from '../kernel/log.js';
import { toJson } from './json-text.js';
import { errorPage } from './pages/error-page.js';
import { problemOf } from './problem.js';
import type { Problem } from './problem.js';

/** How a family of routes words its problems, when it owes its clients another wording. */
export interface ProblemStyle {
  readonly word: (problem: Problem) => Problem;
  readonly indent: number;
}

/** What was not found by any router before. */
export const notFound: RequestHandler = (request) => {
  throw new NotFoundError(
    'path_not_found',
    `There is nothing at ${request.method} ${request.path}.`,
  );
};

/** Whatever went wrong, as a problem document; as a page for browsers outside the APIs. */
export function answerErrors(
  log: Logger,
  styleOf: (path: string) => ProblemStyle,
): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const requestId = String(response.locals['requestId'] ?? '');
    const problem = { ...problemOf(error), instance: request.path, requestId };
    if (problem.status >= 500) log.error('a request failed', { requestId, error });
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(problem.status);
    if (problem.status === 401)
      response.set('WWW-Authenticate', 'Basic realm="Saksflyt", charset="UTF-8"');
    if (problem.status === 503) response.set('Retry-After', '1');
    send(problem, styleOf(request.path), request, response);
  };
}

function send(
  problem: Problem,
  { word, indent }: ProblemStyle,
  request: Request,
  response: Response,
): void {
  if (!isApi(request.path) && request.accepts(['json', 'html']) === 'html') {
    response.type('html').send(errorPage(problem, request.query['lang']));
    return;
  }
  response.type('application/problem+json').send(toJson(word(problem), indent));
}

function isApi(path: string): boolean {
  return /^\/(api|v2)\//.test(path) && !path.startsWith('/api/docs');
}
