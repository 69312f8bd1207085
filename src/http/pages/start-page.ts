import type { Route } from '../route.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { languageOf } from './language.js';
import type { Language } from './language.js';
import { page } from './layout.js';
import { startFigure } from './start-figure.js';
import { rightsTable, usersTable } from './start-tables.js';
import { START_TEXTS } from './start-texts.js';
import type { StartTexts } from './start-texts.js';
import { tryItSteps } from './try-it.js';

export interface StartPageOptions {
  readonly routes: readonly Route[];
  readonly publicUrl: string;
  readonly now: Date;
  /** The page's `lang` parameter. */
  readonly lang: unknown;
}

/** The front page: what this is, how to try it, who can do what where. */
export function startPage({ routes, publicUrl, now, lang }: StartPageOptions): string {
  const language = languageOf(lang);
  const texts = START_TEXTS[language];
  const main = html`
    <section class="hero">
      <div class="wide">
        <div>
          <h1 class="ds-heading" data-size="lg">${texts.heading}</h1>
          <p class="ds-paragraph" data-size="lg">${texts.lead}</p>
          <p class="actions">
            <a class="ds-button" data-variant="primary" href="#try">${texts.tryIt}</a>
            <a class="ds-button" data-variant="secondary" href="/api/docs">${texts.openDocs}</a>
          </p>
        </div>
        ${startFigure(texts.figure)}
      </div>
    </section>
    ${section('try', texts.stepsHeading, texts.stepsLead, steps(publicUrl, language, texts))}
    ${section('rights', texts.rightsHeading, texts.rightsLead, rightsTable(routes, texts, language))}
    ${section('users', texts.usersHeading, texts.usersLead, usersTable(texts))}
    ${section('doors', texts.doorsHeading, clockLine(texts, language, now), doors(texts))}
  `;
  const otherLanguage = language === 'nb' ? '/?lang=en' : '/';
  return page({ language, title: texts.title, otherLanguage }, main);
}

function section(id: string, heading: string, lead: string | Html, content: Html): Html {
  return html`<section class="wide" id="${id}" aria-labelledby="${id}-heading">
    <h2 class="ds-heading" data-size="md" id="${id}-heading">${heading}</h2>
    <p class="ds-paragraph lead">${lead}</p>
    ${content}
  </section>`;
}

function steps(publicUrl: string, language: Language, texts: StartTexts): Html {
  const items = tryItSteps(publicUrl, language).map(
    ({ title, text, command }) =>
      html`<li>
        <h3 class="ds-heading" data-size="xs">${title}</h3>
        <p class="ds-paragraph">${text}</p>
        <div class="command" data-copy="${texts.copy}" data-copied="${texts.copied}">
          <pre><code>${command}</code></pre>
        </div>
      </li>`,
  );
  return html`<ol class="steps">
    ${items}
  </ol>`;
}

function clockLine(texts: StartTexts, language: Language, now: Date): Html {
  const format = new Intl.DateTimeFormat(language === 'nb' ? 'nb-NO' : 'en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'Europe/Oslo',
  });
  return html`${texts.clock} <time datetime="${now.toISOString()}">${format.format(now)}</time>.`;
}

function doors(texts: StartTexts): Html {
  return html`<ul class="doors">
    ${texts.doors.map(
      ({ href, title, text }) =>
        html`<li class="ds-card" data-variant="tinted">
          <h3 class="ds-heading" data-size="xs"><a class="ds-link" href="${href}">${title}</a></h3>
          <p class="ds-paragraph" data-size="sm">${text}</p>
        </li>`,
    )}
  </ul>`;
}
