import { expect } from 'chai';
import { FeelError } from '../../src/decisions/feel-error.js';
import { parseUnaryTests, unaryTest, unaryTestDetailed } from '../../src/decisions/feel.js';

const context = { list: [1, 2], word: 'a', x: { y: 7 }, 'antall dager': 3 };

describe('Unary tests', () => {
  for (const [tests, matching, others] of [
    ['-', [1, 'a', null], []],
    ['"a"', ['a'], ['b', null, 1]],
    ['"a", "b"', ['a', 'b'], ['c', '']],
    ['not("a", "b")', ['c', null], ['a', 'b']],
    ['not(> 5)', [5], [6]],
    ['> 5', [6], [5, null, 'x']],
    ['<= 5', [5], [6]],
    ['< 1, > 5', [0, 6], [1, 5]],
    ['[1..5]', [1, 5], [0, 6, null]],
    ['(1..5)', [2], [1, 5]],
    [']1..5[', [2], [1, 5]],
    ['-5', [-5], [5]],
    ['true', [true], [false, null, 1]],
    ['false', [false], [true, null]],
    ['null', [null], [0, '', false]],
    ['[1, 2]', [1, 2], [3]],
    ['list', [1, 2], [3]],
    ['word', ['a'], ['word']],
    ['x.y', [7], [1]],
    ['antall dager', [3], [4]],
    ['unknown', [null], [1]],
    ['max(1, 2)', [2], [1]],
    ['? > 5', [6], [5, null]],
    ['? > 5 and ? < 9', [6], [5, 9]],
    ['contains(?, "dunk")', ['min dunk'], ['post', null]],
    ['some e in list satisfies e = ?', [1], [3]],
    ['if ? = 1 then true else false', [1], [2]],
    ['"a" // comment', ['a'], ['b']],
  ] as const) {
    it(`${tests} matches ${JSON.stringify(matching)} and not ${JSON.stringify(others)}`, () => {
      for (const value of matching) expect(unaryTest(tests, value, context)).to.equal(true);
      for (const value of others) expect(unaryTest(tests, value, context)).to.equal(false);
    });
  }

  it('compare dates', () => {
    const tests = '>= date and time("2026-01-01T00:00:00Z")';
    expect(unaryTest(tests, new Date('2026-06-01T00:00:00Z'))).to.equal(true);
    expect(unaryTest(tests, new Date('2025-06-01T00:00:00Z'))).to.equal(false);
  });

  it('know the clock and our functions', () => {
    const now = new Date('2026-11-23T09:00:00Z');
    const tests = '< working days between(now(), add working days(now(), 4))';
    expect(unaryTest(tests, 3, {}, { now })).to.equal(true);
    expect(unaryTest(tests, 4, {}, { now })).to.equal(false);
  });

  it('tell what they went without', () => {
    const { value, warnings } = unaryTestDetailed('> limit', 3);
    expect(value).to.equal(false);
    expect(warnings.map(({ message }) => message)).to.include("Variable 'limit' not found");
  });

  for (const tests of ['', '"a",', '1..5', 'in [1..5]', '> 5 and < 7', '>= 1 or "x"', '"a" "b"']) {
    it(`"${tests}" is refused`, () => {
      expect(() => parseUnaryTests(tests))
        .to.throw(FeelError)
        .with.property('code', 'feel_syntax');
    });
  }

  it('that are right are not', () => {
    parseUnaryTests('"a", > 5, min-verdi', ['min-verdi']);
    parseUnaryTests('-');
  });
});
