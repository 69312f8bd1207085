import { guardedText } from './feel-rewrite.js';
import { childrenOf, nameText } from './feel-tree.js';
import type { FeelNode } from './feel-tree.js';

const LITERALS = new Set([
  'StringLiteral',
  'NumericLiteral',
  'BooleanLiteral',
  'DateTimeLiteral',
  'null',
]);

const CONDITIONS = new Set([
  'Comparison',
  'Conjunction',
  'Disjunction',
  'QuantifiedExpression',
  'InstanceOfExpression',
]);

/**
 * The unary tests of a decision table's cell as one FEEL expression about the input value `?`, true
 * when the cell matches (DMN 1.3, ch. 8.3 and 10.3): any of the tests, none of them for `not(…)`,
 * always for `-`. `top` is the tree that `parseTree` gives for unary tests.
 */
export function unaryTestsText(top: FeelNode, text: string, loops: boolean): string {
  const parts = childrenOf(top);
  if (parts[0]?.name === 'Wildcard') return 'true';
  const tests = parts.find(({ name }) => name === 'PositiveUnaryTests');
  const texts = tests ? childrenOf(tests).map((test) => testText(test, text, loops)) : [];
  if (parts[0]?.name !== 'not') return texts.map((test) => `(${test})`).join(' or ');
  // Not the same as `not(… or …)`, which is null when one test is null and the others are false.
  return `not(list contains([${texts.join(', ')}], true))`;
}

/**
 * `> 5` and `[1..5]` ask about `?`, a value is compared with it, and a condition is itself the
 * answer: one that is null, because something is missing, does not match a missing input.
 */
function testText(test: FeelNode, text: string, loops: boolean): string {
  const [content] = childrenOf(test);
  if (!content) return 'false';
  const guarded = guardedText(content, text, loops);
  if (content.name === 'SimplePositiveUnaryTest') return `? in (${guarded})`;
  if (LITERALS.has(content.name)) return `? = ${guarded}`;
  if (CONDITIONS.has(content.name) || asksInput(content, text)) return `(${guarded}) = true`;
  return (
    `{result: (${guarded}), matches: if result instance of boolean then result ` +
    'else if result = null then ? = null else ? in result}.matches'
  );
}

function asksInput(node: FeelNode, text: string): boolean {
  if (node.name === 'VariableName') return nameText(node, text) === '?';
  return childrenOf(node).some((child) => asksInput(child, text));
}
