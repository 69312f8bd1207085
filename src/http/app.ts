import express from 'express';
import type { Express, RequestHandler, Router } from 'express';
import type { Logger } from '../kernel/log.js';
import { answerErrors, notFound } from './errors.js';
import type { ProblemStyle } from './errors.js';
import { loopbackNamesOnly, refuseCrossSiteWrites, requestLog, securityHeaders } from './guards.js';
import type { Route } from './route.js';
import { createRouter } from './router.js';
import type { RouteRuntime } from './router.js';

/** Routes under one prefix that share a way of wording their problems. */
export interface RouteFamily {
  /** `/api` or `/v2`. */
  readonly prefix: string;
  readonly routes: readonly Route[];
  readonly problemStyle?: ProblemStyle['word'];
  /** Spaces that answers are indented by, for APIs that people read in a terminal. */
  readonly indent?: number;
}

export interface AppOptions extends Omit<RouteRuntime, 'indent'> {
  readonly families: readonly RouteFamily[];
  /** Pages and probes, which need no login. */
  readonly open: readonly Router[];
  readonly publicUrl: string;
  /** Whether only names of this machine are answered under. */
  readonly loopbackOnly: boolean;
  /** Runs before each request, such as bringing the demo clock up to date. */
  readonly before?: () => Promise<void>;
  readonly log: Logger;
}

/** The HTTP side of the application, in the order a request goes through it. */
export function createApp(options: AppOptions): Express {
  const { families, open, publicUrl, before } = options;
  const log = options.log.child('http');
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestLog(log), securityHeaders(publicUrl));
  if (options.loopbackOnly) app.use(loopbackNamesOnly(publicUrl));
  app.use(refuseCrossSiteWrites());
  for (const router of open) app.use(router);
  if (before) app.use(asMiddleware(before));
  for (const { routes, indent = 0 } of families) {
    app.use(createRouter(routes, { ...options, indent }));
  }
  app.use(notFound);
  app.use(answerErrors(log, (path) => styleOf(families, path)));
  return app;
}

function styleOf(families: readonly RouteFamily[], path: string): ProblemStyle {
  const family = families.find(({ prefix }) => path.startsWith(`${prefix}/`));
  return {
    word: family?.problemStyle ?? ((problem) => problem),
    indent: family?.indent ?? 0,
  };
}

function asMiddleware(work: () => Promise<void>): RequestHandler {
  return async (_request, _response, next) => {
    await work();
    next();
  };
}
