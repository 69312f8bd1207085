import { existsSync } from 'node:fs';
import { findPostgresPrograms } from '../../scripts/postgres-server.mjs';
import { findBrowser, findImapServer } from '../../scripts/system-packages.mjs';

/**
 * What not every run or machine has: a run on PostgreSQL or on the embedded database, the programs
 * of a PostgreSQL server, a browser, an IMAP server, or a data file, named by its path.
 */
export type Need =
  | 'postgres'
  | 'embedded'
  | 'postgres programs'
  | 'browser'
  | 'imap server'
  | { readonly dataFile: string };

/**
 * A `describe` for tests that need something. Where it is lacking they are named as not run, with
 * the reason, and `npm test` tells at its end which of them no other run has made up for.
 */
export function describeWith(need: Need, title: string, body: (this: Mocha.Suite) => void): void {
  describeUnless(whatIsLacking(need), title, body);
}

/** A `describe` whose tests are named as not run where `lack` says why. */
export function describeUnless(
  lack: string | undefined,
  title: string,
  body: (this: Mocha.Suite) => void,
): void {
  const { skip: leaveOut } = describe;
  if (lack === undefined) describe(title, body);
  else leaveOut(notRun(title, lack), body);
}

/** An `it` for one test that needs something; see `describeWith`. */
export function itWith(need: Need, title: string, body: Mocha.AsyncFunc): void {
  const lack = whatIsLacking(need);
  const { skip: leaveOut } = it;
  if (lack === undefined) it(title, body);
  else leaveOut(notRun(title, lack), body);
}

/** The form that scripts/tally.mjs reads. */
const notRun = (title: string, lack: string): string => `${title} [not run: ${lack}]`;

function whatIsLacking(need: Need): string | undefined {
  const server = process.env['TEST_DATABASE_URL'];
  if (need === 'postgres') return server ? undefined : 'needs PostgreSQL';
  if (need === 'embedded') return server ? 'needs the embedded database' : undefined;
  if (need === 'postgres programs') {
    return findPostgresPrograms() ? undefined : 'needs the programs of PostgreSQL';
  }
  if (need === 'browser') return findBrowser() ? undefined : 'needs a browser';
  if (need === 'imap server') return findImapServer() ? undefined : 'needs an IMAP server';
  return existsSync(need.dataFile) ? undefined : `no data file ${need.dataFile}`;
}
