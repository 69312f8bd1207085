/**
 * Mocha's own `spec` reporter, which also keeps a journal for the script that runs mocha: one JSON
 * object per line, written at once, so that it tells even of a run that was killed half-way.
 *
 * MOCHA_JOURNAL names the file. Kinds of lines: plan, start, pass, fail, pending, end, open.
 */
import { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { Server, Socket } from 'node:net';
import { relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import Mocha from 'mocha';

/** Time for the file's own clean-up after the last test, before open handles are a fault. */
const END_LIMIT_MS = Number(process.env['MOCHA_END_LIMIT_MS'] ?? 15_000);

/** @typedef {import('mocha').Test | import('mocha').Hook} Runnable */

const { EVENT_RUN_BEGIN, EVENT_RUN_END, EVENT_TEST_BEGIN } = Mocha.Runner.constants;
const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/** @param {Runnable} test */
const nameOf = (test) => ({
  title: test.fullTitle(),
  file: test.file ? relative(process.cwd(), test.file) : '',
});

const messageOf = (/** @type {unknown} */ error) =>
  error instanceof Error ? error.message : String(error);

/**
 * @param {import('mocha').Suite} suite
 * @returns {import('mocha').Test[]}
 */
const testsOf = (suite) => [...suite.tests, ...suite.suites.flatMap(testsOf)];

/**
 * @param {import('mocha').Runner} runner with `--grep` and `--invert` as given
 * @returns {(test: import('mocha').Test) => boolean}
 */
const isChosen = (runner) => {
  const { _grep, _invert = false } = /** @type {{ _grep: RegExp, _invert?: boolean }} */ (
    /** @type {unknown} */ (runner)
  );
  return (test) => _grep.test(test.fullTitle()) !== _invert;
};

export default class JournalReporter extends Mocha.reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const journal = process.env['MOCHA_JOURNAL'];
    if (!journal) return;
    const write = (/** @type {object} */ line) =>
      appendFileSync(journal, `${JSON.stringify(line)}\n`);
    runner.once(EVENT_RUN_BEGIN, () =>
      write({ kind: 'plan', tests: testsOf(runner.suite).filter(isChosen(runner)).map(nameOf) }),
    );
    runner.on(EVENT_TEST_BEGIN, (test) => write({ kind: 'start', ...nameOf(test) }));
    runner.on(EVENT_TEST_PASS, (test) => write({ kind: 'pass', ...nameOf(test) }));
    runner.on(EVENT_TEST_PENDING, (test) => write({ kind: 'pending', ...nameOf(test) }));
    runner.on(EVENT_TEST_FAIL, (test, /** @type {unknown} */ error) =>
      write({ kind: 'fail', ...nameOf(test), message: messageOf(error) }),
    );
    runner.once(EVENT_RUN_END, () => {
      write({ kind: 'end' });
      // Unreferenced: it fires only where something else keeps the process alive.
      setTimeout(() => {
        write({ kind: 'open', handles: openHandles() });
        process.exit(1);
      }, END_LIMIT_MS).unref();
    });
  }
}

/** What keeps the process alive, in words. */
function openHandles() {
  // Undocumented, and the only way to say more than a handle's kind.
  const activeHandles = /** @type {{ _getActiveHandles(): unknown[] }} */ (
    /** @type {unknown} */ (process)
  );
  const described = activeHandles._getActiveHandles().map(describe).filter(Boolean);
  const timers = process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate/.test(kind));
  return [...described, ...(timers.length > 0 ? [`${timers.length} timer(s)`] : [])];
}

/** @param {unknown} handle */
function describe(handle) {
  if (handle instanceof ChildProcess) {
    return `child process ${handle.pid ?? ''}: ${handle.spawnargs.join(' ')}`;
  }
  if (handle instanceof Server) return `server listening on ${JSON.stringify(handle.address())}`;
  if (handle instanceof Socket) {
    return handle.remotePort ? `socket to ${handle.remoteAddress}:${handle.remotePort}` : '';
  }
  return handle instanceof Worker ? 'worker thread' : '';
}
