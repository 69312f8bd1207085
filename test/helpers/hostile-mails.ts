import { zipOf } from './files.js';

/** A mail that somebody made to break the one who reads it, and what must become of it. */
export interface HostileMail {
  kind: string;
  raw: Buffer;
  /** `kept`: as an inquiry; `noted`: stored, no inquiry; `refused`: the server says no. */
  becomes: 'kept' | 'noted' | 'refused';
}

const MEGABYTE = 1024 * 1024;
type Make = (n: number) => {
  head?: string[];
  body?: string | Buffer;
  becomes?: HostileMail['becomes'];
};

const multipart = (parts: string[], boundary = 'b') =>
  parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('') + `--${boundary}--\r\n`;
const MIXED = 'Content-Type: multipart/mixed; boundary=b';
const file = (name: string, content: Buffer | string) =>
  `Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
  `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}`;

/** The kinds; each varies by number. */
const KINDS: Readonly<Record<string, Make>> = {
  'no end of multipart': () => ({
    head: [MIXED],
    body: '--b\r\nContent-Type: text/plain\r\n\r\nhei',
  }),
  'boundary of nothing': () => ({
    head: ['Content-Type: multipart/mixed; boundary='],
    body: 'hei',
  }),
  'multipart without parts': () => ({ head: [MIXED], body: 'hei' }),
  'parts by the thousand': (n) => ({
    head: [MIXED],
    body: multipart(Array.from({ length: 2000 + n }, () => 'Content-Type: text/plain\r\n\r\nx')),
  }),
  'nested a hundred deep': (n) => ({
    head: ['Content-Type: multipart/mixed; boundary=b0'],
    body: Array.from(
      { length: 100 + n },
      (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`,
    ).join(''),
  }),
  'path names': (n) => ({
    head: [MIXED],
    body: multipart([file(`${'../'.repeat(n + 3)}etc/passwd`, 'root:x'), file('C:\\con', 'x')]),
  }),
  'zip bomb': () => ({
    head: [MIXED],
    body: multipart([file('brev.docx', zipOf({ 'word/document.xml': 'x' }, 0xffff_fffe))]),
  }),
  'gzip bomb': () => ({
    head: [MIXED, 'Content-Encoding: gzip'],
    body: multipart([
      file('a.gz', Buffer.concat([Buffer.from('1f8b0800', 'hex'), Buffer.alloc(5000)])),
    ]),
  }),
  'unknown charset': (n) => ({
    head: [`Content-Type: text/plain; charset=x-none-${n}`],
    body: 'h\xe6\xff',
  }),
  'wrong charset': () => ({
    head: ['Content-Type: text/plain; charset=utf-8'],
    body: Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
  }),
  'null bytes': (n) => ({ body: `a${'\0'.repeat(n + 1)}b` }),
  'huge subject': (n) => ({ head: [`Subject: ${'S'.repeat(50_000 + n)}`], body: 'hei' }),
  'folded for ever': () => ({ head: [`Subject: a${'\r\n b'.repeat(5000)}`], body: 'hei' }),
  'endless headers': (n) => ({
    head: Array.from({ length: 20_000 + n }, (_, at) => `X-${at}: ${'y'.repeat(20)}`),
    body: 'hei',
  }),
  'header injection': (n) => ({
    head: [`Subject: =?utf-8?Q?hei=0D=0ABcc:_alle${n}@example.no?=`],
    body: 'hei',
  }),
  'script in HTML': (n) => ({
    head: ['Content-Type: text/html'],
    body: `<script>alert(${n})</script><img src=x onerror=alert(1)><p>Hei</p>${'<div>'.repeat(9000)}`,
  }),
  'comments in HTML': () => ({ head: ['Content-Type: text/html'], body: '<!--'.repeat(50_000) }),
  'right to left': (n) => ({ head: [`Subject: \u202Egpj.${n}`], body: '\u202Eolleh' }),
  'false base64': () => ({ head: ['Content-Transfer-Encoding: base64'], body: '!!!***%%%' }),
  'no header at all': (n) => ({ head: [], body: `bare tekst ${n}` }),
  'a list': () => ({ head: ['List-Id: <a.example>'], body: 'nytt', becomes: 'noted' }),
  'an absence': () => ({ head: ['Auto-Submitted: auto-replied'], body: 'ferie', becomes: 'noted' }),
  'through too many servers': () => ({
    head: Array.from({ length: 40 }, () => 'Received: from a by b; Mon, 2 Mar 2026 09:00:00 +0100'),
    body: 'sløyfe',
    becomes: 'noted',
  }),
  'our own': () => ({ head: ['X-Loop: saksflyt'], body: 'sløyfe', becomes: 'noted' }),
  'a false report': (n) => ({
    head: ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
    body: multipart([
      'Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1',
      `Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <nothing-${n}@fjordvik.saksflyt>`,
    ]),
    becomes: 'noted',
  }),
};

/** `count` mails, the kinds in turn, with one of 20 MB and one beyond the limit among them. */
export function hostileMails(count: number): HostileMail[] {
  const names = Object.keys(KINDS);
  return Array.from({ length: count }, (_, at) => {
    if (at === 40) return large('20 MB', 20, 'kept');
    if (at === 41) return large('beyond the limit', 26, 'refused');
    const kind = names[at % names.length] ?? '';
    const { head = [], body = '', becomes = 'kept' } = KINDS[kind]!(at);
    // Every third shares its Message-ID with others, and some have no sender.
    const common = [
      `Message-ID: <${at % 3 === 0 ? 'same' : at}@hostile.example>`,
      ...(at % 7 === 0 ? [] : [`From: =?utf-8?Q?=C3=98?= <ond${at}@xn--bcher-kva.example>`]),
      `To: ${'a@example.no, '.repeat(at % 50)}post@fjordvik.example`,
    ];
    const top = `${[...common, ...head].join('\r\n')}\r\n\r\n`;
    const raw = Buffer.concat([Buffer.from(top), Buffer.from(body), Buffer.from(`\r\n${at}\r\n`)]);
    return { kind, raw, becomes };
  });
}

function large(kind: string, megabytes: number, becomes: HostileMail['becomes']): HostileMail {
  const line = `${'A'.repeat(74)}\r\n`;
  const body = line.repeat(Math.floor((megabytes * MEGABYTE) / line.length));
  const head = 'From: stor@example.no\r\nMessage-ID: <stor@example.no>\r\nSubject: stor\r\n\r\n';
  return { kind, raw: Buffer.from(head + body), becomes };
}
