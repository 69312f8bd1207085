import { html } from './html.js';

/** Swagger UI, from this server and allowed no more than our own pages. */
export function docsPage(): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Saksflyt API</title>
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/swagger-ui.css" />
        <link rel="stylesheet" href="/assets/docs.css" />
        <script defer src="/assets/swagger-ui-bundle.js"></script>
        <script defer src="/assets/docs.js"></script>
      </head>
      <body>
        <header class="docs-top">
          <a class="docs-home" href="/"
            ><img src="/assets/mark.svg" alt="" width="28" height="28" />Saksflyt</a
          >
          <p>
            <strong>Demo mode.</strong> Log in as <code>agent</code>, <code>caseworker</code>,
            <code>manager</code>, <code>clerk</code>, <code>chief</code>, <code>owner</code> or
            <code>admin</code>, password <code>demo</code>.
          </p>
        </header>
        <div id="swagger-ui"><p class="docs-wait">Loading the documentation …</p></div>
        <noscript
          ><p class="docs-wait">
            The document itself is at <a href="/api/openapi.json">/api/openapi.json</a>.
          </p></noscript
        >
      </body>
    </html>`.source;
}
