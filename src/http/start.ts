import { Router } from 'express';
import type { Clock } from '../kernel/clock.js';
import { startPage } from './pages/start-page.js';
import type { Route } from './route.js';

interface StartOptions {
  readonly routes: readonly Route[];
  readonly publicUrl: string;
  readonly clock: Clock;
}

/** The front page at `/`, in English at `/?lang=en`. */
export function startRouter({ routes, publicUrl, clock }: StartOptions): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const { lang } = request.query;
    response.type('html').send(startPage({ routes, publicUrl, now: clock(), lang }));
  });
  return router;
}
