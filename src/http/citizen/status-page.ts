import type { Service } from '../../catalogue/services.js';
import { isInReplyPeriod } from '../../inquiries/dialogue.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import { isOpen } from '../../inquiries/inquiry.js';
import type { Milestone } from '../../inquiries/milestones.js';
import type { Notice } from '../../inquiries/notices.js';
import { STATUS_NAMES, dayText } from '../../inquiries/status-words.js';
import type { CaseStatus } from '../../inquiries/status.js';
import type { Language } from '../../people/party.js';
import { html } from '../pages/html.js';
import type { Html } from '../pages/html.js';
import { citizenPage } from './citizen-page.js';
import { noticeBanner } from './notice-banner.js';
import { CITIZEN_TEXTS } from './texts.js';

export interface StatusPage {
  readonly tenant: string;
  readonly language: Language;
  /** `/status/<key>`. */
  readonly path: string;
  readonly inquiry: Inquiry;
  readonly service: Service | undefined;
  readonly status: CaseStatus;
  readonly milestones: readonly Milestone[];
  /** What has just been done here, or why it was not. */
  readonly notice: { text: string; isError: boolean; isNew: boolean } | undefined;
  /** What everybody is told about this service just now. */
  readonly notices: readonly Notice[];
  readonly now: Date;
}

/**
 * How one case goes, for whoever has its key: where it stands and what can be done about it; neither
 * who it is from nor what was said.
 */
export function statusPage(page: StatusPage): string {
  const { tenant, language, path, inquiry, service, status } = page;
  const t = (key: keyof typeof CITIZEN_TEXTS) => CITIZEN_TEXTS[key][language];
  const title = service?.names[language] ?? inquiry.reference;
  const open = isOpen(inquiry.status);
  const main = html`${notice(page)}
    <h1 class="ds-heading" data-size="lg">${title}</h1>
    ${noticeBanner(page.notices, language)}
    <p class="ds-paragraph" data-size="lg">${status.summary}</p>
    <dl class="fact-list ds-paragraph">
      <dt>${t('number')}</dt>
      <dd><strong>${inquiry.reference}</strong></dd>
      <dt>${t('status')}</dt>
      <dd>${STATUS_NAMES[inquiry.status][language]}</dd>
      <dt>${t('sent')}</dt>
      <dd>${dayText(inquiry.receivedAt, language)}</dd>
      ${
        open
          ? html`<dt>${t('promise')}</dt>
              <dd>${dayText(inquiry.expectedBy, language)}</dd>`
          : undefined
      }
    </dl>
    ${story(page)} ${messageForm(page)}
    ${
      open
        ? html`<section>
              <h2 class="ds-heading" data-size="sm">${t('waiting')}</h2>
              <form method="post" action="${path}/chase?lang=${language}">
                <button class="ds-button" data-variant="secondary" type="submit">
                  ${t('chase')}
                </button>
              </form>
            </section>
            ${withdrawForm(page)}`
        : scoreForm(page)
    }`;
  return citizenPage({ language, title, tenant, path }, main);
}

function notice({ notice: said, language }: StatusPage): Html | undefined {
  if (!said) return undefined;
  const { text, isError, isNew } = said;
  return html`<div
    class="ds-alert"
    data-color="${isError ? 'warning' : 'success'}"
    role="${isError ? 'alert' : 'status'}"
  >
    <p class="ds-paragraph"><strong>${text}</strong></p>
    ${isNew ? html`<p class="ds-paragraph">${CITIZEN_TEXTS.keep[language]}</p>` : undefined}
  </div>`;
}

function story({ milestones, language }: StatusPage): Html | undefined {
  if (milestones.length === 0) return undefined;
  return html`<section>
    <h2 class="ds-heading" data-size="sm">${CITIZEN_TEXTS.happened[language]}</h2>
    <ol class="steps-done">
      ${milestones.map(
        ({ at, words }) =>
          html`<li>
            <time datetime="${at.toISOString()}">${dayText(at, language)}</time>${words[language]}
          </li>`,
      )}
    </ol>
  </section>`;
}

/** An open case can always be written on, a closed one while a reply may reopen it. */
function messageForm({ inquiry, language, path, now }: StatusPage): Html | undefined {
  const open = isOpen(inquiry.status);
  if (!open && !isInReplyPeriod(inquiry, now)) return undefined;
  const t = (key: keyof typeof CITIZEN_TEXTS) => CITIZEN_TEXTS[key][language];
  return html`<section>
    <h2 class="ds-heading" data-size="sm">${open ? t('write') : t('reply')}</h2>
    <form method="post" action="${path}/message?lang=${language}">
      <div class="ds-field">
        <label class="ds-label" for="text">${t('message')}</label>
        <textarea
          class="ds-input"
          id="text"
          name="text"
          rows="5"
          maxlength="4000"
          required
        ></textarea>
      </div>
      <button class="ds-button" data-variant="primary" type="submit">${t('sendMessage')}</button>
    </form>
  </section>`;
}

function withdrawForm({ language, path }: StatusPage): Html {
  const t = (key: keyof typeof CITIZEN_TEXTS) => CITIZEN_TEXTS[key][language];
  return html`<section>
    <h2 class="ds-heading" data-size="sm">${t('withdraw')}</h2>
    <form method="post" action="${path}/withdraw?lang=${language}">
      <div class="ds-field">
        <input class="ds-input" type="checkbox" id="sure" name="sure" value="true" required />
        <label class="ds-label" for="sure">${t('sure')}</label>
      </div>
      <button class="ds-button" data-variant="secondary" data-color="danger" type="submit">
        ${t('withdraw')}
      </button>
    </form>
  </section>`;
}

function scoreForm({ inquiry, language, path, now }: StatusPage): Html | undefined {
  if (!isInReplyPeriod(inquiry, now)) return undefined;
  const t = (key: keyof typeof CITIZEN_TEXTS) => CITIZEN_TEXTS[key][language];
  const labels = [t('least'), '2', '3', '4', t('most')];
  return html`<section>
    <form method="post" action="${path}/score?lang=${language}">
      <fieldset class="ds-fieldset">
        <legend class="ds-label">${t('score')}</legend>
        ${labels.map(
          (label, at) =>
            html`<div class="ds-field">
              <input
                class="ds-input"
                type="radio"
                id="score-${at + 1}"
                name="score"
                value="${at + 1}"
                required
              />
              <label class="ds-label" for="score-${at + 1}">${label}</label>
            </div>`,
        )}
      </fieldset>
      <div class="ds-field">
        <label class="ds-label" for="comment">${t('comment')}</label>
        <textarea class="ds-input" id="comment" name="comment" rows="3" maxlength="4000"></textarea>
      </div>
      <button class="ds-button" data-variant="secondary" type="submit">${t('sendScore')}</button>
    </form>
  </section>`;
}
