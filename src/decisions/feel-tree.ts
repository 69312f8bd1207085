import { parseExpression, parseUnaryTests } from 'feelin';
import { FeelFailure } from './feel-error.js';
import { PATTERN_PARAMETERS } from './feel-guards.js';
import { patternProblem } from './safe-pattern.js';

/** Camunda's dialect: names in backticks. */
export const DIALECT = 'camunda';

/** What feelin's parser makes of a text. */
export type FeelTree = ReturnType<typeof parseExpression>;
export type FeelNode = FeelTree['topNode'];

const MAX_TREE_DEPTH = 500;
/** As many items as an evaluation may take steps. */
const MAX_SPAN = 100_000;

/** An expression, or the unary tests of a decision table's cell. */
export type FeelMode = 'expression' | 'unary tests';

/** What a text contains that decides how it must be run. */
export interface FeelTraits {
  /** Every variable and function that it names. */
  readonly names: ReadonlySet<string>;
  /** Whether it can go round: loops and function definitions. */
  readonly loops: boolean;
  /** Whether it searches with a regular expression. */
  readonly patterns: boolean;
}

/** Parses a text with the names that are known. Errors are nodes of the tree: see `inspectTree`. */
export function parseTree(
  text: string,
  mode: FeelMode,
  context: Record<string, unknown>,
): FeelTree {
  const parse = mode === 'expression' ? parseExpression : parseUnaryTests;
  return parse(text, context, DIALECT);
}

/** The children that mean something: without comments, but with errors. */
export function childrenOf(node: FeelNode): FeelNode[] {
  const children: FeelNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isSkipped || child.type.isError) children.push(child);
  }
  return children;
}

/** The text of a name, as feelin looks it up: single spaces, no comments, no backticks. */
export function nameText(node: FeelNode, text: string): string {
  return childrenOf(node)
    .map((part) => text.slice(part.from, part.to).replaceAll('`', ''))
    .join(' ');
}

/**
 * Checks a tree for errors and for what would cost too much, and tells its traits.
 * @throws FeelFailure `feel_syntax` or `feel_limit`
 */
export function inspectTree(tree: FeelTree, text: string): FeelTraits {
  const names = new Set<string>();
  let loops = false;
  let patterns = false;
  const visit = (node: FeelNode, depth: number) => {
    if (node.type.isError) throw syntaxFailure(node, text);
    if (depth > MAX_TREE_DEPTH) throw limit('it is nested too deep');
    if (node.name === 'VariableName') names.add(nameText(node, text));
    if (['ForExpression', 'QuantifiedExpression', 'FunctionDefinition'].includes(node.name)) {
      loops = true;
    }
    if (node.name === 'IterationContext' || node.name === 'Interval') checkSpan(node, text);
    if (node.name === 'SimplePositiveUnaryTest') checkComparison(node, text);
    if (isPatternName(node, text)) {
      patterns = true;
      checkPattern(node, text);
    }
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(tree.topNode, 0);
  return { names, loops, patterns };
}

function syntaxFailure(node: FeelNode, text: string): FeelFailure {
  const found = text.slice(node.from, node.to).trim() || text.slice(node.from).trim().slice(0, 20);
  const what = found === '' ? 'it is incomplete' : `"${found}" is unexpected`;
  return new FeelFailure('feel_syntax', `${what} at character ${node.from + 1}`);
}

/** "> 5 and < 7" reads as `> (5 and …)`, which never matches anything. */
function checkComparison(node: FeelNode, text: string): void {
  const operand = childrenOf(node)[1];
  if (operand?.name !== 'Conjunction' && operand?.name !== 'Disjunction') return;
  const tests = text.slice(node.from, node.to);
  throw new FeelFailure(
    'feel_syntax',
    `"${tests}" compares with a condition; write a range or use ?`,
  );
}

function checkSpan(node: FeelNode, text: string): void {
  const bounds = childrenOf(node)
    .filter(({ name }) => name === 'NumericLiteral')
    .map(({ from, to }) => Number(text.slice(from, to).replaceAll(/\s/g, '')));
  const [start, end] = bounds;
  if (node.name === 'Interval' && node.parent?.parent?.name !== 'IterationContext') return;
  if (start !== undefined && end !== undefined && Math.abs(end - start) >= MAX_SPAN) {
    throw limit(`it iterates over more than ${MAX_SPAN} numbers`);
  }
}

function isPatternName(node: FeelNode, text: string): boolean {
  return node.name === 'VariableName' && Object.hasOwn(PATTERN_PARAMETERS, nameText(node, text));
}

/** A pattern must stand in the model, where it can be checked: text from data is never evaluated. */
function checkPattern(node: FeelNode, text: string): void {
  const name = nameText(node, text);
  const pattern = node.parent?.name === 'FunctionInvocation' ? patternOf(node, text) : undefined;
  if (!pattern) throw limit(`${name} needs its pattern as a text in the expression itself`);
  const problem = patternProblem(unquote(text.slice(pattern.from, pattern.to)));
  if (problem) throw limit(problem);
}

function patternOf(node: FeelNode, text: string): FeelNode | undefined {
  const parameters = node.parent && childrenOf(node.parent)[2];
  if (!parameters) return undefined;
  const parts = childrenOf(parameters);
  if (parameters.name === 'PositionalParameters') return literal(parts[1]);
  const wanted = PATTERN_PARAMETERS[nameText(node, text)];
  for (const part of parts) {
    const [name, value] = childrenOf(part);
    if (name && text.slice(name.from, name.to) === wanted) return literal(value);
  }
  return undefined;
}

function literal(node: FeelNode | undefined): FeelNode | undefined {
  return node?.name === 'StringLiteral' ? node : undefined;
}

/** FEEL and JSON escape the same way but for line ends, which no pattern has. */
function unquote(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
}

function limit(reason: string): FeelFailure {
  return new FeelFailure('feel_limit', reason);
}
