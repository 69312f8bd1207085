import type { Problem } from '../problem.js';
import { html } from './html.js';
import { languageOf } from './language.js';
import { page } from './layout.js';

interface ErrorTexts {
  heading: string;
  help: string;
}

/** What most others have in common stands at 400 and 500. */
type PageTexts = Record<number, ErrorTexts> & Record<400 | 500, ErrorTexts>;

const NB: PageTexts = {
  404: {
    heading: 'Siden finnes ikke',
    help: 'Adressen kan være skrevet feil, eller siden er flyttet.',
  },
  405: {
    heading: 'Dette går ikke her',
    help: 'Adressen finnes, men tar ikke imot det som ble sendt.',
  },
  503: {
    heading: 'Tjenesten er nede et øyeblikk',
    help: 'Prøv igjen om litt. Ingenting av det du har lagret er tapt.',
  },
  500: {
    heading: 'Noe gikk galt hos oss',
    help: 'Feilen er loggført. Oppgi nummeret under hvis du melder fra.',
  },
  400: { heading: 'Forespørselen kan ikke leses', help: 'Adressen eller innholdet er ugyldig.' },
};

const EN: PageTexts = {
  404: { heading: 'Page not found', help: 'The address may be misspelt, or the page has moved.' },
  405: {
    heading: 'Not possible here',
    help: 'The address exists, but does not take what was sent.',
  },
  503: {
    heading: 'The service is down for a moment',
    help: 'Try again in a while. Nothing you have saved is lost.',
  },
  500: {
    heading: 'Something went wrong on our side',
    help: 'The failure is in the log. Give the number below when you report it.',
  },
  400: { heading: 'The request cannot be read', help: 'Its address or its content is not valid.' },
};

/** A problem as a page, for somebody in a browser. */
export function errorPage(problem: Problem, lang: unknown): string {
  const language = languageOf(lang);
  const isEnglish = language === 'en';
  const texts = isEnglish ? EN : NB;
  const { heading, help } =
    texts[problem.status] ?? (problem.status < 500 ? texts[400] : texts[500]);
  return page(
    { language, title: `${heading} – Saksflyt`, otherLanguage: isEnglish ? '?' : '?lang=en' },
    html`<div class="wide lone">
      <p class="status" aria-hidden="true">${problem.status}</p>
      <h1 class="ds-heading" data-size="lg">${heading}</h1>
      <p class="ds-paragraph">${help}</p>
      <p class="ds-paragraph" data-size="sm">
        ${isEnglish ? 'Reference' : 'Referanse'}: <code>${problem.requestId ?? ''}</code>
      </p>
      <a class="ds-button" data-variant="primary" href="/${isEnglish ? '?lang=en' : ''}">
        ${isEnglish ? 'To the front page' : 'Til forsiden'}
      </a>
    </div>`,
  );
}
