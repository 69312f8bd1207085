import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { mailFailure } from './mail-failure.js';

/** A mail ready to go. */
export interface Mail {
  /** Identifies the mail, however often it is sent: servers and readers drop what they have seen. */
  messageId: string;
  to: string;
  subject: string;
  text: string;
  /** BCP 47, for the reader's machine. */
  language: string;
  /** Where answers go, and what could not be delivered; the sender by default. */
  replyTo?: string | undefined;
  bounceTo?: string | undefined;
  /** Message-IDs of the mails it follows, oldest first, and the one it answers. */
  references?: readonly string[];
  inReplyTo?: string | undefined;
}

/** Sends mail, or keeps it where somebody can see it. */
export interface Mailer {
  /**
   * Resolves when the server has taken the mail.
   * @throws AddressRefused for good, UnavailableError 'mail_not_sent' when it may have better luck
   */
  send(mail: Mail): Promise<void>;
  close(): void;
}

interface MailerOptions {
  /** Such as `smtp://user:password@host:587`. */
  smtpUrl: string | undefined;
  from: string;
  /** Where mails lie as `.eml` files when there is no server. */
  outbox: string;
}

/** A server that does not answer holds up one job, not the node. */
const TIMEOUT_MS = 20_000;

/** A mailer over SMTP, or into the outbox folder without a server: nothing is lost, nothing leaves. */
export function createMailer(options: MailerOptions): Mailer {
  return options.smtpUrl === undefined
    ? outboxMailer(options)
    : smtpMailer({ ...options, smtpUrl: options.smtpUrl });
}

function smtpMailer({ smtpUrl, from }: MailerOptions & { smtpUrl: string }): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    send: async (mail) => {
      try {
        await transport.sendMail(toMessage(mail, from));
      } catch (error) {
        throw mailFailure(error);
      }
    },
    close: () => transport.close(),
  };
}

function outboxMailer({ outbox, from }: MailerOptions): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(toMessage(mail, from));
      const file = join(outbox, `${mail.messageId.replace(/[^\w-]+/g, '_')}.eml`);
      await mkdir(outbox, { recursive: true });
      await writeFile(`${file}.part`, message as Buffer);
      await rename(`${file}.part`, file);
    },
    close: () => transport.close(),
  };
}

function toMessage({ messageId, to, subject, text, language, ...mail }: Mail, from: string) {
  const { replyTo, bounceTo, references = [], inReplyTo } = mail;
  return {
    from,
    ...(replyTo !== undefined && { replyTo }),
    ...(bounceTo !== undefined && { envelope: { from: bounceTo, to } }),
    ...(references.length > 0 && { references: references.map((id) => `<${id}>`).join(' ') }),
    ...(inReplyTo !== undefined && { inReplyTo: `<${inReplyTo}>` }),
    // As an object, so that no address is ever read as a list of addresses.
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${messageId}>`,
    headers: {
      'Content-Language': language,
      // RFC 3834: nobody's absence notice answers a machine.
      'Auto-Submitted': inReplyTo === undefined ? 'auto-generated' : 'auto-replied',
      'X-Loop': 'saksflyt',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
