import { simpleParser } from 'mailparser';
import type { AddressObject, Attachment, ParsedMail } from 'mailparser';
import { normaliseEmail } from '../../people/contact.js';
import { textOfHtml } from './html-text.js';

/** A mail as far as it matters here; everything in it was chosen by a stranger. */
export interface ReadMail {
  from: { address: string; name: string | undefined } | undefined;
  subject: string;
  text: string;
  files: readonly { filename: string; type: string; bytes: Buffer }[];
  /** How many files were left out. */
  filesLeft: number;
  /** Message-IDs that it answers, without angle brackets, the nearest first. */
  answers: readonly string[];
  /** Whether a machine wrote it or it went to a list, and in what way. */
  automatic: 'no' | 'replied' | 'generated' | 'bulk';
  /** Through how many servers it came. */
  received: number;
  /** Whether it says that it comes from here. */
  isOurs: boolean;
  isReport: boolean;
  /** Of a report: what it says of which mail. */
  report: { messageIds: readonly string[]; action: string; status: string } | undefined;
}

/** No citizen's mail is made of more. */
const LIMITS = { maxHeadSize: 256 * 1024, maxChildNodes: 500 };
const MAX_FILES = 100;
const MAX_TEXT = 100_000;
const MAX_HTML = 2_000_000;

/** Longer than any mail takes; what takes longer is made to. */
const PARSE_MS = 60_000;

/** What our own mails say in X-Loop. */
export const LOOP_MARK = 'saksflyt';

/** Reads a mail. Rejects when it cannot be read as one. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the mail takes too long to read')), PARSE_MS);
  });
  try {
    return present(await Promise.race([simpleParser(raw, OPTIONS), late]));
  } finally {
    clearTimeout(timer);
  }
}

const OPTIONS = {
  ...LIMITS,
  keepDeliveryStatus: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  maxHtmlLengthToParse: MAX_HTML,
};

function present(mail: ParsedMail): ReadMail {
  const header = (name: string) =>
    mail.headerLines.find(({ key }) => key === name)?.line.replace(/^[^:]*:\s*/, '') ?? '';
  const files = mail.attachments.filter(({ content }) => content.length > 0);
  const isReport = /multipart\/report/i.test(header('content-type'));
  return {
    from: senderOf(mail),
    subject: oneLine(mail.subject ?? '').slice(0, 300),
    text: textOf(mail).slice(0, MAX_TEXT),
    files: files.slice(0, MAX_FILES).map(({ filename, contentType, content }) => ({
      filename: filename ?? '',
      type: contentType,
      bytes: content,
    })),
    filesLeft: Math.max(0, files.length - MAX_FILES),
    answers: idsIn(`${mail.inReplyTo ?? ''} ${[mail.references].flat().reverse().join(' ')}`),
    automatic: automaticBy(header, oneLine(mail.subject ?? '')),
    received: mail.headerLines.filter(({ key }) => key === 'received').length,
    isOurs: header('x-loop').includes(LOOP_MARK) || (mail.messageId ?? '').endsWith('.saksflyt>'),
    isReport,
    report: isReport ? reportOf(mail.attachments, mail.text ?? '') : undefined,
  };
}

function senderOf({ from, replyTo }: ParsedMail): ReadMail['from'] {
  const [first] = addressesOf(from);
  const [answerTo] = addressesOf(replyTo);
  const address = normaliseEmail(first?.address ?? '') ?? normaliseEmail(answerTo?.address ?? '');
  if (address === undefined) return undefined;
  const name = oneLine(first?.name ?? '').slice(0, 200);
  return { address, name: name === '' ? undefined : name };
}

function addressesOf(field: AddressObject | undefined): { address?: string; name: string }[] {
  return (field?.value ?? []).flatMap((one) => ({
    name: one.name,
    ...(one.address !== undefined && { address: one.address }),
  }));
}

function textOf({ text, html }: ParsedMail): string {
  if (text !== undefined && text.trim() !== '') return storable(text).trim();
  return typeof html === 'string' ? storable(textOfHtml(html.slice(0, MAX_HTML))) : '';
}

/** RFC 3834 §5 and what came before it; out-of-office notices that say nothing of it themselves. */
function automaticBy(header: (name: string) => string, subject: string): ReadMail['automatic'] {
  const submitted = header('auto-submitted').toLowerCase();
  if (submitted.startsWith('auto-replied') || header('x-autoreply') || header('x-autorespond')) {
    return 'replied';
  }
  if (AWAY.test(subject)) return 'replied';
  if (/^(?:bulk|junk|list)/i.test(header('precedence')) || header('list-id')) return 'bulk';
  if (/^auto_reply/i.test(header('precedence'))) return 'replied';
  return submitted !== '' && !submitted.startsWith('no') ? 'generated' : 'no';
}

const AWAY =
  /^(?:automatic reply|auto(?:matisk)?[ -]?svar|autosvar|out of (?:the )?office|fraværsmelding|ikke til stede|automatische antwort)\b/i;

/** RFC 3464: what a mail server says of a mail it could not deliver. */
function reportOf(parts: readonly Attachment[], text: string): ReadMail['report'] {
  const content = (type: RegExp) =>
    parts
      .filter(({ contentType }) => type.test(contentType))
      .map((part) => part.content.subarray(0, 64 * 1024).toString('latin1'))
      .join('\n');
  const status = content(/delivery-status/i);
  const original = `${content(/rfc822/i)}\n${text.slice(0, 20_000)}`;
  const field = (name: string) =>
    new RegExp(`^${name}:\\s*([\\w.]{1,20})`, 'im').exec(status)?.[1]?.toLowerCase() ?? '';
  const messageIds = [...original.matchAll(/^message-id:\s*<([^<>\s]{1,400})>/gim)];
  return {
    messageIds: messageIds.map(([, id = '']) => id),
    action: field('action'),
    status: field('status'),
  };
}

function idsIn(text: string): string[] {
  const ids = [...text.slice(0, 20_000).matchAll(/<([^<>\s]{1,400})>/g)];
  return ids.map(([, id = '']) => id).slice(0, 50);
}

function oneLine(text: string): string {
  return storable(text).replace(/\s+/g, ' ').trim();
}

/** PostgreSQL stores neither the character zero nor half a character; nobody reads control characters. */
export function storable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}
