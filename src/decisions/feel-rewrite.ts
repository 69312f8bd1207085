import { FILTER, ITERATE, RANGE, TEXT, TICK } from './feel-guards.js';
import { childrenOf } from './feel-tree.js';
import type { FeelNode } from './feel-tree.js';

/** A filter with one of these picks one item and goes through none. */
const INDEXES = new Set([
  'NumericLiteral',
  'VariableName',
  'PathExpression',
  'ArithmeticExpression',
  'FunctionInvocation',
]);

/**
 * The text of a node with guards put around whatever can go round or grow: loops, filters, bodies of
 * functions, and sums of texts when there are loops. It means the same and is parsed by feelin like
 * the original.
 */
export function guardedText(node: FeelNode, text: string, loops: boolean): string {
  const inner = () => {
    let result = '';
    let at = node.from;
    for (const child of childrenOf(node)) {
      result += text.slice(at, child.from) + guardedChild(child, text, loops);
      at = child.to;
    }
    return result + text.slice(at, node.to);
  };
  if (node.name === 'IterationContext') {
    // "a..b" becomes two arguments.
    const isRange = childrenOf(node).some(({ name }) => name === '..');
    return `${isRange ? RANGE : ITERATE}(${inner()})`;
  }
  if (node.name === 'FunctionBody') return `if ${TICK}() then (${inner()}) else null`;
  if (loops && node.name === 'ArithmeticExpression' && hasPlus(node, text)) {
    return `${TEXT}(${inner()})`;
  }
  return inner();
}

function guardedChild(child: FeelNode, text: string, loops: boolean): string {
  const guarded = guardedText(child, text, loops);
  if (child.name === '..' && child.parent?.name === 'IterationContext') return ',';
  return isFiltered(child) ? `${FILTER}(${guarded})` : guarded;
}

function isFiltered(node: FeelNode): boolean {
  if (node.parent?.name !== 'FilterExpression') return false;
  const [target, , filter] = childrenOf(node.parent);
  return target?.from === node.from && filter !== undefined && !INDEXES.has(filter.name);
}

function hasPlus(node: FeelNode, text: string): boolean {
  const operator = childrenOf(node)[1];
  return operator?.name === 'ArithOp' && text.slice(operator.from, operator.to) === '+';
}
