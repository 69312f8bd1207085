import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { freePort, listen } from './free-port.js';

/** The product as a user runs it: a process of its own, with its own data and mail server. */
export interface Served {
  readonly address: string;
  /** A folder for the caller's own files, gone after `stop`. */
  readonly folder: string;
  /** Tells it to stop; resolves to its exit code when it has. */
  stop(): Promise<number | null>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_LIMIT_MS = 240_000;
const LOOK_AGAIN_MS = 100;

const FROM_SOURCES = ['--import', 'tsx', 'src/cli.ts', 'serve'];

/** Starts the server and waits until it answers. */
export async function serve(program: readonly string[] = FROM_SOURCES): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'saksflyt-readme-'));
  const mail = mailServer();
  const mailPort = await listen(mail.server);
  const address = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(process.execPath, program, {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: '',
      HOST: '127.0.0.1',
      PORT: new URL(address).port,
      DATA_DIR: join(folder, 'data'),
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = once(server, 'exit');
  const stop = async () => {
    if (server.exitCode === null) server.kill('SIGTERM');
    await ended;
    await new Promise<void>((resolve) => mail.close(resolve));
    await rm(folder, { recursive: true, force: true });
    return server.exitCode;
  };
  if (await answers(`${address}/healthz`, () => server.exitCode === null)) {
    return { address, folder, stop };
  }
  await stop();
  throw new Error(`the server did not start:\n${output}`);
}

/** Takes every mail, and forgets it. */
function mailServer(): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => stream.on('end', done).resume(),
  });
}

async function answers(url: string, isAlive: () => boolean): Promise<boolean> {
  const limit = Date.now() + START_LIMIT_MS;
  while (isAlive() && Date.now() < limit) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return true;
    await pause(LOOK_AGAIN_MS);
  }
  return false;
}
