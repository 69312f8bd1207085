import { parseDateTime } from '../calendar/date-time.js';
import { evaluateFeel } from '../decisions/feel.js';
import type { InvalidReason } from '../kernel/errors.js';
import { InvalidError } from '../kernel/errors.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import type { Form, InputComponent } from './form.js';
import { inputsOf, isPersonal } from './form.js';

/** A form's answers, apart: what may become process variables, and what is case content. */
export interface SortedAnswers {
  open: JsonObject;
  personal: JsonObject;
}

interface AnswerOptions {
  /** Fields may be missing: an inquiry taken over the telephone knows what the caller said. */
  partial?: boolean;
  /** What the conditions that hide fields may read beside the answers. */
  scope?: JsonObject;
}

/** Longer than any answer; a form may ask for less. */
const MAX_TEXT = 20_000;

/** PostgreSQL stores neither the character zero nor half a character. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/**
 * Checks answers against their form: required fields, types, limits, choices, and no field that the
 * form does not have. A field that the other answers hide needs no answer, and none is kept. Empty
 * texts and null count as no answer. So does an empty list where one is required; elsewhere it says
 * that none of the options holds, and replaces an earlier answer.
 * @throws InvalidError 'answers_invalid' with every reason, none of which repeats an answer
 */
export function sortAnswers(
  form: Pick<Form, 'components'>,
  answers: JsonObject,
  options: AnswerOptions = {},
): SortedAnswers {
  const inputs = inputsOf(form);
  const reasons = unknownKeys(inputs, answers);
  const sorted: SortedAnswers = { open: {}, personal: {} };
  for (const input of inputs) {
    const value = answers[input.key];
    if (isHidden(input, { ...options.scope, ...answers })) continue;
    const isRequired = input.validate?.required === true && !options.partial;
    if (isBlank(value) || (isRequired && isEmptyList(value))) {
      if (isRequired) reasons.push(missing(input.key));
      continue;
    }
    reasons.push(...problems(input, value).map((reason) => ({ path: input.key, reason })));
    (isPersonal(input) ? sorted.personal : sorted.open)[input.key] = value;
  }
  if (reasons.length === 0) return sorted;
  throw new InvalidError('answers_invalid', 'The form is not filled in as it should be.', {
    details: reasons,
  });
}

/** As form-js does: a condition that cannot be evaluated hides nothing. */
function isHidden({ disabled, readonly, conditional }: InputComponent, scope: JsonObject): boolean {
  if (disabled || readonly === true) return true;
  if (conditional?.hide === undefined) return false;
  try {
    return evaluateFeel(conditional.hide.replace(/^=/, ''), scope) === true;
  } catch {
    return false;
  }
}

function unknownKeys(inputs: readonly InputComponent[], answers: JsonObject): InvalidReason[] {
  const known = new Set(inputs.map(({ key }) => key));
  return Object.keys(answers)
    .filter((key) => !known.has(key))
    .map((key) => ({ path: key.slice(0, 100), reason: 'is not a field of this form' }));
}

function isBlank(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

function isEmptyList(value: JsonValue): boolean {
  return Array.isArray(value) && value.length === 0;
}

function missing(path: string): InvalidReason {
  return { path, reason: 'is required' };
}

function problems(input: InputComponent, value: JsonValue): string[] {
  switch (input.type) {
    case 'textfield':
    case 'textarea':
      return typeof value === 'string' ? textProblems(input, value) : ['must be a text'];
    case 'number':
      return numberProblems(input, value);
    case 'checkbox':
      return checkboxProblems(input, value);
    case 'checklist':
    case 'taglist':
      return Array.isArray(value)
        ? [...new Set(value.flatMap((one) => optionProblems(input, one)))]
        : ['must be a list'];
    case 'radio':
    case 'select':
      return optionProblems(input, value);
    case 'datetime':
      return dateProblems(input, value);
  }
}

function textProblems({ validate = {} }: InputComponent, value: string): string[] {
  const { minLength = 0, maxLength = MAX_TEXT, pattern, validationType } = validate;
  if (value.length > maxLength) return [`is longer than ${maxLength} characters`];
  if (UNSTORABLE.test(value)) return ['has characters that cannot be stored'];
  const found: string[] = [];
  if (value.length < minLength) found.push(`is shorter than ${minLength} characters`);
  if (pattern !== undefined && !new RegExp(pattern).test(value)) {
    found.push('is not written as it should be');
  }
  if (validationType === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
    found.push('is not an e-mail address');
  }
  if (validationType === 'phone' && !/^\+?[\d\s()-]{5,20}$/.test(value)) {
    found.push('is not a telephone number');
  }
  return found;
}

function numberProblems(input: InputComponent, value: JsonValue): string[] {
  // form-js gives a number as text where the field is set to keep long ones exact.
  const isText = typeof value === 'string' && input.serializeToString === true;
  const number = isText ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return ['must be a number'];
  const { min = -Infinity, max = Infinity } = input.validate ?? {};
  if (number < min) return [`must be at least ${min}`];
  return number > max ? [`must be at most ${max}`] : [];
}

function checkboxProblems(input: InputComponent, value: JsonValue): string[] {
  if (typeof value !== 'boolean') return ['must be true or false'];
  return input.validate?.required && !value ? ['must be ticked'] : [];
}

/** Options that are computed elsewhere cannot be looked up here; they are names at least. */
function optionProblems({ values }: InputComponent, value: JsonValue): string[] {
  if (value !== null && typeof value === 'object') return ['must be one of the options'];
  if (!values?.length) {
    return /^[^\0\p{Surrogate}]{1,200}$/u.test(String(value)) ? [] : ['must be one of the options'];
  }
  return values.some((option) => option.value === value) ? [] : ['must be one of the options'];
}

function dateProblems({ subtype = 'date' }: InputComponent, value: JsonValue): string[] {
  const patterns = { date: /^\d{4}-\d{2}-\d{2}$/, time: /^\d{2}:\d{2}/, datetime: /T/ };
  if (typeof value !== 'string' || !patterns[subtype].test(value)) return [`must be a ${subtype}`];
  try {
    parseDateTime(subtype === 'time' ? `2000-01-01T${value}` : value);
    return [];
  } catch {
    return [`must be a ${subtype}`];
  }
}
