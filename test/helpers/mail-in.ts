import { createTransport } from 'nodemailer';
import { startMailIn } from '../../src/compose/mail-in.js';
import type { MailIn } from '../../src/compose/mail-in.js';
import { readConfig } from '../../src/kernel/config.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import type { TwoApps } from './two-apps.js';
import { startTwoApps } from './two-apps.js';

/** The mail servers of both nodes, as the world outside reaches them. */
export interface MailDoors {
  ports: number[];
  /** Hands a raw mail to one of them; resolves to the server's last answer, or rejects with it. */
  send(mail: RawMail): Promise<string>;
  stop(): Promise<void>;
}

export interface RawMail {
  from: string;
  to: string | string[];
  raw: string | Buffer;
}

export async function openMailDoors(
  apps: TwoApps,
  env: Record<string, string> = {},
): Promise<MailDoors> {
  const doors: MailIn[] = [];
  for (const [at, { db, clock, log }] of apps.nodes.entries()) {
    const config = readConfig({ SMTP_IN_PORT: '0', ...env });
    const newId = createIdFactory({ node: 900 + at });
    doors.push(await startMailIn({ config, db, clock, log, newId, wake: () => undefined }));
  }
  const ports = doors.map(({ smtpPort }) => smtpPort ?? 0);
  let turn = 0;
  return {
    ports,
    async send({ from, to, raw }) {
      const port = ports[turn++ % ports.length] ?? 0;
      const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
      const message = { envelope: { from, to }, raw };
      const { response } = await transport.sendMail(message).finally(() => transport.close());
      return response;
    },
    async stop() {
      for (const door of doors) await door.stop();
    },
  };
}

/** Two nodes with an open door for mail each; `stop` ends all of it. */
export async function startMailApps(): Promise<{
  apps: TwoApps;
  doors: MailDoors;
  stop: () => Promise<void>;
}> {
  const apps = await startTwoApps();
  const doors = await openMailDoors(apps);
  return {
    apps,
    doors,
    async stop() {
      await doors.stop();
      await apps.stop();
    },
  };
}

/** A mail of these headers and this text, with the line ends of the wire. */
export function rawMail(headers: Record<string, string>, text = ''): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', text.replace(/\r?\n/g, '\r\n')].join('\r\n');
}
