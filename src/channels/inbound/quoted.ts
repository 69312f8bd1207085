/** Lines after which nothing is new: how mail programs introduce what they quote. */
const QUOTE_STARTS: readonly RegExp[] = [
  /^-{2,} ?(?:original message|opprinnelig melding|opphavleg melding|opprinnelig e-post|forwarded message) ?-{2,}$/i,
  /^(?:den|on|the|på|le|am) .{1,200}(?:skrev|skreiv|wrote|schrieb|a écrit) ?(?:.{0,200}):$/i,
  /^.{1,200} (?:skrev|skreiv|wrote) (?:følgende|følgjande|den|on|the) .{1,100}:?$/i,
  /^_{20,}$/,
];

/** The head of a quoted mail, as Outlook writes it: at least two of these lines follow each other. */
const HEAD_LINE = /^\*?(?:fra|frå|from|til|to|sendt|sent|emne|subject|dato|date|kopi|cc):\*? .+/i;

/** RFC 3676 §4.3: a signature begins with this line. */
const SIGNATURE = /^-- ?$/;

/**
 * What a reply says that is new: without the mail it answers and without the signature. All of it
 * when nothing would be left, as when somebody answers between the lines.
 */
export function newText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex((line, at) => isEnd(line, lines[at + 1] ?? ''));
  const own = end === -1 ? lines : lines.slice(0, end);
  const isBetween = own.some((line, at) => line.startsWith('>') && hasTextAfter(own, at));
  const kept = isBetween ? own : own.filter((line) => !line.startsWith('>'));
  const said = kept.join('\n').trim();
  return said === '' ? text.trim() : said;
}

function isEnd(line: string, next: string): boolean {
  const plain = line.trim();
  if (SIGNATURE.test(line)) return true;
  if (plain.length > 500) return false;
  if (HEAD_LINE.test(plain) && HEAD_LINE.test(next.trim())) return true;
  const joined = `${plain} ${next.trim()}`.slice(0, 500);
  return QUOTE_STARTS.some((start) => start.test(plain)) || /^(?:den|on) /i.test(plain)
    ? QUOTE_STARTS.some((start) => start.test(plain) || start.test(joined))
    : false;
}

function hasTextAfter(lines: readonly string[], at: number): boolean {
  return lines.slice(at + 1).some((line) => line.trim() !== '' && !line.startsWith('>'));
}
