import type { Form, InputComponent } from '../../catalogue/form.js';
import { inputsOf } from '../../catalogue/form.js';
import type { InquiryDraft } from '../../inquiries/draft.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import { normaliseEmail, normalisePhone } from '../../people/contact.js';
import { Open311Error } from './open311-error.js';
import { CLIENT_NUMBER_CODE, reportable } from './service-list.js';

/** Names and values as they were sent; a name may come more than once. */
export type SentFields = readonly (readonly [name: string, value: string])[];

/** What a client sent: fields, and pictures of what is reported. */
export interface Sent {
  fields: SentFields;
  files: readonly { name: string; type: string; content: Buffer }[];
}

const ATTRIBUTE = /^attribute\[([^\]]+)\](?:\[\])?$/;

/** The value of a field, if it was sent and says something. */
export function fieldOf(fields: SentFields, ...names: string[]): string | undefined {
  const found = fields.find(([name, value]) => names.includes(name) && value.trim() !== '');
  return found?.[1].trim();
}

/** The reporter's own number of a report, by which it is known when it is sent again. */
export function clientNumber(fields: SentFields): string | undefined {
  return fieldOf(fields, `attribute[${CLIENT_NUMBER_CODE}]`)?.slice(0, 100);
}

/** Addresses of pictures on the reporter's own server. */
export function mediaUrls(fields: SentFields): string[] {
  return fields
    .filter(([name, value]) => /^media_url(\[\])?$/.test(name) && isWebAddress(value))
    .map(([, value]) => value)
    .slice(0, 10);
}

/**
 * A report as an inquiry that came in by form (GeoReport v2, POST requests). What its form does not
 * ask, and what a person would have to be asked again, is left out rather than refused: a report
 * that is refused is lost to the citizen.
 * @throws Open311Error 400 for a place that is none
 */
export function toDraft(fields: SentFields, service: string, form: Form | undefined): InquiryDraft {
  const party = partyOf(fields);
  const address = fieldOf(fields, 'address_string', 'address', 'attribute[closest_address]');
  const place = placeOf(fields);
  if (!place && !address && !fieldOf(fields, 'address_id')) {
    throw new Open311Error(400, 'lat and long, address_string or address_id must be given');
  }
  const text = storable(fieldOf(fields, 'description') ?? '').slice(0, 20_000);
  return {
    channel: 'form',
    service,
    text,
    ownWords: true,
    ...(party && { party }),
    location: { ...place, ...(address && { address: storable(address).slice(0, 300) }) },
    answers: { ...answersOf(fields, form), ...textAnswer(form, text) },
  };
}

/** The description answers a form's own question for one. A picture may say it all: then a dash does. */
function textAnswer(form: Form | undefined, text: string): JsonObject {
  const field = form && inputsOf(form).find(({ key }) => key === 'text');
  if (!field || (text === '' && field.validate?.required !== true)) return {};
  return { text: text.slice(0, field.validate?.maxLength) || '–' };
}

function placeOf(fields: SentFields): { latitude: number; longitude: number } | undefined {
  const [lat, long] = [fieldOf(fields, 'lat'), fieldOf(fields, 'long')];
  if (lat === undefined && long === undefined) return undefined;
  const [latitude, longitude] = [Number(lat), Number(long)];
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  throw new Open311Error(400, 'lat and long are not a place on earth in WGS 84');
}

/** Contact data that cannot be used are left out; a dash is FixMyStreet's word for no name. */
function partyOf(fields: SentFields): InquiryDraft['party'] {
  const name = ['first_name', 'last_name']
    .flatMap((one) => fieldOf(fields, one) ?? [])
    .filter((one) => one !== '-')
    .join(' ');
  const email = fieldOf(fields, 'email');
  const phone = fieldOf(fields, 'phone');
  const usable = {
    ...(email && normaliseEmail(email) && { email }),
    ...(phone && normalisePhone(phone) && { phone }),
  };
  if (name === '' && Object.keys(usable).length === 0) return undefined;
  return { kind: 'person', ...(name !== '' && { name: storable(name).slice(0, 200) }), ...usable };
}

function answersOf(fields: SentFields, form: Form | undefined): JsonObject {
  const given = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const code = ATTRIBUTE.exec(name)?.[1];
    if (code !== undefined && value !== '') given.set(code, [...(given.get(code) ?? []), value]);
  }
  const answers: JsonObject = {};
  for (const input of reportable(form)) {
    const value = toAnswer(input, given.get(input.key) ?? []);
    if (value !== undefined) answers[input.key] = value;
  }
  return answers;
}

/** A value that the form would not take is left out. */
function toAnswer(input: InputComponent, [first, ...rest]: string[]): JsonValue | undefined {
  if (first === undefined) return undefined;
  switch (input.type) {
    case 'number':
      return Number.isFinite(Number(first)) ? Number(first) : undefined;
    case 'checkbox':
      return first === 'true' || first === '1';
    case 'select':
    case 'radio':
      return choiceOf(input, first);
    case 'checklist':
    case 'taglist':
      return [first, ...rest].flatMap((one) => choiceOf(input, one) ?? []);
    default:
      return storable(first);
  }
}

function choiceOf({ values = [] }: InputComponent, given: string): JsonValue | undefined {
  return values.find(({ value }) => String(value) === given)?.value;
}

function storable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '');
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>"]{1,1000}$/.test(text);
}
