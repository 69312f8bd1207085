import { Router } from 'express';
import type { JsonObject } from '../kernel/json.js';
import { docsPage } from './pages/docs-page.js';

/** The OpenAPI document at `/api/openapi.json`, and Swagger UI to try it at `/api/docs`. */
export function docsRouter(openApi: JsonObject): Router {
  const router = Router();
  router.get('/api/openapi.json', (_request, response) => {
    response.json(openApi);
  });
  router.get('/api/docs', (_request, response) => {
    response.type('html').send(docsPage());
  });
  return router;
}
