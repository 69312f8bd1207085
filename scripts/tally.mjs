/** Adds up what several runs of the tests say. Pure: it reads and writes nothing. */

/**
 * @typedef {{ title: string, file: string }} TestName
 * @typedef {TestName & { message: string }} Failure
 * @typedef {TestName & { reason: string }} NotRun
 * @typedef {{ passed: TestName[], failed: Failure[], pending: TestName[], unreached: TestName[],
 *   found: number, running: string | undefined, open: string[] | undefined }} Journal
 * @typedef {{ kind: 'plan', tests: TestName[] } | { kind: 'end' }
 *   | { kind: 'open', handles: string[] }
 *   | (TestName & { kind: 'start' }) | (TestName & { kind: 'pass' })
 *   | (TestName & { kind: 'pending' }) | (Failure & { kind: 'fail' })} JournalLine
 */

/** A suite that lacks what it needs says so at the end of its title: see test/helpers/needs.ts. */
const REASON = / \[not run: ([^\]]*)\]/;

/** Data that not everybody may have; everything else can be installed. */
const OPTIONAL = /^no data file /;

const parseLine = /** @type {(line: string) => JournalLine} */ (JSON.parse);

const keyOf = (/** @type {TestName} */ { file, title }) => `${file} ${title.replace(REASON, '')}`;

/**
 * @param {string} text the journal of one run of mocha, as scripts/mocha-reporter.mjs writes it
 * @returns {Journal}
 */
export function readJournal(text) {
  const lines = text
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => parseLine(line));
  const passed = lines.filter((line) => line.kind === 'pass');
  const failed = lines.filter((line) => line.kind === 'fail');
  const pending = lines.filter((line) => line.kind === 'pending');
  const planned = lines.flatMap((line) => (line.kind === 'plan' ? line.tests : []));
  const reported = new Set([...passed, ...failed, ...pending].map(keyOf));
  const last = lines.at(-1);
  return {
    passed,
    failed,
    pending,
    unreached: planned.filter((test) => !reported.has(keyOf(test))),
    found: planned.length,
    running: last?.kind === 'start' ? last.title : undefined,
    open: last?.kind === 'open' ? last.handles : undefined,
  };
}

/**
 * A test counts as not run only where no run of the same session ran it: a test of locks waits for
 * the run on PostgreSQL, and a test of the embedded database is left out of that one.
 *
 * @param {readonly Journal[]} journals
 * @returns {NotRun[]}
 */
export function notRunAnywhere(journals) {
  const ran = new Set(journals.flatMap(({ passed, failed }) => [...passed, ...failed]).map(keyOf));
  /** @type {Map<string, NotRun>} */
  const left = new Map();
  const leave = (/** @type {TestName} */ test, /** @type {string} */ reason) => {
    const { file, title } = test;
    if (!ran.has(keyOf(test)))
      left.set(keyOf(test), { file, title: title.replace(REASON, ''), reason });
  };
  for (const { pending, unreached } of journals) {
    for (const test of pending) leave(test, REASON.exec(test.title)?.[1] ?? 'left out');
    for (const test of unreached) leave(test, 'a failure before it ended its suite');
  }
  return [...left.values()];
}

/**
 * What is said of a whole run that could not take place, once `others` tells which tests it has.
 *
 * @param {Journal} others a run of the same tests elsewhere
 * @param {string} reason
 * @param {string} suffix tells the titles from those of the run that took place
 * @returns {NotRun[]}
 */
export function wholeRunMissing(others, reason, suffix) {
  return [...others.passed, ...others.failed].map(({ title, file }) => ({
    title: `${title} (${suffix})`,
    file,
    reason,
  }));
}

/** @param {NotRun} test */
export const isRequired = ({ reason }) => !OPTIONAL.test(reason);

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} notRun
 */
export function closingLine(passed, failed, notRun) {
  return `${passed} passed, ${failed} failed${notRun > 0 ? `, ${notRun} not run` : ''}`;
}
