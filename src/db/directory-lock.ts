import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { ConflictError } from '../kernel/errors.js';

/** Held until it is released or its process is gone. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/** A socket's path must fit 104 bytes on macOS, 108 on Linux. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Takes `folder` for this process. PGlite takes no lock of its own: two processes on one folder lose
 * rows without a word. The lock is a listening socket beside the folder, because that dies with its
 * owner, however it dies; a lock file would not.
 * @throws ConflictError data_folder_in_use
 */
export async function lockDirectory(folder: string): Promise<DirectoryLock> {
  const address = lockAddress(folder);
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(address);
    if (server) return { release: () => close(server) };
    if (await answers(address)) break;
    if (await removeStale(address)) break;
  }
  throw new ConflictError(
    'data_folder_in_use',
    `The data folder ${folder} is in use by another process. Stop that one first, ` +
      'or give this one a folder of its own (DATA_DIR).',
  );
}

function lockAddress(folder: string): string {
  const real = path.join(fs.realpathSync(path.dirname(folder)), path.basename(folder));
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\saksflyt-${hash}`;
  const beside = `${real}.lock`;
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_PATH) return beside;
  return path.join(os.tmpdir(), `saksflyt-${hash}.lock`);
}

/** The listening server, or undefined when the address is taken, be it by a living or a dead one. */
async function listen(address: string): Promise<net.Server | undefined> {
  const server = net.createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => resolve(server.unref()));
  });
}

/** Only these say that nobody listens; a refused permission comes from somebody else's lock. */
const NOBODY = new Set(['ECONNREFUSED', 'ENOENT']);

async function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    const end = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.once('connect', () => end(true));
    socket.once('error', (error: NodeJS.ErrnoException) => end(!NOBODY.has(error.code ?? '')));
  });
}

/**
 * Moves a dead process's socket away. Two processes may find the same one at once, and the slower
 * would move the faster one's new socket: so it looks again, and puts a living one back.
 * @returns true when it was alive after all
 */
async function removeStale(address: string): Promise<boolean> {
  const aside = `${address}.${process.pid}`;
  try {
    fs.renameSync(address, aside);
  } catch {
    return false;
  }
  const alive = await answers(aside);
  if (alive && !fs.existsSync(address)) fs.linkSync(aside, address);
  fs.rmSync(aside, { force: true });
  return alive;
}

async function close(server: net.Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
