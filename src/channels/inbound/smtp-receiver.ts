import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Logger } from '../../kernel/log.js';
import type { IncomingMail } from './keep-mail.js';

const MEGABYTE = 1024 * 1024;

/** The largest mail that is taken; attachments grow by a third on their way. */
export const MAX_MAIL_BYTES = 25 * MEGABYTE;

/** What all mails under way may take of the memory together. */
const MAX_HELD_BYTES = 4 * MAX_MAIL_BYTES;
const MAX_CLIENTS = 50;
const MAX_RECIPIENTS = 50;
const IDLE_MS = 60_000;

/** However slowly somebody sends, a mail is over by then. */
const MAIL_MS = 10 * 60_000;

export interface SmtpReceiverOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** With a certificate, STARTTLS is offered. In PEM. */
  tls: { key: Buffer; cert: Buffer } | undefined;
  isKnown: (address: string) => Promise<boolean>;
  /** Resolves when the mail is stored for good: only then is the sender told so. */
  keep: (mail: IncomingMail) => Promise<unknown>;
  log: Logger;
}

export interface SmtpReceiver {
  readonly port: number;
  /** Lets what is under way end and takes nothing more. */
  stop(): Promise<void>;
}

/** A mail server for what citizens write: it relays nothing, and knows no users. */
export async function startSmtpReceiver(options: SmtpReceiverOptions): Promise<SmtpReceiver> {
  const held = { bytes: 0 };
  const { tls, log } = options;
  const server: SMTPServer = new SMTPServer({
    name: 'saksflyt',
    banner: 'Saksflyt',
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(tls && { key: tls.key, cert: tls.cert }),
    size: MAX_MAIL_BYTES,
    maxClients: MAX_CLIENTS,
    socketTimeout: IDLE_MS,
    closeTimeout: 5_000,
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, session, done) => {
      checkRecipient(options, address, session).then(() => done(), done);
    },
    onData: (stream, session, done) => {
      const timer = setTimeout(() => stream.destroy(smtpError(421, 'Too slow')), MAIL_MS);
      takeMail(options, held, stream, session)
        .then(() => done(null, 'Stored'), done)
        .finally(() => clearTimeout(timer));
    },
  });
  // What a client does wrong on its connection is its own affair, and may quote addresses.
  server.on('error', (error: Error & { code?: string }) =>
    log.debug('a mail connection failed', { code: error.code ?? 'unknown' }),
  );
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function checkRecipient(
  { isKnown, log }: SmtpReceiverOptions,
  address: string,
  session: SMTPServerSession,
): Promise<void> {
  if (session.envelope.rcptTo.length >= MAX_RECIPIENTS) {
    throw smtpError(452, 'Too many recipients');
  }
  let known: boolean;
  try {
    known = await isKnown(address);
  } catch (error) {
    log.warn('a recipient could not be looked up', { error });
    throw smtpError(451, 'Try again later');
  }
  if (!known) throw smtpError(550, 'No such mailbox here');
}

async function takeMail(
  { keep, log }: SmtpReceiverOptions,
  held: { bytes: number },
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isFull = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      isFull ||= held.bytes + chunk.length > MAX_HELD_BYTES;
      // Read to its end all the same: SMTP has no way to interrupt a sender.
      if (stream.sizeExceeded || isFull) continue;
      size += chunk.length;
      held.bytes += chunk.length;
      chunks.push(chunk);
    }
    if (stream.sizeExceeded) throw smtpError(552, 'The mail is too large');
    if (isFull) throw smtpError(452, 'Try again later');
    const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
    const recipients = envelope.rcptTo.map(({ address }) => address);
    await keep({ sender, recipients, raw: Buffer.concat(chunks) });
  } catch (error) {
    if (error instanceof Error && 'responseCode' in error) throw error;
    log.warn('a mail could not be stored', { error });
    throw smtpError(451, 'Try again later');
  } finally {
    held.bytes -= size;
  }
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
