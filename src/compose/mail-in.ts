import { readFile } from 'node:fs/promises';
import { findMailAddress } from '../channels/inbound/addresses.js';
import { keepMail } from '../channels/inbound/keep-mail.js';
import { startMailboxReader } from '../channels/inbound/mailbox-reader.js';
import type { MailboxReader } from '../channels/inbound/mailbox-reader.js';
import { startSmtpReceiver } from '../channels/inbound/smtp-receiver.js';
import type { SmtpReceiver } from '../channels/inbound/smtp-receiver.js';
import type { Db } from '../db/database.js';
import type { Clock } from '../kernel/clock.js';
import type { Config } from '../kernel/config.js';
import type { Id } from '../kernel/ids.js';
import type { Logger } from '../kernel/log.js';

interface MailInOptions {
  readonly config: Config;
  readonly db: Db;
  readonly clock: Clock;
  readonly newId: () => Id;
  readonly log: Logger;
  /** There is a mail to handle. */
  readonly wake: () => void;
}

/** The ways in for mail that this node keeps open. */
export interface MailIn {
  /** Where SMTP is taken, if anywhere. */
  readonly smtpPort: number | undefined;
  /** The mailbox that is looked into, if any is. */
  readonly mailbox: MailboxReader | undefined;
  readonly stop: () => Promise<void>;
}

/** The same, as what closes them. */
export async function openMailIn(options: MailInOptions): Promise<() => Promise<void>> {
  const { stop } = await startMailIn(options);
  return stop;
}

/** Opens the ways in for mail that the configuration names. */
export async function startMailIn(options: MailInOptions): Promise<MailIn> {
  const log = options.log.child('mail');
  const { imap } = options.config;
  const receiver = await startReceiver(options, log);
  const mailbox = imap && startMailboxReader({ ...options, ...imap, log });
  return {
    smtpPort: receiver?.port,
    mailbox,
    async stop() {
      await Promise.all([receiver?.stop(), mailbox?.stop()]);
    },
  };
}

async function startReceiver(
  options: MailInOptions,
  log: Logger,
): Promise<SmtpReceiver | undefined> {
  const { config, db, wake } = options;
  if (config.smtpInPort === undefined) return undefined;
  const receiver = await startSmtpReceiver({
    host: config.host,
    port: config.smtpInPort,
    tls: await readTls(config),
    isKnown: async (address) => (await findMailAddress(db, address)) !== undefined,
    keep: async (mail) => {
      await keepMail(mail, options);
      wake();
    },
    log,
  });
  log.info('mail is taken', { port: receiver.port });
  return receiver;
}

async function readTls({ smtpInKey, smtpInCert }: Config) {
  if (smtpInKey === undefined || smtpInCert === undefined) return undefined;
  const [key, cert] = await Promise.all([readFile(smtpInKey), readFile(smtpInCert)]);
  return { key, cert };
}
