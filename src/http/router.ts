import { Router } from 'express';
import type { Request, Response } from 'express';
import { demand } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { Db } from '../db/database.js';
import type { Clock } from '../kernel/clock.js';
import { InvalidError, UnauthenticatedError } from '../kernel/errors.js';
import { readJson } from './body.js';
import { toJson } from './json-text.js';
import { keepingFaults } from './keeping-faults.js';
import { readMultipart } from './multipart.js';
import { isWrite, successStatus } from './route.js';
import type { Download, Route, RouteRequest } from './route.js';
import type { Services } from './services.js';
import { validate } from './validate.js';

/** What every route runs on. */
export interface RouteRuntime {
  readonly db: Pick<Db, 'query' | 'inTransaction'>;
  readonly clock: Clock;
  readonly services: Services;
  /** Who an `Authorization` header is, if anybody. */
  readonly authenticate: (
    authorization: string | undefined,
  ) => Promise<Principal | undefined> | Principal | undefined;
  /** Called after each committed write: there may be work that cannot wait for the next poll. */
  readonly wake: () => void;
  /** Spaces that answers are indented by. */
  readonly indent: number;
}

/** A router with all `routes`, and a 405 for their other methods. */
export function createRouter(routes: readonly Route[], runtime: RouteRuntime): Router {
  const router = Router({ caseSensitive: true });
  const methods = new Map<string, string[]>();
  for (const route of literalFirst(routes)) {
    const path = expressPath(route.path);
    methods.set(path, [...(methods.get(path) ?? []), route.method]);
    const method = route.method.toLowerCase() as Lowercase<Route['method']>;
    router[method](path, (request, response) => answer(route, runtime, request, response));
  }
  for (const [path, allowed] of methods) {
    router.all(path, (request, response) => refuseMethod(allowed, request, response));
  }
  return router;
}

async function answer(
  route: Route,
  runtime: RouteRuntime,
  request: Request,
  response: Response,
): Promise<void> {
  response.locals['route'] = route.path;
  const principal = await runtime.authenticate(request.headers.authorization);
  if (!principal) throw new UnauthenticatedError('unauthenticated', 'A valid login is needed.');
  demand(principal, route.permission);
  const input = validate(route, {
    params: request.params,
    query: request.query,
    body: await readBody(route, request, response),
  });
  const { services, clock } = runtime;
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const run = (tx: RouteRequest['tx']) =>
    route.run({ ...input, principal, tx, now: clock(), services, gone: gone.signal });
  if (!isWrite(route)) {
    send(route, await run(runtime.db), response, runtime.indent);
    return;
  }
  const result = await keepingFaults(runtime, () => runtime.db.inTransaction(run));
  runtime.wake();
  send(route, result, response, runtime.indent);
}

async function readBody(route: Route, request: Request, response: Response): Promise<unknown> {
  if (route.consumes === 'multipart/form-data') return readMultipart(request, route.fileLimit);
  return readJson(request, response);
}

function send(route: Route, result: unknown, response: Response, indent: number): void {
  const shown = route.returns?.parse(result);
  response.status(shown === undefined ? 204 : successStatus(route));
  if (shown === undefined) {
    response.end();
    return;
  }
  if (route.location) response.location(route.location(shown));
  if (route.produces === 'application/octet-stream') sendFile(shown as Download, response);
  else if (route.produces === 'text/xml') response.type('text/xml').send(shown);
  else response.type('application/json').send(toJson(shown, indent));
}

/** What a citizen sent is saved, never shown: it may be a page with scripts. */
function sendFile({ filename, mediaType, bytes }: Download, response: Response): void {
  response.attachment(filename).set('X-Content-Type-Options', 'nosniff');
  response
    .set('Content-Security-Policy', "default-src 'none'; sandbox")
    .set('Content-Type', mediaType);
  response.send(bytes);
}

function refuseMethod(allowed: string[], request: Request, response: Response): void {
  const all = allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed;
  response.set('Allow', [...all, 'OPTIONS'].join(', '));
  if (request.method === 'OPTIONS') {
    response.status(204).end();
    return;
  }
  throw new InvalidError('method_not_allowed', `${request.method} is not possible here.`);
}

/** So that `/tasks/search` is not taken for the task called search. */
function literalFirst(routes: readonly Route[]): Route[] {
  return [...routes].sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
}

function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
