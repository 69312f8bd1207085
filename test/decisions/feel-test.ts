import { expect } from 'chai';
import { FeelError } from '../../src/decisions/feel-error.js';
import {
  checkFeel,
  evaluateFeel,
  evaluateFeelDetailed,
  parseFeel,
} from '../../src/decisions/feel.js';
import { InvalidError } from '../../src/kernel/errors.js';

const now = new Date('2026-11-23T09:00:00Z');

function refusal(action: () => unknown): FeelError {
  try {
    action();
  } catch (error) {
    expect(error).to.be.instanceOf(FeelError);
    return error as FeelError;
  }
  throw new Error('nothing was thrown');
}

describe('A FEEL expression', () => {
  for (const [expression, context, value] of [
    ['a + 1', { a: 2 }, 3],
    ['if amount > 3 then "big" else "small"', { amount: 4 }, 'big'],
    ['antall dager + 1', { 'antall dager': 2 }, 3],
    ['min-verdi + 1', { 'min-verdi': 2 }, 3],
    ['verdi - 1', { verdi: 2 }, 1],
    ['sak.antall dager', { sak: { 'antall dager': 2 } }, 2],
    ['sak.min-verdi', { sak: { 'min-verdi': 2 } }, 2],
    ['`antall dager`', { 'antall dager': 2 }, 2],
    ['{a: 1, "b c": [true, null]}', {}, { a: 1, 'b c': [true, null] }],
    ['[1, 2, 3][item > 1]', {}, [2, 3]],
    ['personer[alder > 2].navn', { personer: [{ alder: 3, navn: 'A' }] }, ['A']],
    ['liste[2]', { liste: ['a', 'b'] }, 'b'],
    ['liste["b"]', { liste: ['a', 'b'] }, ['b']],
    ['some x in xs satisfies x > 2', { xs: [1, 3] }, true],
    ['every x in xs satisfies x > 2', { xs: [1, 3] }, false],
    ['for x in xs, y in 1..2 return x * y', { xs: [1, 3] }, [1, 2, 3, 6]],
    ['for i in 3..0 return i', {}, [3, 2, 1, 0]],
    ['for i in (1..4) return i', {}, [2, 3]],
    ['for i in 1..3 return if i = 1 then "a" else partial[-1] + "b"', {}, ['a', 'ab', 'abb']],
    ['for i in null return i', {}, null],
    ['for i in 1..null return i', {}, null],
    ['sort([3, 1, 2], function(a, b) a < b)', {}, [1, 2, 3]],
    ['{double: function(n) n * 2, result: double(4)}.result', {}, 8],
    ['split("a;b", ";")', {}, ['a', 'b']],
    ['replace(input: "abc", pattern: "b", replacement: "x")', {}, 'axc'],
    ['flatten([1, [2, [3]]])', {}, [1, 2, 3]],
    ['string join(distinct values(xs), "/")', { xs: ['a', 'b', 'a'] }, 'a/b'],
    ['string({a: {b: [1]}})', {}, '{a: {b: [1]}}'],
    ['is(a, 1)', { a: 1 }, true],
    ['not(contains("ab", "a"))', {}, false],
    ['coincides', { coincides: 3 }, 3],
    ['a // a comment', { a: 1 }, 1],
    ['a + /* inside */ 1', { a: 1 }, 2],
    ['navn', { navn: null }, null],
    ['navn', { navn: undefined }, null],
  ] as const) {
    it(`${expression} is ${JSON.stringify(value)}`, () => {
      expect(evaluateFeel(expression, context)).to.deep.equal(value);
      expect(evaluateFeel(expression, context), 'the second time').to.deep.equal(value);
    });
  }

  for (const [expression, value] of [
    ['date("2026-05-17")', '2026-05-17'],
    ['@"2026-05-17"', '2026-05-17'],
    ['time("10:00:00")', '10:00:00'],
    ['duration("P1Y2M")', 'P1Y2M'],
    ['date and time("2026-05-17T10:00:00")', '2026-05-17T10:00:00'],
    ['date and time("2026-05-17T10:00:00@Europe/Oslo")', '2026-05-17T08:00:00.000Z'],
    ['date and time("2026-05-17T10:00:00+05:00")', '2026-05-17T05:00:00.000Z'],
    ['date("2026-01-31") + duration("P1M")', '2026-02-28'],
  ] as const) {
    it(`${expression} comes out as ${value}`, () => {
      expect(evaluateFeel(expression, {})).to.equal(value);
    });
  }

  it('sees the clock it is given, in Oslo', () => {
    const late = new Date('2026-06-11T22:30:00Z');
    expect(evaluateFeel('now()', {}, { now: late })).to.equal('2026-06-11T22:30:00.000Z');
    expect(evaluateFeel('today()', {}, { now: late })).to.equal('2026-06-12');
    expect(evaluateFeel('now().hour', {}, { now: late })).to.equal(0);
    const secondTime = new Date('2026-10-25T01:30:00Z');
    expect(evaluateFeel('now()', {}, { now: secondTime })).to.equal('2026-10-25T01:30:00.000Z');
    expect(Date.parse(evaluateFeel('now()', {}) as string)).to.be.closeTo(Date.now(), 60_000);
  });

  it('sees a Date as date and time in Oslo', () => {
    expect(evaluateFeel('received.hour', { received: now })).to.equal(10);
    expect(evaluateFeel('received < now()', { received: now })).to.equal(true);
  });

  it('is not broken by a variable that is called like a function', () => {
    const context = { date: 'x', count: 7, if: 1, not: 2, now: 3 };
    expect(evaluateFeel('date("2026-01-01")', context)).to.equal('2026-01-01');
    expect(evaluateFeel('count([1, 2]) + count', context)).to.equal(null);
    expect(evaluateFeel('count([1, 2])', context)).to.equal(2);
    expect(evaluateFeel('if(true) then not(false) else 0', context)).to.equal(true);
    expect(evaluateFeel('today() - date(now())', context, { now })).to.equal('PT0S');
    expect(evaluateFeel('"date" + date', context)).to.equal('datex');
  });

  it('never evaluates text that it finds in the data', () => {
    const text = '${process.exit(1)} =1+1 now()';
    expect(evaluateFeel('a', { a: text })).to.equal(text);
    expect(evaluateFeel('{b: a}', { a: text })).to.deep.equal({ b: text });
  });

  it('keeps nothing of one evaluation for the next', () => {
    expect(evaluateFeel('secret', { secret: 'a' })).to.equal('a');
    const { value, warnings } = evaluateFeelDetailed('secret', {});
    expect(value).to.equal(null);
    expect(warnings).to.deep.equal([
      { type: 'NO_VARIABLE_FOUND', message: "Variable 'secret' not found" },
    ]);
    expect(evaluateFeelDetailed('secret', { secret: 1 }).warnings).to.deep.equal([]);
  });

  it('reads a name the way the known names tell, also after it was read differently', () => {
    expect(evaluateFeel('a - b', { a: 5, b: 2 })).to.equal(3);
    expect(evaluateFeel('a - b', { a: 5, b: 2, 'a-b': 9 })).to.equal(9);
    expect(evaluateFeel('a - b', { a: 5, b: 2 })).to.equal(3);
    for (let length = 2; length < 20; length += 1) {
      const o = { a: 5, [`a-${'b'.repeat(length)}`]: 0 };
      expect(evaluateFeel('o.a - b', { o, b: 1 })).to.equal(4);
    }
  });

  it('changes no variable', () => {
    const context = { list: [1, { a: 2 }] };
    expect(evaluateFeel('append(list, 3)', context)).to.deep.equal([1, { a: 2 }, 3]);
    expect(context).to.deep.equal({ list: [1, { a: 2 }] });
  });

  it('warns with types and never with values', () => {
    const { warnings } = evaluateFeelDetailed('name + 1', { name: 'Kari Nordmann' });
    expect(warnings).to.deep.equal([
      { type: 'INVALID_TYPE', message: "Can't add number to string" },
    ]);
    expect(JSON.stringify(evaluateFeelDetailed('sak.navn + 1', { sak: {} }).warnings)).to.include(
      "Key 'navn' not found in context",
    );
  });

  it('repeats no warning, and stops after twenty', () => {
    expect(evaluateFeelDetailed('for i in 1..1000 return x', {}).warnings).to.have.length(1);
    const many = Array.from({ length: 40 }, (_, index) => `x${index}`).join(', ');
    expect(evaluateFeelDetailed(`[${many}]`, {}).warnings).to.have.length(20);
  });
});

describe('A FEEL expression that is wrong', () => {
  for (const [expression, reason] of [
    ['a +', 'it is incomplete at character 4'],
    ['', 'it is incomplete at character 1'],
    ['a, b', '"," is unexpected at character 2'],
    ['1) + (2', '")" is unexpected at character 2'],
    ['external {a: 1}', '"external" is unexpected at character 1'],
    ['${a}', '"$" is unexpected at character 1'],
    ['add workingdays(a, 1)', 'there is no function "add workingdays"'],
    ['{a: coincides(1, 2)}', 'the function "coincides" is not supported'],
    ['if kjent(a) then 1 else 2', 'there is no function "kjent"'],
    ['x in (> 5 and < 7)', '"> 5 and < 7" compares with a condition; write a range or use ?'],
  ] as const) {
    it(`"${expression}" is refused: ${reason}`, () => {
      const error = refusal(() => parseFeel(expression));
      expect(error).to.include({ code: 'feel_syntax', reason, expression });
      expect(error).to.be.instanceOf(InvalidError);
      expect(error.message).to.equal(`FEEL expression "${expression}": ${reason}`);
      expect(error.details).to.deep.equal([{ reason }]);
      expect(refusal(() => evaluateFeel(expression, {})).code).to.equal('feel_syntax');
      expect(checkFeel(expression)).to.equal(reason);
    });
  }

  it('is quoted in part when it is long', () => {
    expect(refusal(() => parseFeel(`1 + ${'1'.repeat(500)} +`)).message).to.have.length.below(300);
  });

  it('and one that is right is not', () => {
    for (const expression of ['a b > 3', 'working days between(a, b)', 'x.y-z']) {
      expect(checkFeel(expression), expression).to.equal(null);
    }
    expect(checkFeel('min-verdi(', ['min-verdi'])).to.be.a('string');
  });

  for (const [expression, reason] of [
    ['function(x) x', 'a function in its result has no JSON form'],
    ['[1..5]', 'a range in its result has no JSON form'],
    ['10 ** 400', 'its result is not a finite number'],
    ['for i in 1..2 return partial', 'its result nests deeper than 100'],
    ['{a: [count]}', 'a function in its result has no JSON form'],
  ] as const) {
    it(`${expression} has no JSON form`, () => {
      const error = refusal(() => evaluateFeel(expression, {}));
      expect(error).to.include({ code: 'feel_not_json', reason });
    });
  }

  it('does not show the data it failed on', () => {
    const error = refusal(() => evaluateFeel('[a..b]', { a: 'Kari Nordmann', b: 3 }));
    expect(error.code).to.equal('feel_evaluation');
    expect(error.message).to.not.include('Kari');
  });

  it('refuses variables that are no JSON', () => {
    for (const value of [new Map(), () => 1, 5n, /a/, Symbol('a')]) {
      expect(() => evaluateFeel('a', { a: value })).to.throw(TypeError, 'is not JSON');
    }
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => evaluateFeel('a', { a: cycle })).to.throw(TypeError, 'nests deeper');
  });
});
