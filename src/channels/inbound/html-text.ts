/** What is never text to a reader. */
const HIDDEN = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'svg',
  'object',
]);

/** Where a line ends. */
const BLOCKS = new Set(
  'address blockquote br div dl dt dd h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul'.split(' '),
);

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  aelig: 'æ',
  oslash: 'ø',
  aring: 'å',
  AElig: 'Æ',
  Oslash: 'Ø',
  Aring: 'Å',
  eacute: 'é',
  laquo: '«',
  raquo: '»',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  euro: '€',
};

/**
 * The text of an HTML mail, in one pass however it is nested or broken. Nothing of its markup is left,
 * so nothing in it can run or be loaded.
 */
export function textOfHtml(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) {
      parts.push(decodeEntities(html.slice(at)));
      break;
    }
    parts.push(decodeEntities(html.slice(at, open)));
    const comment = html.startsWith('<!--', open);
    const close = html.indexOf(comment ? '-->' : '>', open);
    if (close === -1) break;
    at = close + (comment ? 3 : 1);
    const [, slash = '', name = ''] =
      /^<(\/?)([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 20)) ?? [];
    const tag = name.toLowerCase();
    if (BLOCKS.has(tag)) parts.push('\n');
    if (HIDDEN.has(tag) && slash === '') at = endOf(html, tag, at);
  }
  return parts
    .join('')
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Behind the end tag; of what never ends, only the tag itself is left out. */
function endOf(html: string, tag: string, from: number): number {
  const end = new RegExp(`</${tag}\\b[^<>]{0,100}>`, 'gi');
  end.lastIndex = from;
  return end.exec(html) ? end.lastIndex : from;
}

function decodeEntities(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
      const isHex = name[1] === 'x' || name[1] === 'X';
      const code = isHex ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
      return code >= 0x20 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    });
}
