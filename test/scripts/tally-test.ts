import { expect } from 'chai';
import {
  closingLine,
  isRequired,
  notRunAnywhere,
  readJournal,
  wholeRunMissing,
} from '../../scripts/tally.mjs';

const test = (title: string) => ({ file: 'test/a-test.ts', title });
const journal = (...lines: object[]) =>
  readJournal(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
const plan = (...titles: string[]) => ({ kind: 'plan', tests: titles.map(test) });
const line = (kind: string, title: string) => ({ kind, ...test(title) });

describe('the journal of a test run', () => {
  it('tells what passed, what failed with its message, and what was found', () => {
    const read = journal(
      plan('one', 'two'),
      line('start', 'one'),
      line('pass', 'one'),
      { ...line('fail', 'two'), message: 'expected 1 to equal 2' },
      { kind: 'end' },
    );
    expect(read.passed.map(({ title }) => title)).to.deep.equal(['one']);
    expect(read.failed[0]).to.include({ title: 'two', message: 'expected 1 to equal 2' });
    expect(read).to.include({ found: 2, running: undefined, open: undefined });
  });

  it('tells in which test the run was cut off, even within a line', () => {
    const text = `${JSON.stringify(line('start', 'endless'))}\n{"kind":"pa`;
    expect(readJournal(text).running).to.equal('endless');
  });

  it('tells what kept the run from ending', () => {
    const read = journal({ kind: 'end' }, { kind: 'open', handles: ['1 timer(s)'] });
    expect(read.open).to.deep.equal(['1 timer(s)']);
  });

  it('names the tests that a failed hook kept from running', () => {
    const failed = { ...line('fail', 'suite "before all" hook'), message: 'no' };
    expect(journal(plan('one'), failed, { kind: 'end' }).unreached).to.deep.equal([test('one')]);
  });
});

describe('the tests not run', () => {
  const lacking = 'locks exclude each other [not run: needs PostgreSQL]';

  it('are those that no run made up for, with their reason and their own title', () => {
    const embedded = journal(plan(lacking, 'one'), line('pending', lacking), line('pass', 'one'));
    expect(notRunAnywhere([embedded])).to.deep.equal([
      { ...test('locks exclude each other'), reason: 'needs PostgreSQL' },
    ]);
    const onServer = journal(
      plan('locks exclude each other'),
      line('pass', 'locks exclude each other'),
    );
    expect(notRunAnywhere([embedded, onServer])).to.be.empty;
  });

  it('are named once, however often they were left out', () => {
    const left = journal(plan('one'), line('pending', 'one'));
    expect(notRunAnywhere([left, left])).to.deep.equal([{ ...test('one'), reason: 'left out' }]);
  });

  it('are all of a run that could not take place', () => {
    const ran = journal(plan('one', 'two'), line('pass', 'one'), {
      ...line('fail', 'two'),
      message: '',
    });
    const missing = wholeRunMissing(ran, 'no PostgreSQL server', 'on PostgreSQL');
    expect(missing.map(({ title }) => title)).to.deep.equal([
      'one (on PostgreSQL)',
      'two (on PostgreSQL)',
    ]);
  });

  it('are required, but for data that not everybody has', () => {
    expect(isRequired({ ...test('one'), reason: 'needs a browser' })).to.be.true;
    expect(isRequired({ ...test('one'), reason: 'left out' })).to.be.true;
    expect(isRequired({ ...test('one'), reason: 'no data file ../x.csv' })).to.be.false;
  });
});

describe('the closing line', () => {
  it('has the sums, and what was not run only where there is any', () => {
    expect(closingLine(12, 0, 0)).to.equal('12 passed, 0 failed');
    expect(closingLine(12, 3, 2)).to.equal('12 passed, 3 failed, 2 not run');
  });
});
