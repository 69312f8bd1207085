import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import { PROJECT_ROOT } from '../kernel/project-root.js';

const require = createRequire(import.meta.url);
const swaggerUi = dirname(require.resolve('swagger-ui-dist/package.json'));

/** What pages load, by its name under `/assets/`; nothing comes from another server. */
const FILES = {
  'designsystemet.css': require.resolve('@digdir/designsystemet-css'),
  'theme.css': require.resolve('@digdir/designsystemet-css/theme'),
  'saksflyt.css': join(PROJECT_ROOT, 'assets/saksflyt.css'),
  'start.css': join(PROJECT_ROOT, 'assets/start.css'),
  'citizen.css': join(PROJECT_ROOT, 'assets/citizen.css'),
  'sections.css': join(PROJECT_ROOT, 'assets/sections.css'),
  'copy.js': join(PROJECT_ROOT, 'assets/copy.js'),
  'mark.svg': join(PROJECT_ROOT, 'assets/mark.svg'),
  'docs.js': join(PROJECT_ROOT, 'assets/docs.js'),
  'docs.css': join(PROJECT_ROOT, 'assets/docs.css'),
  'swagger-ui.css': join(swaggerUi, 'swagger-ui.css'),
  'swagger-ui-bundle.js': join(swaggerUi, 'swagger-ui-bundle.js'),
} as const;

const AN_HOUR = 3600;

/** Serves the files that pages load. */
export function assetRouter(): Router {
  const router = Router();
  for (const [name, path] of Object.entries(FILES)) {
    router.get(`/assets/${name}`, (_request, response) => {
      response.sendFile(path, {
        headers: { 'Cache-Control': `public, max-age=${AN_HOUR}` },
        cacheControl: false,
        dotfiles: 'allow',
      });
    });
  }
  return router;
}
