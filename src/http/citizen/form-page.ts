import { randomUUID } from 'node:crypto';
import type { InputComponent } from '../../catalogue/form.js';
import type { Service } from '../../catalogue/services.js';
import type { Notice } from '../../inquiries/notices.js';
import type { Language } from '../../people/party.js';
import { html } from '../pages/html.js';
import type { Html } from '../pages/html.js';
import { citizenPage } from './citizen-page.js';
import type { FilledIn } from './fields.js';
import { formField, labelOf, textArea, textInput } from './fields.js';
import { noticeBanner } from './notice-banner.js';
import { CITIZEN_TEXTS, reasonText } from './texts.js';

export interface FormPage {
  readonly tenant: string;
  readonly language: Language;
  readonly path: string;
  readonly service: Service;
  readonly fields: readonly InputComponent[];
  readonly given: FilledIn;
  /** Said above the form, such as that it was sent too fast. */
  readonly notice: string | undefined;
  /** What everybody is told about this service just now. */
  readonly notices: readonly Notice[];
  readonly now: Date;
}

/** Data about nobody, or nobody in particular: no name is needed (F-classes P0 and P1). */
export function mayBeAnonymous({ dataClass }: Pick<Service, 'dataClass'>): boolean {
  return dataClass === 'P0' || dataClass === 'P1';
}

/** The form of one service, made from its own fields. */
export function formPage(page: FormPage): string {
  const { tenant, language, path, service, given, notice, now } = page;
  const t = (key: keyof typeof CITIZEN_TEXTS) => CITIZEN_TEXTS[key][language];
  const main = html`<h1 class="ds-heading" data-size="lg">${service.names[language]}</h1>
    <p class="ds-paragraph">${service.descriptions[language]}</p>
    ${noticeBanner(page.notices, language)}
    ${notice === undefined ? undefined : html`<div class="ds-alert" data-color="warning" role="alert">${notice}</div>`}
    ${errorSummary(page)}
    <form method="post" action="${path}?lang=${language}" enctype="multipart/form-data" novalidate>
      ${page.fields.map((field) => formField(field, language, given))}
      ${hasText(page.fields) ? undefined : textArea({ name: 'text', label: t('describe'), required: true }, language, given, 4000)}
      <div class="ds-field">
        <label class="ds-label" for="files">${t('files')}</label>
        <p data-field="description" id="files-help">${t('filesHelp')}</p>
        <input
          class="ds-input"
          type="file"
          id="files"
          name="files"
          multiple
          aria-describedby="files-help"
        />
        ${given.errors['files'] ? html`<p class="ds-validation-message">${reasonText(given.errors['files'])[language]}</p>` : undefined}
      </div>
      ${aboutYou(page)}
      <div class="trap" aria-hidden="true">
        <label for="website">${t('trap')}</label>
        <input type="text" id="website" name="website" tabindex="-1" autocomplete="off" />
      </div>
      <input type="hidden" name="opened" value="${given.values['opened'] ?? now.toISOString()}" />
      <input type="hidden" name="key" value="${given.values['key'] ?? randomUUID()}" />
      <p class="ds-paragraph" data-size="sm">${t('privacy')}</p>
      <button class="ds-button" data-variant="primary" type="submit">${t('send')}</button>
    </form>`;
  return citizenPage({ language, title: service.names[language], tenant, path }, main);
}

export function hasText(fields: readonly InputComponent[]): boolean {
  return fields.some(({ key }) => key === 'text');
}

function aboutYou({ service, language, given }: FormPage): Html {
  const t = (key: keyof typeof CITIZEN_TEXTS) => CITIZEN_TEXTS[key][language];
  const anonymous = mayBeAnonymous(service);
  const input = (name: string, label: string, required: boolean, type: string, auto: string) =>
    textInput({ name, label, required }, language, given, type, auto);
  return html`<div>
      <h2 class="ds-heading" data-size="sm">${t('you')}</h2>
      <p class="ds-paragraph" id="party">${anonymous ? t('anonymous') : t('contactNeeded')}</p>
    </div>
    ${input('partyName', t('name'), !anonymous, 'text', 'name')}
    ${input('partyEmail', t('email'), false, 'email', 'email')}
    ${input('partyPhone', t('phone'), false, 'tel', 'tel')}`;
}

/** Every error at once, each leading to its field (WCAG 2.2 3.3.1). */
function errorSummary({ given, language, fields }: FormPage): Html | undefined {
  const names = Object.keys(given.errors);
  if (names.length === 0) return undefined;
  const own: Readonly<Record<string, string>> = {
    text: CITIZEN_TEXTS.describe[language],
    files: CITIZEN_TEXTS.files[language],
    partyName: CITIZEN_TEXTS.name[language],
    partyEmail: CITIZEN_TEXTS.email[language],
    partyPhone: CITIZEN_TEXTS.phone[language],
    party: CITIZEN_TEXTS.you[language],
  };
  const called = (name: string) => {
    const field = fields.find(({ key }) => key === name);
    return field ? labelOf(field, language) : (own[name] ?? name);
  };
  return html`<div class="ds-error-summary" role="alert" tabindex="-1" aria-labelledby="errors">
    <h2 class="ds-heading" id="errors">${CITIZEN_TEXTS.errors[language]}</h2>
    <ul class="ds-list">
      ${names.map(
        (name) =>
          html`<li>
            <a class="ds-link" href="#${name}"
              >${called(name)}: ${reasonText(given.errors[name] ?? '')[language]}</a
            >
          </li>`,
      )}
    </ul>
  </div>`;
}

/** Every service that has a form, those that match the search. */
export function formListPage(page: {
  tenant: string;
  language: Language;
  path: string;
  query: string;
  services: readonly Service[];
  notices: readonly Notice[];
}): string {
  const { tenant, language, path, query, services } = page;
  const t = (key: keyof typeof CITIZEN_TEXTS) => CITIZEN_TEXTS[key][language];
  const main = html`<h1 class="ds-heading" data-size="lg">${t('forms')}</h1>
    ${noticeBanner(page.notices, language)}
    <form method="get" action="${path}" class="search-line" role="search">
      <div class="ds-field">
        <label class="ds-label" for="q">${t('search')}</label>
        <input class="ds-input" type="search" id="q" name="q" value="${query}" />
      </div>
      <input type="hidden" name="lang" value="${language}" />
      <button class="ds-button" data-variant="primary" type="submit">${t('find')}</button>
    </form>
    ${services.length === 0 ? html`<p class="ds-paragraph" role="status">${t('none')}</p>` : undefined}
    <ul class="service-list">
      ${services.map(
        ({ code, names, descriptions }) =>
          html`<li class="ds-card" data-variant="tinted">
            <h2 class="ds-heading" data-size="2xs">
              <a class="ds-link" href="/${tenant}/form/${code}?lang=${language}"
                >${names[language]}</a
              >
            </h2>
            <p class="ds-paragraph" data-size="sm">${descriptions[language]}</p>
          </li>`,
      )}
    </ul>`;
  return citizenPage({ language, title: t('forms'), tenant, path }, main);
}
