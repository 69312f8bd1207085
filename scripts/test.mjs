/**
 * `npm test [-- --only=lint,postgres] [-- mocha's arguments]`: everything a bare machine needs to
 * test, then every check, then every test on the embedded database and on a PostgreSQL server.
 *
 * Where no server or browser can be had, the tests that need one are named as not run. With
 * REQUIRE_ALL=1 that fails the run, too. The last line is the sum of everything.
 *
 * The crash test kills the server CRASH_ROUNDS times (8 unless said otherwise), at moments that
 * CRASH_SEED repeats.
 */
import { constants } from 'node:os';
import { mochaPass } from './mocha-pass.mjs';
import { startPostgresServer } from './postgres-server.mjs';
import { endWithParent, installDependencies, requireNode, run, say } from './setup.mjs';
import { findBrowser, installMissingPrograms } from './system-packages.mjs';
import { closingLine, isRequired, notRunAnywhere, wholeRunMissing } from './tally.mjs';

/** @typedef {import('./tally.mjs').Journal} Journal */

const CHECKS = {
  format: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  lint: ['node_modules/eslint/bin/eslint.js', '.'],
  types: ['node_modules/typescript/bin/tsc', '--noEmit'],
  knip: ['node_modules/knip/bin/knip.js', '--no-progress'],
};
const PASSES = ['repository', 'embedded', 'postgres', 'untuned'];
const ALIASES = { architecture: 'repository', docs: 'repository', unit: 'embedded' };

/** What the tuned plumbing must not make a difference to, once more without it. */
const ENGINE = ['test/conformance/**/*-test.ts', 'test/engine/**/*-test.ts'];

const TESTS = ['--spec', 'test/**/*-{test,feature}.ts'];
/** Tests of the repository itself, which no database makes a difference to. */
const REPOSITORY = ['test/architecture-test.ts', 'test/{architecture,docs,scripts}/**/*-test.ts'];
/** Tests that always bring an embedded database of their own. */
const EMBEDDED_ONLY = ['test/cli/**/*-test.ts'];

/** @type {Record<string, string[]>} */
const SELECTIONS = {
  repository: REPOSITORY.flatMap((spec) => ['--spec', spec]),
  untuned: ENGINE.flatMap((spec) => ['--spec', spec]),
};

/** @param {string[]} arguments_ */
function parseArguments(arguments_) {
  const flag = '--only=';
  const chosen = arguments_
    .filter((argument) => argument.startsWith(flag))
    .flatMap((argument) => argument.slice(flag.length).split(','))
    .map((name) => /** @type {Record<string, string>} */ (ALIASES)[name] ?? name);
  const mocha = arguments_.filter((argument) => !argument.startsWith(flag));
  const known = [...Object.keys(CHECKS), ...PASSES];
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}. Choose from: ${known.join(', ')}.`);
    process.exit(2);
  }
  // Whoever gives mocha arguments wants those tests, not the checks of the whole tree.
  const usual = mocha.length > 0 ? ['embedded', 'postgres'] : known;
  return { wanted: new Set(chosen.length > 0 ? chosen : usual), mocha };
}

/** @param {Set<string>} wanted */
async function runChecks(wanted) {
  /** @type {string[]} */
  const passed = [];
  /** @type {string[]} */
  const failed = [];
  for (const [name, arguments_] of Object.entries(CHECKS)) {
    if (!wanted.has(name)) continue;
    say(name);
    const { code } = await run(process.execPath, arguments_);
    (code === 0 ? passed : failed).push(name);
  }
  return { passed, failed };
}

/**
 * @param {string} name
 * @param {string[]} mocha arguments for mocha
 * @param {Record<string, string>} env
 */
async function runPass(name, mocha, env, output = /** @type {'now' | 'afterwards'} */ ('now')) {
  say(`tests: ${name}`);
  const namesTests = mocha.some((argument) => argument === '--spec' || argument.endsWith('.ts'));
  const selection = SELECTIONS[name] ?? [
    ...TESTS,
    ...[...REPOSITORY, ...(name === 'postgres' ? EMBEDDED_ONLY : [])].flatMap((spec) => [
      '--ignore',
      spec,
    ]),
  ];
  // The databases under test are the ones started here, whatever the shell is set up for.
  const { DATABASE_URL: _mine, TEST_DATABASE_URL: _other, ...shell } = process.env;
  const browser = findBrowser();
  const environment = { ...shell, ...(browser && { TEST_BROWSER: browser }), ...env };
  return mochaPass([...(namesTests ? [] : selection), ...mocha], environment, { output });
}

/** @returns {Promise<{ url?: string, reason?: string, stop: () => Promise<void> }>} */
async function databaseServer() {
  const url = process.env['TEST_DATABASE_URL'];
  if (url) return { url, stop: async () => undefined };
  try {
    return await startPostgresServer();
  } catch (error) {
    return {
      reason: `no PostgreSQL server: ${error instanceof Error ? error.message : String(error)}`,
      stop: async () => undefined,
    };
  }
}

/**
 * Both databases at once: each pass keeps one processor busy at most. The pass without the tuning
 * follows PostgreSQL's, the quicker one. What these two print comes when they have ended.
 * @param {Set<string>} wanted
 * @param {string[]} mocha
 */
async function runTests(wanted, mocha) {
  /** @type {Journal[]} */
  const journals = [];
  if (wanted.has('repository')) journals.push(await runPass('repository', mocha, {}));
  const server = wanted.has('postgres') ? await databaseServer() : undefined;
  const url = server?.url;
  try {
    /** @param {string} name @param {Record<string, string>} env */
    const behind = async (name, env) =>
      wanted.has(name) ? runPass(name, mocha, env, 'afterwards') : undefined;
    const besideEmbedded = async () => [
      url === undefined ? undefined : await behind('postgres', { TEST_DATABASE_URL: url }),
      await behind('untuned', { ENGINE_TUNING: 'off' }),
    ];
    const [embedded, [postgres, untuned]] = await Promise.all([
      wanted.has('embedded') ? runPass('embedded', mocha, {}) : undefined,
      besideEmbedded(),
    ]);
    const ran = [embedded, postgres, untuned];
    journals.push(...ran.filter((journal) => journal !== undefined));
    if (!server || postgres) return { journals, missing: [] };
    const reason = server.reason ?? 'no PostgreSQL server';
    if (embedded) return { journals, missing: wholeRunMissing(embedded, reason, 'on PostgreSQL') };
    return { journals, missing: [{ title: 'every test on PostgreSQL', file: 'test/', reason }] };
  } finally {
    await server?.stop();
  }
}

/**
 * @param {{ passed: string[], failed: string[] }} checks
 * @param {Journal[]} journals
 * @param {import('./tally.mjs').NotRun[]} missing
 */
function report(checks, journals, missing) {
  const failed = [
    ...checks.failed.map((name) => `${name} (see above)`),
    ...journals.flatMap((journal) =>
      journal.failed.map(
        ({ title, message }) => `${title}: ${message.trim().split('\n')[0] ?? ''}`,
      ),
    ),
  ];
  const notRun = [...notRunAnywhere(journals), ...missing];
  const passed = checks.passed.length + journals.flatMap((journal) => journal.passed).length;
  for (const reason of new Set(notRun.map((test) => test.reason))) {
    console.log(`\nNot run (${reason}):`);
    const tests = notRun.filter((test) => test.reason === reason);
    for (const { file, title } of tests) console.log(`  ${file}: ${title}`);
  }
  if (failed.length > 0) console.log('\nFailed:');
  for (const line of failed) console.log(`  ${line}`);
  const incomplete = process.env['REQUIRE_ALL'] === '1' && notRun.some(isRequired);
  if (incomplete) console.log('\nREQUIRE_ALL is set, and tests were not run: this fails.');
  console.log(`\n${closingLine(passed, failed.length, notRun.length)}`);
  return failed.length === 0 && !incomplete;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}
requireNode();
endWithParent();
const { wanted, mocha } = parseArguments(process.argv.slice(2));
await installDependencies();
const tests = PASSES.some((pass) => wanted.has(pass));
const problem = installMissingPrograms({
  postgres: wanted.has('postgres') && !process.env['TEST_DATABASE_URL'],
  browser: tests,
  imap: tests,
});
if (problem !== undefined) say(problem);
const checks = await runChecks(wanted);
const { journals, missing } = await runTests(wanted, mocha);
process.exit(report(checks, journals, missing) ? 0 : 1);
