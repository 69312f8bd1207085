/** What has to be there before anything of the project can run. Needs nothing but Node and npm. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const PARENT_WATCH_MS = 250;

/**
 * On standard error: what a command prints may be read by a program.
 * @param {string} text
 */
export function say(text) {
  console.error(`\u2192 ${text}`);
}

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock */

/** @returns {unknown} */
const readJson = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8'));
const readLock = (/** @type {string} */ path) => /** @type {Lock} */ (readJson(path));

/**
 * npm passes signals on to the shell that it runs a script in, and that shell ends without telling
 * us. Under npm, the end of our parent is therefore the signal to end.
 */
export function endWithParent() {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_WATCH_MS);
  watch.unref();
}

/**
 * @param {string} version as in `process.versions.node`
 * @param {string} range as in package.json's `engines.node`, of the form ">=20.19"
 * @returns {string | undefined} what is wrong, as a sentence
 */
export function nodeVersionProblem(version, range) {
  const [wantedMajor = 0, wantedMinor = 0] = range.replace('>=', '').split('.').map(Number);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
  return (
    `Saksflyt needs Node ${wantedMajor}.${wantedMinor} or newer; this is Node ${version}. ` +
    'Install a newer Node and run the same command again.'
  );
}

/** Ends the process with a clear sentence where Node is too old. */
export function requireNode() {
  const { engines } = /** @type {{ engines: { node: string } }} */ (
    readJson(join(ROOT, 'package.json'))
  );
  const problem = nodeVersionProblem(process.versions.node, engines.node);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(1);
}

/**
 * npm writes what it installed into `node_modules/.package-lock.json`. Versions are compared, not
 * times: a checkout gives files new times, and times cannot tell a change from a touch.
 *
 * @param {Lock} wanted
 * @param {Lock} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages).every(
    ([path, { version, optional }]) =>
      path === '' ||
      installed.packages[path]?.version === version ||
      // What is only for other platforms is in the lock file but not on this disk.
      (optional === true && installed.packages[path] === undefined),
  );
}

/** Installs the dependencies where package-lock.json asks for others than there are. */
export async function installDependencies() {
  const wanted = join(ROOT, 'package-lock.json');
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && isInstalled(readLock(wanted), readLock(installed))) return;
  say('installing dependencies with npm ci (about a minute the first time)');
  const arguments_ = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const { code } = npm
    ? await run(process.execPath, [npm, ...arguments_])
    : await run('npm', arguments_);
  if (code === 0) return;
  console.error('The dependencies could not be installed: npm says above why.');
  process.exit(1);
}

/** Compiles src/ and migrations/ into dist/ where a source is newer than the last build. */
export async function build() {
  const built = join(ROOT, 'dist', 'src', 'cli.js');
  const sources = [
    'src',
    'migrations',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ];
  const newest = Math.max(...sources.map((path) => newestChange(join(ROOT, path))));
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
  say('building into dist/');
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code } = await run(process.execPath, [compiler, '-p', 'tsconfig.build.json']);
  if (code === 0) return;
  console.error('The build failed: the compiler says above why.');
  process.exit(1);
}

/**
 * @param {string} path
 * @returns {number} milliseconds; a folder's own time tells of a file removed from it
 */
function newestChange(path) {
  if (!existsSync(path)) return 0;
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/**
 * Runs a program in the project's folder, its output going where ours goes.
 *
 * @param {string} program
 * @param {readonly string[]} arguments_
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number | null }>} `code` is null where a signal ended it
 */
export function run(program, arguments_, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, arguments_, { cwd: ROOT, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code }));
  });
}
