/** What Open311 sends over the wire: names and values, lists of them, nothing else. */
export type WireValue = string | number | boolean | null | WireObject | WireList;
export interface WireObject {
  readonly [name: string]: WireValue | undefined;
}
/** A list whose items have a name in XML, as `<services><service>…`, and none in JSON. */
export interface WireList {
  readonly item: string;
  readonly items: readonly WireValue[];
}

/** `<name>…</name>` after an XML declaration. FixMyStreet's reader keeps blanks, so none are added. */
export function toXml(name: string, value: WireValue): string {
  return `<?xml version="1.0" encoding="utf-8"?>${element(name, value)}`;
}

/** The same as JSON: a list is an array, and what is empty in XML is null. */
export function toWireJson(value: WireValue): unknown {
  if (isList(value)) return value.items.map(toWireJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => [name, toWireJson(one ?? null)]),
  );
}

function element(name: string, value: WireValue): string {
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: WireValue): string {
  if (value === null) return '';
  if (isList(value)) return value.items.map((one) => element(value.item, one)).join('');
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, one]) => (one === undefined ? '' : element(name, one)))
    .join('');
}

function isList(value: WireValue): value is WireList {
  return typeof value === 'object' && value !== null && 'items' in value && 'item' in value;
}

/** XML 1.0 has no place for control characters, not even escaped. */
// eslint-disable-next-line no-control-regex
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

function escapeXml(text: string): string {
  return text
    .replace(NOT_IN_XML, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
