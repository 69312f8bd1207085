const MAX_LENGTH = 120;

/** Not to be seen, or turning what follows around, so that a program looks like a picture. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Surrogate}\u2028\u2029]/gu;

/** What file systems give a meaning of their own. */
const RESERVED = /[<>:"|?*\\/]/g;
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A name that a file may be stored under on any machine: no path, nothing invisible, and with one of
 * the extensions that its content has, so that nothing pretends to be what it is not.
 */
export function safeFileName(given: string, extensions: readonly string[]): string {
  const last = given.replace(INVISIBLE, '').normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replace(RESERVED, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const name = DEVICES.test(plain) ? `_${plain}` : plain;
  const [extension = ''] = extensions.filter((one) => name.toLowerCase().endsWith(`.${one}`));
  const stem = extension ? name.slice(0, -extension.length - 1) : name;
  const cut = Array.from(stem || 'vedlegg')
    .slice(0, MAX_LENGTH)
    .join('');
  const ending = extension || (extensions[0] ?? '');
  return ending === '' ? cut : `${cut}.${ending}`;
}
