import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { mochaPass } from '../../scripts/mocha-pass.mjs';

/** Plain JavaScript: it is run by a mocha of its own, outside this project's folder. */
const SPECS = {
  good: "describe('sums', () => { it('add up', () => {}); });",
  bad: "it('adds up', () => { throw new Error('1 is not 2'); });",
  left: "describe('sums', () => { it('add up'); });",
  open: "import { createServer } from 'node:net';\nit('listens', () => void createServer().listen(0));",
  two: "it('first', () => {});\nit('second', () => {});",
  endless: "it('first', () => {});\nit('never ends', () => { for (;;); });",
  broken: "import './no-such-file.mjs';",
  empty: '',
} as const;

describe('a run of mocha', function () {
  this.timeout(60_000);
  let folder: string;

  before('make a folder for the tests to run', () => {
    folder = mkdtempSync(join(tmpdir(), 'saksflyt-mocha-'));
  });

  after('remove it', () => rmSync(folder, { recursive: true }));

  const pass = async (
    name: keyof typeof SPECS,
    options: { limitMs?: number; arguments?: string[] } = {},
  ) => {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, SPECS[name]);
    const env = { ...process.env, MOCHA_END_LIMIT_MS: '200' };
    const journal = await mochaPass(['--spec', file, ...(options.arguments ?? [])], env, {
      output: 'never',
      limitMs: options.limitMs ?? 60_000,
    });
    const faults = journal.failed.map(({ title, message }) => `${title}: ${message}`);
    return { ...journal, faults, titles: journal.passed.map(({ title }) => title) };
  };

  it('tells what passed', async () => {
    const { titles, faults } = await pass('good');
    expect(titles).to.deep.equal(['sums add up']);
    expect(faults).to.be.empty;
  });

  it('tells what failed, and why', async () => {
    expect((await pass('bad')).faults).to.deep.equal(['adds up: 1 is not 2']);
  });

  it('tells what was left out', async () => {
    expect((await pass('left')).pending.map(({ title }) => title)).to.deep.equal(['sums add up']);
  });

  it('knows of no other tests than those it was asked for', async () => {
    const { found, unreached, titles } = await pass('two', { arguments: ['--grep', 'first'] });
    expect({ found, unreached, titles }).to.deep.equal({
      found: 1,
      unreached: [],
      titles: ['first'],
    });
  });

  it('fails where a server is left open, and names it', async () => {
    const { titles, faults } = await pass('open');
    expect(titles).to.deep.equal(['listens']);
    expect(faults[0]).to.contain('did not end').and.contain('server listening on');
  });

  it('is stopped where a test never ends, and names it', async () => {
    const { titles, faults, unreached } = await pass('endless', { limitMs: 8_000 });
    expect(titles).to.deep.equal(['first']);
    expect(faults[0]).to.contain('was stopped in: never ends');
    expect(unreached.map(({ title }) => title)).to.deep.equal(['never ends']);
  });

  it('fails where a file cannot be loaded, or has no test', async () => {
    expect((await pass('broken')).faults[0]).to.contain('found no test');
    expect((await pass('empty')).faults[0]).to.contain('found no test');
  });
});
