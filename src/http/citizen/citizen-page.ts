import type { Language } from '../../people/party.js';
import { html } from '../pages/html.js';
import type { Html } from '../pages/html.js';

/** What a page for citizens has around it. */
export interface CitizenFrame {
  readonly language: Language;
  readonly title: string;
  /** Code of the municipality whose page it is. */
  readonly tenant: string;
  /** Path of this page, for the same in another language. */
  readonly path: string;
}

const LANGUAGE_NAMES = [
  ['nb', 'Bokmål'],
  ['nn', 'Nynorsk'],
  ['en', 'English'],
] as const satisfies [Language, string][];

const TEXTS = {
  nb: {
    skip: 'Hopp til hovedinnhold',
    languages: 'Språk',
    home: 'Alle skjemaer',
    demo: 'Demomodus.',
    warning: 'Kommunen er oppdiktet. Legg aldri inn ekte personopplysninger.',
  },
  nn: {
    skip: 'Hopp til hovudinnhald',
    languages: 'Språk',
    home: 'Alle skjema',
    demo: 'Demomodus.',
    warning: 'Kommunen er oppdikta. Legg aldri inn ekte personopplysningar.',
  },
  en: {
    skip: 'Skip to main content',
    languages: 'Language',
    home: 'All forms',
    demo: 'Demo mode.',
    warning: 'The municipality is made up. Never enter real personal data.',
  },
} as const;

/** The language that a page's `lang` parameter asks for. */
export function citizenLanguage(parameter: unknown): Language {
  return parameter === 'nn' || parameter === 'en' ? parameter : 'nb';
}

/** What a municipality is called, from its code. */
export function municipalityName(tenant: string): string {
  return `${tenant.charAt(0).toUpperCase()}${tenant.slice(1)} kommune`;
}

/** A whole page for citizens: works without scripts, in three languages. */
export function citizenPage(frame: CitizenFrame, main: Html): string {
  const { language, title, tenant, path } = frame;
  const texts = TEXTS[language];
  const name = municipalityName(tenant);
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – ${name}</title>
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/theme.css" />
        <link rel="stylesheet" href="/assets/designsystemet.css" />
        <link rel="stylesheet" href="/assets/saksflyt.css" />
        <link rel="stylesheet" href="/assets/citizen.css" />
      </head>
      <body data-color="accent">
        <a class="ds-skip-link" href="#main">${texts.skip}</a>
        <header class="top">
          <p class="banner"><strong>${texts.demo}</strong> ${texts.warning}</p>
          <div class="wide bar">
            <a
              class="brand"
              href="/${tenant}/form?lang=${language}"
              aria-label="${name}, ${texts.home}"
            >
              <img src="/assets/mark.svg" alt="" width="32" height="32" />${name}
            </a>
            <nav aria-label="${texts.languages}" class="languages">
              ${LANGUAGE_NAMES.map(([code, called]) =>
                code === language
                  ? html`<span aria-current="true" lang="${code}">${called}</span>`
                  : html`<a class="ds-link" href="${path}?lang=${code}" lang="${code}"
                      >${called}</a
                    >`,
              )}
            </nav>
          </div>
        </header>
        <main id="main" tabindex="-1" class="narrow">${main}</main>
      </body>
    </html>`.source;
}
