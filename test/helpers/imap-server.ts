import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { findImapServer } from '../../scripts/system-packages.mjs';
import { freePort } from './free-port.js';
import { selfSigned } from './self-signed.js';
import { temporaryFolder } from './temporary-folder.js';

/** A real IMAP server on this machine (Dovecot), where any user has the password `secret`. */
export interface ImapServer {
  port: number;
  /** With a certificate that nobody trusts. */
  tlsPort: number;
  /** Puts a mail into a user's inbox, as the server that took it in would. */
  put(user: string, raw: string | Buffer): Promise<void>;
  /** The subjects that lie in a user's folder, and their flags. */
  list(user: string, folder: string): Promise<{ subject: string; flags: string[] }[]>;
  url(user: string): string;
  /** The same folders at the same ports after a stop. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const NOBODY = 65_534;

export async function startImapServer(): Promise<ImapServer> {
  const folder = temporaryFolder();
  const [port, tlsPort] = [await freePort(), await freePort()];
  const config = writeConfig(folder, port, tlsPort);
  let ended = Promise.resolve();
  let end = (): void => undefined;
  const as = async <T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const auth = { user, pass: 'secret' };
    const where = { host: '127.0.0.1', port, secure: false, doSTARTTLS: false };
    const client = new ImapFlow({ ...where, auth, logger: false });
    client.on('error', () => undefined);
    await client.connect();
    return work(client).finally(() => client.logout());
  };
  const server: ImapServer = {
    port,
    tlsPort,
    url: (user) => `imap://${user}:secret@127.0.0.1:${port}`,
    put: (user, raw) =>
      as(user, async (client) => {
        await client.append('INBOX', raw);
      }),
    list: (user, name) =>
      as(user, async (client) => {
        await client.mailboxOpen(name);
        const found = await client.fetchAll('1:*', { envelope: true, flags: true });
        return found.map(({ envelope, flags = new Set() }) => ({
          subject: envelope?.subject ?? '',
          flags: [...flags].filter((flag) => flag !== '\\Recent'),
        }));
      }),
    async start() {
      const child = spawn(findImapServer()!, ['-F', '-c', config], { stdio: 'ignore' });
      const kill = () => child.kill();
      process.once('exit', kill);
      ended = once(child, 'exit').then(() => void process.off('exit', kill));
      end = kill;
      if (!(await answers(port, () => child.exitCode === null))) {
        throw new Error(`Dovecot did not start:\n${readFileSync(join(folder, 'log'), 'utf8')}`);
      }
    },
    async stop() {
      end();
      await ended;
    },
  };
  await server.start();
  return server;
}

/** Everything in one folder; as root, mail belongs to nobody, since Dovecot lets no root in. */
function writeConfig(folder: string, port: number, tlsPort: number): string {
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? NOBODY : process.getuid?.();
  const group = isRoot ? NOBODY : process.getgid?.();
  const mail = join(folder, 'mail');
  mkdirSync(mail);
  if (isRoot) chownSync(mail, NOBODY, NOBODY);
  chmodSync(folder, 0o755);
  const { key, cert } = selfSigned('localhost');
  writeFileSync(join(folder, 'key.pem'), key);
  writeFileSync(join(folder, 'cert.pem'), cert);
  const config = join(folder, 'dovecot.conf');
  const users = isRoot ? '' : asOneself();
  writeFileSync(
    config,
    `protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:${mail}/%u
first_valid_uid = 1
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${owner} gid=${group} home=${mail}/%u
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
  }
  ${isRoot ? '' : 'chroot ='}
}
${users}`,
  );
  return config;
}

/** Without root there are no other users, no other groups and no other roots to go into. */
function asOneself(): string {
  const { username } = userInfo();
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  return `default_internal_user = ${username}
default_internal_group = ${group}
default_login_user = ${username}
service anvil {
  chroot =
}
`;
}

/** Whether it comes to greet: it listens before it can answer. */
async function answers(port: number, isAlive: () => boolean): Promise<boolean> {
  while (isAlive()) {
    const socket = connect(port, '127.0.0.1');
    const heard = await Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (heard) return true;
  }
  return false;
}
