import type { FetchMessageObject } from 'imapflow';
import { ImapFlow } from 'imapflow';
import type { ImapConfig } from '../../kernel/config.js';
import type { Logger } from '../../kernel/log.js';
import { isLoopback } from '../../kernel/loopback.js';
import { withoutPlusTag } from './addresses.js';
import type { IncomingMail } from './keep-mail.js';
import { MAX_MAIL_BYTES } from './smtp-receiver.js';

export interface MailboxOptions extends Pick<ImapConfig, 'url' | 'address'> {
  /** Resolves when the mail is stored for good: only then is it put away. */
  keep: (mail: IncomingMail) => Promise<unknown>;
  log: Logger;
}

/** Where mail lies that was taken; not every server lets us mark it with a word of our own. */
const TAKEN_FOLDER = 'Saksflyt';

/** So that the lease of who reads does not run out meanwhile. */
const MOST_AT_ONCE = 50;

/** Trace headers that name the address a mail was really to, best first (RFC 5321 §4.4). */
const RECIPIENT_HEADERS = ['delivered-to', 'x-original-to', 'envelope-to'];

/**
 * Takes what lies in a mailbox: each mail is kept first and put away then, so that one of which only
 * the first happened is taken again, and known again by its digest. One that is too large stays, with
 * a flag. Resolves to how many were taken. Rejects when the server cannot be reached or refuses.
 */
export async function readMailbox(options: MailboxOptions): Promise<number> {
  const { hostname, port, username, password, pathname, protocol } = new URL(options.url);
  const secure = protocol === 'imaps:';
  const client = new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 993 : 143),
    secure,
    ...(!secure && { doSTARTTLS: !isLoopback(hostname) }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    // It would log what citizens write.
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 15_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
  });
  // What breaks a connection is told by the call that was under way, too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await takeAll(client, decodeURIComponent(pathname.slice(1)) || 'INBOX', options);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

async function takeAll(client: ImapFlow, folder: string, options: MailboxOptions): Promise<number> {
  const lock = await client.getMailboxLock(folder);
  try {
    const headers = ['return-path', ...RECIPIENT_HEADERS];
    const query = { uid: true, size: true, flags: true, envelope: true, headers };
    const found = await client.fetchAll('1:*', query);
    if (found.length > 0) await client.mailboxCreate(TAKEN_FOLDER);
    let taken = 0;
    for (const one of found) {
      if (taken === MOST_AT_ONCE) break;
      if (await takeOne(client, one, options)) taken += 1;
    }
    return taken;
  } finally {
    lock.release();
  }
}

async function takeOne(
  client: ImapFlow,
  one: FetchMessageObject,
  { address, keep, log }: MailboxOptions,
): Promise<boolean> {
  const { uid, size = 0, flags } = one;
  const range = String(uid);
  if (size > MAX_MAIL_BYTES) {
    if (flags?.has('\\Flagged')) return false;
    log.warn('a mail in the mailbox is too large to be taken', { uid, size });
    await client.messageFlagsAdd(range, ['\\Flagged'], { uid: true });
    return false;
  }
  const whole = await client.fetchOne(range, { source: true }, { uid: true });
  if (!whole || !whole.source) return false;
  await keep({ sender: senderOf(one), recipients: [recipientOf(one, address)], raw: whole.source });
  await client.messageMove(range, TAKEN_FOLDER, { uid: true });
  return true;
}

/** Who an answer goes to: what the last server wrote down, else who says to have written. */
function senderOf({ headers, envelope }: FetchMessageObject): string {
  const returnPath = headerOf(headers, 'return-path');
  if (returnPath !== undefined) return returnPath.replace(/^<|>$/g, '').trim();
  return envelope?.from?.[0]?.address ?? '';
}

/** The mailbox's address, with the case's reference behind its plus if the mail was to that. */
function recipientOf({ headers, envelope }: FetchMessageObject, address: string): string {
  const traced = RECIPIENT_HEADERS.map((name) => headerOf(headers, name));
  const written = [...(envelope?.to ?? []), ...(envelope?.cc ?? [])].map((to) => to.address);
  const isOurs = (one: string | undefined): one is string =>
    one !== undefined && withoutPlusTag(one).toLowerCase() === address.toLowerCase();
  return [...traced, ...written].find(isOurs) ?? address;
}

function headerOf(headers: Buffer | undefined, name: string): string | undefined {
  const lines =
    headers
      ?.toString('latin1')
      .replace(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/) ?? [];
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}
