const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Whether a file holds only characters that XML 1.0 allows (§2.2), also where they are given by
 * number (§4.1). A parser may pass others on, and no database keeps them.
 */
export function isXmlText(xml: string): boolean {
  if (NO_CHARACTER.test(xml)) return false;
  return [...xml.matchAll(/&#(?:x([\da-f]*)|(\d*));?/gi)].every(([, hex, decimal]) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10_ff_ff && !NO_CHARACTER.test(String.fromCodePoint(code));
  });
}
