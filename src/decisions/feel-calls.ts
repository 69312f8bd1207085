import { evaluate } from 'feelin';
import { FeelFailure } from './feel-error.js';
import { functions } from './feel-functions.js';
import { childrenOf, DIALECT, nameText } from './feel-tree.js';
import type { FeelNode } from './feel-tree.js';

/** Named in the standard and in feelin, which then answers null or fails. */
const UNSUPPORTED = new Set([
  'overlaps before',
  'overlaps after',
  'finishes',
  'finished by',
  'during',
  'starts',
  'started by',
  'coincides',
]);

/**
 * Refuses calls of functions that there are not. FEEL would answer null, and a misspelt function in a
 * deadline or a condition would do nothing in silence. Variables hold JSON, so a function is built
 * in, ours, or named in the expression itself.
 * @throws FeelFailure `feel_syntax`
 */
export function checkCalls(top: FeelNode, text: string): void {
  const called = new Set<string>();
  const named = new Set<string>();
  const visit = (node: FeelNode) => {
    const [target] = childrenOf(node);
    if (node.name === 'FunctionInvocation' && target?.name === 'VariableName') {
      called.add(nameText(target, text));
    }
    if (node.name === 'Name') named.add(nameText(node, text));
    for (const child of childrenOf(node)) visit(child);
  };
  visit(top);
  for (const name of called) {
    if (named.has(name) || Object.hasOwn(functions, name)) continue;
    if (!isBuiltin(name)) throw new FeelFailure('feel_syntax', `there is no function "${name}"`);
    if (UNSUPPORTED.has(name)) {
      throw new FeelFailure('feel_syntax', `the function "${name}" is not supported`);
    }
  }
}

function isBuiltin(name: string): boolean {
  return typeof evaluate(`\`${name}\``, {}, DIALECT).value === 'function';
}
