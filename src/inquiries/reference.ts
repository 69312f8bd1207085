import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that nobody misreads one over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_LENGTH = 7;

/** What `makeReference` draws with: an integer from 0 up to, but not including, `limit`. */
export type Draw = (limit: number) => number;

/**
 * A public reference such as `26-K3F9-2XQ7`: two digits of the year, seven random characters and a
 * check character. It is random so that nobody finds somebody else's case by counting.
 */
export function makeReference(year: number, draw: Draw = randomInt): string {
  if (!Number.isInteger(year) || year < 0) throw new TypeError('year must be a whole number');
  const digits = String(year % 100).padStart(2, '0');
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET.charAt(draw(32))).join('');
  return format(digits + random + checkCharacter(digits + random));
}

/**
 * The reference somebody typed, in its one proper spelling, or undefined when it cannot be one: in
 * lower case, without dashes or with spaces, with I or L for 1 and O for 0. The check character finds
 * every single wrong character and every swap of two neighbours.
 */
export function readReference(typed: string): string | undefined {
  const plain = typed
    .toUpperCase()
    .replace(/[\s.–—-]+/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  if (!/^\d{2}[0-9A-HJKMNP-TV-Z]{8}$/.test(plain)) return undefined;
  return checkCharacter(plain.slice(0, -1)) === plain.at(-1) ? format(plain) : undefined;
}

/**
 * A weighted sum over the field of 32 elements: each place counts x^n times as much, so that two
 * characters in each other's place give another sum.
 */
function checkCharacter(text: string): string {
  let sum = 0;
  for (const character of text) sum = double(sum ^ ALPHABET.indexOf(character));
  return ALPHABET.charAt(sum);
}

/** Times x in GF(2^5) with the primitive polynomial x^5 + x^2 + 1. */
function double(value: number): number {
  const shifted = value << 1;
  return shifted & 0b100000 ? shifted ^ 0b100101 : shifted;
}

function format(plain: string): string {
  return `${plain.slice(0, 2)}-${plain.slice(2, 6)}-${plain.slice(6)}`;
}
