/** Starts a throw-away PostgreSQL server on loopback, for tests and benchmarks. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const KEEPER = fileURLToPath(new URL('postgres-keeper.mjs', import.meta.url));

/** Where packagers put the server's programs, which are often not on the PATH. */
const PACKAGE_FOLDERS = [
  ['/usr/lib/postgresql', 'bin'], // Debian, Ubuntu: <major>/bin
  ['/opt/homebrew/opt', 'bin'], // Homebrew on ARM: postgresql@<major>/bin
  ['/usr/local/opt', 'bin'], // Homebrew on Intel
  ['/usr', 'bin'], // PGDG on Red Hat: pgsql-<major>/bin
];

/** The newest first: "9" sorts before "15", so compare the numbers in the names. */
const newestFirst = (/** @type {string} */ a, /** @type {string} */ b) =>
  b.localeCompare(a, 'en', { numeric: true });

/** @returns {string | undefined} the folder that holds `initdb` and `postgres`, if any does */
export function findPostgresPrograms() {
  const packaged = PACKAGE_FOLDERS.flatMap(([root = '', leaf = '']) =>
    existsSync(root)
      ? readdirSync(root)
          .filter((name) => /^\d+$|^postgresql|^pgsql-/.test(name))
          .sort(newestFirst)
          .map((name) => join(root, name, leaf))
      : [],
  );
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  return [...packaged, ...onPath].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

/**
 * @typedef {object} PostgresServer
 * @property {string} url a superuser's, on an empty database
 * @property {() => Promise<void>} pause stops the server, which keeps its data and its address
 * @property {() => Promise<void>} resume starts it again
 * @property {() => Promise<void>} stop ends it for good
 */

/**
 * Starts a server with a fresh cluster in a temporary folder and waits until it accepts
 * connections. It stops, and its folder goes, on `stop()` or when this process ends in any way.
 * It does not keep this process alive.
 *
 * @param {{ programs?: string | undefined, durable?: boolean }} [options] `programs`: the folder of
 *   the PostgreSQL programs; `durable`: with fsync, as in production (for benchmarks)
 * @returns {Promise<PostgresServer>}
 * @throws {Error} with PostgreSQL's own words when it cannot be started
 */
export async function startPostgresServer(options = {}) {
  const programs = options.programs ?? findPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const keeper = spawn(
    process.execPath,
    [KEEPER, programs, ...(options.durable ? ['durable'] : [])],
    // A session of its own, so that Ctrl-C does not take the server from under the tests' clean-up.
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  const exited = new Promise((resolve) => keeper.once('exit', resolve));
  const url = await nextLine(keeper);
  /** @param {string} order */
  const tell = async (order) => {
    keeper.stdin.write(`${order}\n`);
    await nextLine(keeper);
  };
  for (const handle of [keeper, keeper.stdin, keeper.stdout, keeper.stderr]) {
    if ('unref' in handle && typeof handle.unref === 'function') handle.unref();
  }
  const stop = async () => {
    keeper.ref();
    keeper.stdin.end();
    await exited;
  };
  return { url, stop, pause: () => tell('pause'), resume: () => tell('resume') };
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} keeper
 * @returns {Promise<string>}
 */
function nextLine(keeper) {
  return new Promise((resolve, reject) => {
    let out = '';
    let problem = '';
    const onText = (/** @type {string} */ text) => {
      out += text;
      if (!out.includes('\n')) return;
      keeper.stdout.off('data', onText);
      keeper.off('close', onClose);
      resolve(out.trim());
    };
    const onClose = () => reject(new Error(`PostgreSQL: ${problem.trim()}`));
    keeper.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (problem += text));
    keeper.stdout.setEncoding('utf8').on('data', onText);
    keeper.once('error', reject);
    keeper.once('close', onClose);
  });
}
