import type { Notice } from '../../inquiries/notices.js';
import type { Language } from '../../people/party.js';
import { html } from '../pages/html.js';
import type { Html } from '../pages/html.js';

/** What everybody is told just now, above what one came for (F107). */
export function noticeBanner(notices: readonly Notice[], language: Language): Html {
  return html`${notices.map(
    ({ texts }) =>
      html`<div class="ds-alert" data-color="warning" role="status">${texts[language]}</div>`,
  )}`;
}
