/** The programs that some tests need and npm does not bring: servers and a browser. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findPostgresPrograms } from './postgres-server.mjs';
import { say } from './setup.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_BROWSER = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const DOVECOT = '/usr/sbin/dovecot';
const INSTALL_LIMIT_MS = 10 * 60_000;

/** @param {string} program */
function onPath(program) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** @returns {string | undefined} the path of a Chromium; `TEST_BROWSER` names one of one's own */
export function findBrowser() {
  const named = process.env['TEST_BROWSER'];
  if (named) return named;
  return BROWSERS.map(onPath).find(Boolean) ?? [MAC_BROWSER].find((path) => existsSync(path));
}

/** @returns {string | undefined} the path of Dovecot, when it can speak IMAP */
export function findImapServer() {
  const hasImap = existsSync('/usr/lib/dovecot/imap') || existsSync('/usr/libexec/dovecot/imap');
  return hasImap && existsSync(DOVECOT) ? DOVECOT : undefined;
}

/**
 * Installs Debian's packages of what is missing, where that is possible.
 *
 * @param {{ postgres: boolean, browser: boolean, imap: boolean }} wanted
 * @returns {string | undefined} why something is still missing, as a sentence
 */
export function installMissingPrograms(wanted) {
  const missing = [
    ...(wanted.postgres && findPostgresPrograms() === undefined ? ['postgresql'] : []),
    ...(wanted.browser && findBrowser() === undefined ? ['chromium'] : []),
    ...(wanted.imap && findImapServer() === undefined ? ['dovecot-imapd'] : []),
  ];
  if (missing.length === 0) return undefined;
  const names = missing.join(' and ');
  if (!onPath('apt-get')) return `Install ${names} to run every test.`;
  if (process.getuid?.() !== 0) return `Run "sudo apt-get install ${missing.join(' ')}" first.`;
  say(`installing ${names} with apt-get (a minute or two, once)`);
  const problem = withoutServers(
    () => aptGet('update') ?? aptGet('install', '--yes', '--no-install-recommends', ...missing),
  );
  return problem && `apt-get could not install ${names}: ${problem}`;
}

/** @param {string[]} arguments_ */
function aptGet(...arguments_) {
  const { status, stderr, error } = spawnSync('apt-get', ['-q', ...arguments_], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
  });
  return status === 0 ? undefined : (error?.message ?? stderr.trim().slice(-600));
}

/**
 * Debian's packages start servers on their usual ports, and PostgreSQL's makes a cluster. Nobody
 * asked for those, so the configuration says otherwise for as long as the installation takes.
 *
 * @template T
 * @param {() => T} install
 */
function withoutServers(install) {
  const folder = '/etc/postgresql-common/createcluster.d';
  const file = join(folder, 'saksflyt-tests.conf');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, 'create_main_cluster = false\n');
  // See invoke-rc.d(8): 101 forbids the action. Somebody's own policy is respected.
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return install();
  } finally {
    rmSync(file);
    if (isOurs) rmSync(policy);
  }
}
