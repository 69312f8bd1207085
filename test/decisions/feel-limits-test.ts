import { expect } from 'chai';
import { FeelError } from '../../src/decisions/feel-error.js';
import { evaluateFeel, parseFeel, unaryTest } from '../../src/decisions/feel.js';
import { patternProblem } from '../../src/decisions/safe-pattern.js';

/** Generous against a busy machine; what hangs takes for ever. */
const AT_ONCE_MS = 5000;

function refused(action: () => unknown): FeelError {
  const start = performance.now();
  try {
    action();
  } catch (error) {
    expect(performance.now() - start).to.be.below(AT_ONCE_MS);
    expect(error).to.be.instanceOf(FeelError);
    return error as FeelError;
  }
  throw new Error('nothing was thrown');
}

const deepList = 'for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]]';

describe('A hostile FEEL expression ends at once', () => {
  for (const [what, expression] of [
    ['a huge range', 'for i in 1..1000000000 return i'],
    ['a huge range downwards', 'for i in 1000000000..1 return i'],
    ['a huge interval', 'for i in [1..1000000000] return i'],
    ['a huge quantifier', 'some i in 1..1000000000 satisfies i < 0'],
    ['a pattern that backtracks', 'matches(a, "(a+)+$")'],
    ['a pattern from data', 'matches(a, b)'],
    ['a pattern from data, by name', 'split(string: a, delimiter: b)'],
    ['a pattern by a wrong name', 'split(string: a, other: "b")'],
    ['no pattern at all', 'matches()'],
    ['a pattern function passed on', '{m: matches}.m(a, "b")'],
    ['a pattern function in backticks', '`matches`(a, b)'],
    ['brackets', `${'('.repeat(5000)}1${')'.repeat(5000)}`],
    ['contexts', '{a:'.repeat(1000)],
    ['operators', `${'1+'.repeat(4000)}1`],
    ['negations', `${'-'.repeat(9000)}1`],
    ['length', 'x'.repeat(10_001)],
  ] as const) {
    it(`when deployed: ${what}`, () => {
      expect(refused(() => parseFeel(expression)).code).to.equal('feel_limit');
    });
  }

  for (const [what, expression, context] of [
    ['a range as long as the data says', 'for i in 1..n return i', { n: 1e9 }],
    ['an interval as long as the data says', 'every i in [1..n] satisfies true', { n: 1e9 }],
    ['a number in the data that is no number', 'for i in 1..n return i', { n: 2 ** 60 }],
    ['loops in loops', 'for a in x, b in x, c in x return 1', { x: Array(100).fill(1) }],
    ['filters in filters', 'x[count(x[count(x[item > 0]) > 0]) > 0]', { x: Array(99).fill(1) }],
    ['a function that calls itself', '{f: function(n) f(n + 1), r: f(0)}.r', {}],
    [
      'a function that doubles',
      '{f: function(n) if n > 40 then 1 else f(n+1)+f(n+1), r: f(0)}.r',
      {},
    ],
    [
      'a text that doubles',
      'for i in 1..99 return if i = 1 then "x" else partial[-1]+partial[-1]',
      {},
    ],
    [
      'a list that doubles',
      'for i in 1..99 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])',
      {},
    ],
    [
      'a list function in other spelling',
      'for i in 1..99 return if i=1 then "x" else string /**/ join([partial[-1], partial[-1]])',
      {},
    ],
    ['a result that unfolds', deepList, {}],
    ['a text of it', `string(${deepList})`, {}],
    ['a comparison of it', `{a: ${deepList}, b: a = a}.b`, {}],
    ['a flat list of it', `flatten(${deepList})`, {}],
    ['a long text to search', 'matches(x, "a*b")', { x: 'a'.repeat(20_000) }],
    ['a slow pattern', 'matches(x, ".*.*.*.*=")', { x: 'a'.repeat(9_000) }],
    ['a long text handed through', 'x', { x: 'a'.repeat(1_000_001) }],
  ] as const) {
    it(`when evaluated: ${what}`, () => {
      expect(refused(() => evaluateFeel(expression, context)).code).to.equal('feel_limit');
    });
  }

  for (const [expression, context] of [
    ['for i in 1..n return i', { n: 1.5 }],
    ['for i in 1..n return i', { n: 'x' }],
    ['for i in a..n return i', { a: 1, n: [2] }],
    ['for d in a..b return d', { a: new Date(), b: new Date() }],
  ] as const) {
    it(`${expression} (${Object.values(context).join()}) goes through whole numbers only`, () => {
      const error = refused(() => evaluateFeel(expression, context));
      expect(error.code).to.equal('feel_evaluation');
      expect(error.reason).to.include('only whole numbers');
    });
  }

  it('and one at its side still runs', () => {
    refused(() => evaluateFeel('matches(x, ".*.*.*.*=")', { x: 'a'.repeat(9_000) }));
    expect(evaluateFeel('matches(x, ".*=")', { x: 'a=' })).to.equal(true);
    expect(evaluateFeel('count(for i in 1..n return i)', { n: 20_000 })).to.equal(20_000);
    expect(evaluateFeel('for i in (5..5] return i', {})).to.deep.equal([]);
  });

  it('also as a unary test', () => {
    const test = 'some i in 1..n satisfies i = ?';
    expect(refused(() => unaryTest(test, 0, { n: 1e9 })).code).to.equal('feel_limit');
    expect(refused(() => unaryTest('matches(?, p)', 'a', { p: 'a' })).code).to.equal('feel_limit');
  });

  it('a variable cannot reach what is not data', () => {
    for (const path of ['constructor', '__proto__', 'constructor.constructor', 'toString']) {
      expect(evaluateFeel(`x.${path}`, { x: {} }), path).to.equal(null);
      expect(evaluateFeel(`x.${path}`, { x: 'text' }), path).to.equal(null);
    }
    const context = JSON.parse('{"__proto__": {"polluted": 1}, "x": {"__proto__": {"y": 1}}}');
    expect(evaluateFeel('x.y', context)).to.equal(null);
    expect(evaluateFeel('polluted', context)).to.equal(null);
    expect(evaluateFeel('for i in [1] return x.y', context)).to.deep.equal([null]);
    expect({}).to.not.have.property('polluted');
  });

  it('a name with an operator in a list is refused in a loop rather than read as a sum', () => {
    const context = { a: { 'min-verdi': 3 } };
    const error = refused(() => evaluateFeel('for x in [a] return x.min-verdi', context));
    expect(error.reason).to.include('backticks');
    expect(evaluateFeel('for x in [a] return x.`min-verdi`', context)).to.deep.equal([3]);
  });
});

describe('A pattern', () => {
  for (const pattern of [
    '^[0-9]{4}$',
    '(ab)+',
    '(?:a|b)c',
    '\\d+',
    '[*+]+',
    '(a)?(b)?',
    '\\(a+\\)+',
  ]) {
    it(`${pattern} is safe`, () => {
      expect(patternProblem(pattern)).to.equal(undefined);
    });
  }

  for (const pattern of [
    '(a+)+',
    '(a*)*',
    '(a|b)*',
    '(a|a)+',
    '((a+)b)+',
    '((ab)+c)*',
    '(?:a?)+',
    '(a{1,9}){2,}',
    '(.*)\\1',
    'a*b*c*d*e*',
    'x'.repeat(201),
  ]) {
    it(`${pattern.slice(0, 20)} is not`, () => {
      expect(patternProblem(pattern)).to.be.a('string');
    });
  }
});
