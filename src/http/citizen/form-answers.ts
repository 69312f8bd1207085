import type { Form, InputComponent } from '../../catalogue/form.js';
import { inputsOf } from '../../catalogue/form.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import { optionName } from './fields.js';

/** What a browser sent, as answers to the form: texts become what its fields ask for. */
export function answersFrom(
  form: Pick<Form, 'components'>,
  sent: Readonly<Record<string, string>>,
): JsonObject {
  const answers: JsonObject = {};
  for (const input of fieldsOf(form)) {
    const value = valueOf(input, sent);
    if (value !== undefined) answers[input.key] = value;
  }
  return answers;
}

/** The fields that a citizen fills in. */
export function fieldsOf(form: Pick<Form, 'components'>): InputComponent[] {
  return inputsOf(form).filter(({ disabled, readonly }) => !disabled && readonly !== true);
}

function valueOf(
  { key, type, subtype, values = [] }: InputComponent,
  sent: Readonly<Record<string, string>>,
): JsonValue | undefined {
  const text = sent[key]?.trim() ?? '';
  switch (type) {
    case 'checkbox':
      return sent[key] !== undefined;
    case 'checklist':
    case 'taglist':
      return values.map(({ value }) => value).filter((value) => sent[optionName(key, value)]);
    case 'radio':
    case 'select':
      // A number among the options is a number; whatever else was sent, the form refuses.
      return text === ''
        ? undefined
        : (values.find(({ value }) => String(value) === text)?.value ?? text);
    case 'number':
      return text === '' ? undefined : numberFrom(text);
    case 'datetime':
      return text === '' ? undefined : subtype === 'datetime' ? `${text}:00` : text;
    default:
      return text === '' ? undefined : text;
  }
}

/** With a decimal comma, as Norwegians write. */
function numberFrom(text: string): JsonValue {
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : text;
}
