import { html } from './html.js';
import type { Html } from './html.js';
import type { Language } from './language.js';

/** What every page has around it. */
export interface PageFrame {
  readonly language: Language;
  readonly title: string;
  /** Where the same page is in the other language. */
  readonly otherLanguage: string;
}

const TEXTS = {
  nb: {
    skip: 'Hopp til hovedinnhold',
    home: 'Saksflyt, forsiden',
    other: 'English',
    demo: 'Demomodus.',
    warning: 'Kommunene er oppdiktet og passordene kjent. Legg aldri inn ekte personopplysninger.',
    footer: 'Saksflyt er åpen kildekode under Apache-2.0.',
  },
  en: {
    skip: 'Skip to main content',
    home: 'Saksflyt, front page',
    other: 'Norsk',
    demo: 'Demo mode.',
    warning:
      'The municipalities are made up and the passwords known. Never enter real personal data.',
    footer: 'Saksflyt is open source under Apache-2.0.',
  },
} as const;

/** A whole page: head, demo banner, header, `main`, footer. */
export function page(frame: PageFrame, main: Html): string {
  const { language, title, otherLanguage } = frame;
  const texts = TEXTS[language];
  const other = language === 'nb' ? 'en' : 'nb';
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/theme.css" />
        <link rel="stylesheet" href="/assets/designsystemet.css" />
        <link rel="stylesheet" href="/assets/saksflyt.css" />
        <link rel="stylesheet" href="/assets/start.css" />
        <link rel="stylesheet" href="/assets/sections.css" />
        <script type="module" src="/assets/copy.js"></script>
      </head>
      <body data-color="accent">
        <a class="ds-skip-link" href="#main">${texts.skip}</a>
        <header class="top">
          <p class="banner"><strong>${texts.demo}</strong> ${texts.warning}</p>
          <div class="wide bar">
            <a
              class="brand"
              href="/${language === 'en' ? '?lang=en' : ''}"
              aria-label="${texts.home}"
            >
              <img src="/assets/mark.svg" alt="" width="32" height="32" />Saksflyt
            </a>
            <a class="ds-link" href="${otherLanguage}" hreflang="${other}" lang="${other}"
              >${texts.other}</a
            >
          </div>
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer><p class="wide ds-paragraph" data-size="sm">${texts.footer}</p></footer>
      </body>
    </html>`.source;
}
