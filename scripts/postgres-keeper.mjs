/**
 * Keeps one throw-away PostgreSQL server alive for as long as its own stdin is open.
 *
 * It is a process of its own because the server must be stopped and its folder removed even when
 * the test run that wanted it is killed with SIGKILL: the pipe then closes, and that is the signal.
 *
 * usage: node postgres-keeper.mjs <folder of the PostgreSQL programs> [durable]
 * stdin: a line `pause` stops the server, and a line `resume` starts it again with its data
 * stdout: one line with the connection URL, once the server accepts connections; then one line for
 * each line read, when it is done
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const USER = 'saksflyt';
const START_LIMIT_MS = 60_000;

/** PostgreSQL refuses to run as root, so root hands the server to the system user `postgres`. */
function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const id = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    throw new Error('PostgreSQL does not run as root, and there is no user postgres to run it as');
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}

/**
 * @param {string} bin
 * @param {string} folder
 * @param {{ uid?: number, gid?: number }} user
 * @returns the superuser's password
 */
function createCluster(bin, folder, user) {
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  }
  // "C.UTF-8" knows the case of Norwegian letters and is on every Linux, but only there.
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  const options = ['--encoding=UTF8', `--locale=${locale}`, '--auth=scram-sha-256', '--no-sync'];
  execFileSync(
    join(bin, 'initdb'),
    ['-D', join(folder, 'data'), '-U', USER, `--pwfile=${passwordFile}`, ...options],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return password;
}

/**
 * @param {string} bin
 * @param {string} folder
 * @param {{ uid?: number, gid?: number }} user
 * @param {number} port
 * @param {boolean} durable
 */
function startServer(bin, folder, user, port, durable) {
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    `port=${port}`,
    'max_connections=200',
    'lc_messages=C',
    'timezone=UTC',
    // Nothing here has to survive a power cut, unless the caller measures what that costs.
    ...(durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']),
  ];
  return spawn(
    join(bin, 'postgres'),
    ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<void>}
 */
function readiness(server) {
  return new Promise((resolve, reject) => {
    let log = '';
    const limit = setTimeout(() => reject(new Error(`it did not start: ${log}`)), START_LIMIT_MS);
    server.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      log = (log + text).slice(-4000);
      if (!log.includes('database system is ready to accept connections')) return;
      clearTimeout(limit);
      resolve();
    });
    server.once('exit', () => {
      clearTimeout(limit);
      reject(new Error(`it stopped: ${log}`));
    });
  });
}

/**
 * @param {string} bin
 * @param {boolean} durable
 */
async function keep(bin, durable) {
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'saksflyt-postgres-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const password = createCluster(bin, folder, user);
  const port = await freePort();
  const start = () => startServer(bin, folder, user, port, durable);
  let server = start();
  let isPaused = false;
  process.prependListener('exit', () => server.kill('SIGKILL'));
  const endWithServer = () => {
    if (!isPaused) process.exit();
  };
  server.once('exit', endWithServer);
  // SIGINT is PostgreSQL's "fast shutdown": open sessions are ended, not waited for.
  const stop = () => {
    if (isPaused) process.exit();
    server.kill('SIGINT');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const orders = createInterface(process.stdin).on('close', stop);
  process.stdin.on('error', stop);
  await readiness(server);
  console.log(`postgres://${USER}:${password}@127.0.0.1:${port}/postgres`);
  for await (const order of orders) {
    isPaused = order === 'pause';
    if (isPaused) {
      server.kill('SIGINT');
      await once(server, 'exit');
    } else {
      server = start().once('exit', endWithServer);
      await readiness(server);
    }
    console.log(order);
  }
}

const [bin = '', mode] = process.argv.slice(2);
try {
  await keep(bin, mode === 'durable');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
