import { expect } from 'chai';
import { FeelError } from '../../src/decisions/feel-error.js';
import { checkFeel, evaluateFeel } from '../../src/decisions/feel.js';

const now = new Date('2026-11-23T09:00:00Z');
const context = { text: '  Oslo ', list: [1, 2, 3, 2, 1], none: null, sum: 2, trim: 5, today: 7 };

describe("Camunda's own functions in FEEL", () => {
  for (const [expression, value] of [
    ['is defined(text)', true],
    ['is defined(none)', false],
    ['is defined(missing)', false],
    ['is defined(missing.deeper)', false],
    ['get or else(missing, 3)', 3],
    ['get or else("a", 3)', 'a'],
    ['get or else(none, none)', null],
    ['assert(list, count(list) = 5)', [1, 2, 3, 2, 1]],
    ['trim(text)', 'Oslo'],
    ['is blank("  ")', true],
    ['is blank(text)', false],
    ['is blank(none)', null],
    ['is empty([])', true],
    ['is empty(list)', false],
    ['is empty(missing)', null],
    ['duplicate values(list)', [1, 2]],
    ['duplicate values([{a: 1}, {a: 1}, {a: 2}])', [{ a: 1 }]],
    ['partition([1, 2, 3], 2)', [[1, 2], [3]]],
    ['partition([], 2)', []],
    ['last day of month(date("2024-02-03"))', '2024-02-29'],
    ['last day of month(date("2026-12-31"))', '2026-12-31'],
    ['last day of month(date and time("2026-11-16T12:00:00"))', '2026-11-30'],
    ['last day of month(today())', '2026-11-30'],
    ['extract("a 1234, 1256", "12[0-9]+")', ['1234', '1256']],
    ['extract("a", "b")', []],
    ['to base64("FEEL")', 'RkVFTA=='],
    ['from json("{\\"a\\": [1, null]}").a[1]', 1],
    ['from json("{")', null],
    ['to json({a: 1, b: date("2026-01-02")})', '{"a":1,"b":"2026-01-02"}'],
  ] as const) {
    it(`${expression} is ${JSON.stringify(value)}`, () => {
      expect(evaluateFeel(expression, context, { now })).to.deep.equal(value);
    });
  }

  for (const [expression, value] of [
    ['sum + 1', 3],
    ['sum([1, 2])', 3],
    ['trim + 1', 6],
    ['trim(" a ")', 'a'],
    ['today + 1', 8],
    ['string(today())', '2026-11-23'],
  ] as const) {
    it(`a variable may have the name of a function: ${expression} is ${value}`, () => {
      expect(evaluateFeel(expression, context, { now })).to.equal(value);
    });
  }

  for (const [expression, reason] of [
    ['assert(none, is defined(none), text)', 'assert: its condition is not true'],
    ['trim(5)', 'trim: number for a text'],
    ['is empty("a")', 'is empty: string for a list'],
    ['partition(list, 0)', 'partition: the size must be a whole number from 1'],
    ['last day of month("2026-01-01")', 'last day of month: string for a date'],
  ] as const) {
    it(`${expression} is an error that tells no data`, () => {
      expect(() => evaluateFeel(expression, context))
        .to.throw(FeelError)
        .that.includes({ code: 'feel_evaluation', reason });
    });
  }

  it('none of them answers differently each time, or takes a pattern from data', () => {
    expect(checkFeel('uuid()')).to.contain('there is no function');
    expect(checkFeel('random number()')).to.contain('there is no function');
    expect(checkFeel('extract("a", text)')).to.contain('needs its pattern as a text');
    expect(checkFeel('extract("a", "(a+)+")')).to.contain('repeats a group');
  });

  it('none of them runs away', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(() => evaluateFeel('from json(deep)', { deep })).to.throw(FeelError);
    expect(() =>
      evaluateFeel('for i in 1..3000 return partition(all, 2)', { all: Array(99).fill(1) }),
    )
      .to.throw(FeelError)
      .that.includes({ code: 'feel_limit' });
  });
});
