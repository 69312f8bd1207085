import type { InputComponent } from '../../catalogue/form.js';
import type { Language } from '../../people/party.js';
import { html } from '../pages/html.js';
import type { Html } from '../pages/html.js';
import { CITIZEN_TEXTS, reasonText } from './texts.js';

/** What was filled in, by field name, and why each was refused. */
export interface FilledIn {
  readonly values: Readonly<Record<string, string>>;
  /** Reason by field name, as the domain words it. */
  readonly errors: Readonly<Record<string, string>>;
}

export const NOTHING_FILLED_IN: FilledIn = { values: {}, errors: {} };

type Option = NonNullable<InputComponent['values']>[number];

interface Field {
  name: string;
  label: string;
  required: boolean;
  description?: string | undefined;
}

/** The name of one option's box in a list of which several may be ticked. */
export function optionName(key: string, value: unknown): string {
  return `${key}:${String(value)}`;
}

/** What a field of a form-js form asks, in the reader's language where the form has it. */
export function labelOf(component: InputComponent, language: Language): string {
  const { label, properties = {} } = component;
  const date = component['dateLabel'];
  const drawn = label ?? (typeof date === 'string' ? date : component.key);
  return properties[`label.${language}`] ?? drawn;
}

/** What one answer of a choice is called, in the reader's language where the form has it. */
function optionLabel({ properties }: InputComponent, option: Option, language: Language): string {
  const value = String(option.value);
  return properties?.[`option.${value}.${language}`] ?? option.label ?? value;
}

/** One field of a form, with its label, its help and what was wrong with it. */
export function formField(component: InputComponent, language: Language, given: FilledIn): Html {
  const { key, type, validate = {}, properties = {} } = component;
  const drawn = component['description'];
  const description = properties[`description.${language}`] ?? drawn;
  const field: Field = {
    name: key,
    label: labelOf(component, language),
    required: validate.required === true,
    ...(typeof description === 'string' && { description }),
  };
  const options = (component.values ?? []).map((option) => ({
    value: String(option.value),
    label: optionLabel(component, option, language),
  }));
  switch (type) {
    case 'radio':
      return choices(field, options, 'radio', language, given);
    case 'checklist':
    case 'taglist':
      return choices(field, options, 'checkbox', language, given);
    case 'checkbox':
      return tickBox(field, language, given);
    case 'select':
      return labelled(field, language, given, (attributes) => {
        const chosen = given.values[key];
        return html`<select class="ds-input" ${attributes}>
          <option value=""></option>
          ${options.map(({ label, value }) => {
            const mark = value === chosen ? html`selected` : undefined;
            return html`<option value="${value}" ${mark}>${label}</option>`;
          })}
        </select>`;
      });
    case 'textarea':
      return textArea(field, language, given, validate.maxLength ?? 4000);
    default:
      return textInput(field, language, given, inputType(component));
  }
}

function inputType({ type, subtype, validate = {} }: InputComponent): string {
  if (type === 'number') return 'number';
  if (type === 'datetime')
    return { date: 'date', time: 'time', datetime: 'datetime-local' }[subtype ?? 'date'];
  return validate.validationType === 'phone' ? 'tel' : 'text';
}

/** A line of text, or what the browser has for dates and numbers. */
export function textInput(
  field: Field,
  language: Language,
  given: FilledIn,
  type: string,
  autocomplete?: string,
): Html {
  const complete = autocomplete === undefined ? undefined : html`autocomplete="${autocomplete}"`;
  const short = ['number', 'date', 'time', 'datetime-local', 'tel'].includes(type);
  return labelled(
    field,
    language,
    given,
    (attributes) =>
      html`<input
        class="ds-input ${short ? 'short' : ''}"
        type="${type}"
        value="${given.values[field.name] ?? ''}"
        ${type === 'number' ? html`step="any"` : undefined}
        ${complete}
        ${attributes}
      />`,
  );
}

/** Several lines of text. */
export function textArea(
  field: Field,
  language: Language,
  given: FilledIn,
  maxLength: number,
): Html {
  return labelled(
    field,
    language,
    given,
    (attributes) =>
      html`<textarea class="ds-input" rows="5" maxlength="${maxLength}" ${attributes}>
${given.values[field.name] ?? ''}</textarea>`,
  );
}

function labelled(
  { name, label, required, description }: Field,
  language: Language,
  { errors }: FilledIn,
  control: (attributes: Html) => Html,
): Html {
  const error = errors[name];
  const described = [description && `${name}-help`, error && `${name}-error`].filter(Boolean);
  const attributes = html`id="${name}" name="${name}" ${required ? html`required` : undefined}
  ${error ? html`aria-invalid="true"` : undefined}
  ${described.length > 0 ? html`aria-describedby="${described.join(' ')}"` : undefined}`;
  return html`<div class="ds-field">
    <label class="ds-label" for="${name}">${label} ${need(required, language)}</label>
    ${description ? html`<p data-field="description" id="${name}-help">${description}</p>` : undefined}
    ${control(attributes)} ${errorLine(name, error, language)}
  </div>`;
}

function need(required: boolean, language: Language): Html {
  const said = (required ? CITIZEN_TEXTS.required : CITIZEN_TEXTS.optional)[language];
  return html`<span class="ds-tag" data-size="sm" data-color="${required ? 'warning' : 'neutral'}"
    >${said}</span
  >`;
}

function errorLine(name: string, error: string | undefined, language: Language): Html | undefined {
  if (error === undefined) return undefined;
  const said = reasonText(error)[language];
  return html`<p class="ds-validation-message" data-field="validation" id="${name}-error">
    ${said}
  </p>`;
}

function choices(
  { name, label, required, description }: Field,
  options: readonly { value: string; label: string }[],
  type: 'radio' | 'checkbox',
  language: Language,
  { values, errors }: FilledIn,
): Html {
  const error = errors[name];
  const boxes = options.map(({ value, label: said }, at) => {
    const own = type === 'radio' ? name : optionName(name, value);
    const isChosen = type === 'radio' ? values[name] === value : values[own] !== undefined;
    return html`<div class="ds-field">
      <input
        class="ds-input"
        type="${type}"
        id="${name}-${at}"
        name="${own}"
        value="${value}"
        ${isChosen ? html`checked` : undefined}
        ${required && type === 'radio' ? html`required` : undefined}
      />
      <label class="ds-label" for="${name}-${at}">${said}</label>
    </div>`;
  });
  return html`<fieldset
    class="ds-fieldset"
    id="${name}"
    ${error ? html`aria-describedby="${name}-error"` : undefined}
  >
    <legend class="ds-label">${label} ${need(required, language)}</legend>
    ${description ? html`<p class="ds-paragraph" data-size="sm">${description}</p>` : undefined}
    ${boxes} ${errorLine(name, error, language)}
  </fieldset>`;
}

function tickBox({ name, label, required }: Field, language: Language, given: FilledIn): Html {
  const error = given.errors[name];
  return html`<div>
    <div class="ds-field">
      <input
        class="ds-input"
        type="checkbox"
        id="${name}"
        name="${name}"
        value="true"
        ${given.values[name] !== undefined ? html`checked` : undefined}
        ${required ? html`required` : undefined}
        ${error ? html`aria-invalid="true" aria-describedby="${name}-error"` : undefined}
      />
      <label class="ds-label" for="${name}">${label}</label>
    </div>
    ${errorLine(name, error, language)}
  </div>`;
}
