import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate } from 'feelin';
import { FeelError } from '../../src/decisions/feel-error.js';
import { toJson } from '../../src/decisions/feel-values.js';
import { evaluateFeel, unaryTest } from '../../src/decisions/feel.js';

const context = {
  a: 3,
  b: 'tekst',
  nothing: null,
  xs: [1, 2, 3],
  people: [
    { name: 'A', age: 3 },
    { name: 'B', age: 7 },
  ],
  sak: { 'antall dager': 4, sted: { rode: 2 } },
};

/** Expressions of any shape, most of them meaningful. */
const { expression } = fc.letrec<{ expression: string; list: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('1', '2.5', '"x"', 'true', 'null', 'a', 'b', 'nothing', 'unknown'),
    fc.constantFrom('sak.antall dager', 'sak.sted.rode', 'people[1].name', 'xs[a]', '@"P1D"'),
    fc.constantFrom('date("2026-01-01")', '// c\n 1', '{x: 1, y: x + 1}.y', '(1)'),
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '=', '<', 'and', 'or'))
      .chain(([left, operator]) => tie('expression').map((r) => `(${left} ${operator} ${r})`)),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([one, two, three]) => `if ${one} then ${two} else ${three}`),
    fc
      .tuple(tie('list'), tie('expression'))
      .map(([list, body]) => `(some x in ${list} satisfies ${body} = x)`),
    fc.tuple(tie('expression')).map(([body]) => `{f: function(n) n + ${body}, r: f(2)}.r`),
    tie('list'),
  ),
  list: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('xs', 'people', '[1, 2]', '[]', 'nothing', '[1..3]'),
    fc
      .tuple(tie('list'), tie('expression'))
      .map(([list, body]) => `(for x in ${list} return ${body})`),
    fc.tuple(tie('list'), tie('expression')).map(([list, body]) => `${list}[item != ${body}]`),
    fc.tuple(tie('expression')).map(([body]) => `(for i in 1..3, j in xs return i * j + ${body})`),
    fc.tuple(tie('list'), tie('list')).map(([one, two]) => `concatenate(${one}, ${two})`),
  ),
}));

/** What feelin alone makes of it, or `undefined` when that fails. */
function plainly(text: string): unknown {
  try {
    return toJson(evaluate(text, context, 'camunda').value);
  } catch {
    return undefined;
  }
}

function guarded(text: string): unknown {
  try {
    return evaluateFeel(text, context);
  } catch (error) {
    expect(error, text).to.be.instanceOf(FeelError);
    return undefined;
  }
}

describe('FEEL with limits', () => {
  it('means the same as without them', () => {
    let compared = 0;
    fc.assert(
      fc.property(expression, (text) => {
        const value = plainly(text);
        if (value === undefined) return;
        compared += 1;
        expect(guarded(text), text).to.deep.equal(value);
      }),
      { numRuns: 500 },
    );
    expect(compared).to.be.above(250);
  });

  it('answers any text with JSON or a FeelError, and a cell with true or false', () => {
    const tokens = fc.constantFrom(
      ...'1 a b xs sak "x" + - * / ( ) [ ] { } , : . .. = < > >= ? not for in return if'.split(' '),
      ...'then else some satisfies function and or between instance of date now() partial @ ` ;'.split(
        ' ',
      ),
      'list contains(',
      'matches(a, "x")',
      '\n',
      '//',
    );
    const texts = fc.oneof(
      fc.array(tokens, { maxLength: 12 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const value = guarded(text);
        if (value !== undefined) expect(JSON.parse(JSON.stringify(value))).to.deep.equal(value);
        try {
          expect(unaryTest(text, 'a', context)).to.be.a('boolean');
        } catch (error) {
          expect(error, text).to.be.instanceOf(FeelError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('hands any JSON through unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
        // JSON has no -0, and a key __proto__ is never handed on.
        const plain = JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto'));
        expect(evaluateFeel('value', { value: plain })).to.deep.equal(plain);
      }),
    );
  });

  it('remembers no more texts than it should, and forgets none that it needs', () => {
    for (let i = 0; i < 2100; i += 1) {
      expect(evaluateFeel(`${i}`, {})).to.equal(i);
      expect(evaluateFeel('a + 1', context)).to.equal(4);
    }
    expect(evaluateFeel('0', {})).to.equal(0);
  });
});
