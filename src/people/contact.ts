/** Country code of numbers that are given without one. */
const HOME_COUNTRY = '+47';

/** Norwegian numbers have eight digits, the short ones of services five. */
const HOME_NUMBER = /^(?:[2-9]\d{7}|0\d{4})$/;

/** E.164: a plus and at most fifteen digits, the first of them not zero. */
const INTERNATIONAL = /^\+[1-9]\d{6,14}$/;

/**
 * A phone number in its one proper spelling (E.164, such as `+4799999999`), or undefined when it
 * cannot be one. Spaces, dots, dashes, brackets and the prefix 00 are understood; a number without
 * a country is a Norwegian one.
 */
export function normalisePhone(typed: string): string | undefined {
  const plain = typed
    .trim()
    .replace(/^00/, '+')
    .replace(/[\s().\u2010-\u2015/-]/g, '');
  const number = HOME_NUMBER.test(plain) ? HOME_COUNTRY + plain : plain;
  if (!INTERNATIONAL.test(number)) return undefined;
  const home = number.startsWith(HOME_COUNTRY) ? number.slice(HOME_COUNTRY.length) : undefined;
  return home === undefined || HOME_NUMBER.test(home) ? number : undefined;
}

/**
 * The part before the @ as in RFC 5321 §4.1.2 without quoting and comments, which no citizen has;
 * letters of any language are let through (RFC 6531), control characters and brackets never are.
 */
const EMAIL =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u;

/**
 * An e-mail address in lower case, or undefined when it cannot be one. Strictly only the domain is
 * indifferent to case, but no mail service in use tells `Ola@` from `ola@`, and people write both.
 */
export function normaliseEmail(typed: string): string | undefined {
  const plain = typed.trim().normalize('NFC').toLowerCase();
  if (plain.length > 254 || plain.indexOf('@') > 64) return undefined;
  return EMAIL.test(plain) ? plain : undefined;
}

/** A name as compared: without case and surplus spaces. The empty text when there is none. */
export function nameKey(name: string | null | undefined): string {
  return (name ?? '').normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('nb');
}
