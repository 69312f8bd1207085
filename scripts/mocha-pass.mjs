/** One run of mocha, which ends whatever the tests do. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';
import { readJournal } from './tally.mjs';

const MOCHA = join(ROOT, 'node_modules', 'mocha', 'lib', 'cli', 'cli.js');
const REPORTER = join(ROOT, 'scripts', 'mocha-reporter.mjs');
const LIMIT_MS = Number(process.env['TEST_LIMIT_MINUTES'] ?? 15) * 60_000;

/** @type {Set<number>} the process groups that are still running */
const groups = new Set();
process.on('exit', () => groups.forEach(killGroup));

/** @param {number} group */
function killGroup(group) {
  groups.delete(group);
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nothing of it is left, as it should be.
  }
}

/**
 * Runs mocha in a process group of its own. What the tests started and left behind ends with it;
 * a run over the limit is killed.
 *
 * @param {string[]} arguments_
 * @param {NodeJS.ProcessEnv} env
 * @param {{ limitMs?: number, output?: 'now' | 'afterwards' | 'never' }} [options] when what mocha
 *   prints is shown
 * @returns {Promise<import('./tally.mjs').Journal>} faults of the run itself are failures in it
 */
export async function mochaPass(arguments_, env, { limitMs = LIMIT_MS, output = 'now' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'saksflyt-journal-'));
  const file = join(folder, 'journal');
  const printed = join(folder, 'printed');
  try {
    const elsewhere = output === 'never' ? 'ignore' : openSync(printed, 'w');
    const shown = output === 'now' ? 'inherit' : elsewhere;
    const end = await runMocha(arguments_, limitMs, {
      cwd: ROOT,
      env: { ...env, MOCHA_JOURNAL: file },
      stdio: ['ignore', shown, shown],
      detached: true,
    });
    if (output === 'afterwards') process.stdout.write(readFileSync(printed));
    const journal = readJournal(existsSync(file) ? readFileSync(file, 'utf8') : '');
    const faults = faultsOf(journal, end).map((message) => ({ title: 'mocha', file: '', message }));
    return { ...journal, failed: [...journal.failed, ...faults] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string[]} arguments_
 * @param {number} limitMs
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number | null, overtime: boolean }>}
 */
function runMocha(arguments_, limitMs, options) {
  return new Promise((resolve, reject) => {
    const mocha = spawn(
      process.execPath,
      ['--import', 'tsx', MOCHA, '--reporter', REPORTER, ...arguments_],
      options,
    );
    const group = mocha.pid ?? 0;
    groups.add(group);
    let overtime = false;
    const limit = setTimeout(() => {
      overtime = true;
      killGroup(group);
    }, limitMs);
    mocha.once('error', reject);
    mocha.once('exit', (code) => {
      clearTimeout(limit);
      killGroup(group);
      resolve({ code, overtime });
    });
  });
}

/**
 * @param {import('./tally.mjs').Journal} journal
 * @param {{ code: number | null, overtime: boolean }} end
 * @returns {string[]}
 */
function faultsOf(journal, { code, overtime }) {
  const where = journal.running === undefined ? 'between tests' : `in: ${journal.running}`;
  if (overtime) return [`did not finish within its time and was stopped ${where}`];
  if (journal.open !== undefined) {
    return [`did not end after the last test; still open: ${journal.open.join('; ') || 'unknown'}`];
  }
  if (journal.running !== undefined) return [`ended with code ${code} ${where}`];
  if (journal.found === 0) return [`found no test to run (it ended with code ${code})`];
  return code !== 0 && journal.failed.length === 0 ? [`ended with code ${code}`] : [];
}
