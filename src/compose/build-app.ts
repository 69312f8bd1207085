import type { Express } from 'express';
import type { Db } from '../db/database.js';
import { createApp } from '../http/app.js';
import type { RouteFamily } from '../http/app.js';
import { assetRouter } from '../http/assets.js';
import { basicAuth } from '../http/basic-auth.js';
import { formRouter } from '../http/citizen/form-router.js';
import { hookRouter } from '../http/citizen/hook-router.js';
import { statusRouter } from '../http/citizen/status-router.js';
import { docsRouter } from '../http/docs.js';
import { open311Router } from '../http/open311/router.js';
import { openApiDocument } from '../http/openapi.js';
import { probeRouter } from '../http/probes.js';
import { API_INFO, apiRoutes } from '../http/routes/api.js';
import { camundaProblem } from '../http/routes/v2/problem-style.js';
import { v2Routes } from '../http/routes/v2/routes.js';
import type { Services } from '../http/services.js';
import { startRouter } from '../http/start.js';
import type { Clock } from '../kernel/clock.js';
import type { Config } from '../kernel/config.js';
import type { Logger } from '../kernel/log.js';
import { demoLogin } from './demo-login.js';

export interface BuildAppOptions {
  readonly config: Config;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly services: Services;
  readonly wake: () => void;
  readonly before: () => Promise<void>;
  readonly isAccepting: () => boolean;
}

/** The HTTP side of a node: the APIs, their documentation, the front page and the probes. */
export function buildApp(options: BuildAppOptions): Express {
  const { config, db, clock, isAccepting } = options;
  const { publicUrl } = config;
  const families: RouteFamily[] = [
    { prefix: '/api', routes: apiRoutes, indent: 2 },
    { prefix: '/v2', routes: v2Routes, problemStyle: camundaProblem },
  ];
  const routes = families.flatMap((family) => family.routes);
  const citizen = {
    db,
    clock,
    services: options.services,
    wake: options.wake,
    before: options.before,
  };
  return createApp({
    ...options,
    authenticate: basicAuth(demoLogin(options)),
    families,
    open: [
      probeRouter({ db, isAccepting }),
      assetRouter(),
      docsRouter(openApiDocument(API_INFO, apiRoutes)),
      hookRouter(citizen),
      statusRouter(citizen),
      formRouter(citizen),
      startRouter({ routes, publicUrl, clock }),
      open311Router({ ...options, log: options.log.child('open311') }),
    ],
    publicUrl,
    loopbackOnly: !config.demoPublic,
  });
}
