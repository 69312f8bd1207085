import { checkCalls } from './feel-calls.js';
import { FeelFailure } from './feel-error.js';
import { functions } from './feel-functions.js';
import { FILTER, ITERATE, RANGE, TEXT, TICK } from './feel-guards.js';
import { FeelProgram } from './feel-program.js';
import type { FeelWarning } from './feel-program.js';
import { guardedText } from './feel-rewrite.js';
import { childrenOf, inspectTree, nameText, parseTree } from './feel-tree.js';
import type { FeelMode, FeelNode } from './feel-tree.js';
import { toFeelValue } from './feel-values.js';
import { isSimpleName, mayMean, readWords } from './feel-words.js';
import type { FeelWords } from './feel-words.js';
import { unaryTestsText } from './unary-tests.js';

/** The result as feelin's own value, and what it went on without. */
export interface FeelOutcome {
  readonly value: unknown;
  readonly warnings: readonly FeelWarning[];
}

type Variables = Record<string, unknown>;

const GUARDS = [FILTER, ITERATE, RANGE, TEXT, TICK];
/** One text is read in very few ways; the bound is against names that come from data. */
const MAX_PROGRAMS = 8;

/** A FEEL text and the programs it was compiled to, one for each way that known names let it read. */
export class FeelSource {
  private readonly text: string;
  private readonly mode: FeelMode;
  private readonly words: FeelWords;
  private readonly programs = new Map<string, FeelProgram>();

  /** @throws FeelFailure `feel_limit` for a text too long or too deep */
  constructor(text: string, mode: FeelMode) {
    this.text = text;
    this.mode = mode;
    this.words = readWords(text);
  }

  /** @throws FeelFailure */
  run(context: Variables, now: Date): FeelOutcome {
    const { variables, signature } = this.select(context);
    let program = this.programs.get(signature);
    if (!program) {
      program = this.compile(variables);
      const [oldest] = this.programs.keys();
      if (oldest !== undefined && this.programs.size >= MAX_PROGRAMS) this.programs.delete(oldest);
      this.programs.set(signature, program);
    }
    return program.run(variables, now);
  }

  /**
   * Compiles it for variables of these names, and keeps nothing.
   * @throws FeelFailure `feel_syntax` or `feel_limit`
   */
  check(names: readonly string[]): void {
    this.compile(this.select(Object.fromEntries(names.map((name) => [name, null]))).variables);
  }

  /** The variables that the text may mean, and the names among them that decide how it is read. */
  private select(context: Variables): { variables: Variables; signature: string } {
    const variables: Variables = {};
    const decisive: string[] = [];
    const visit = (key: string, path: string) => {
      if (!isSimpleName(key)) decisive.push(`${path}${key}`);
    };
    for (const name of Object.keys(context)) {
      const isInput = name === '?' && this.mode === 'unary tests';
      if (name === '__proto__' || !(isInput || mayMean(this.words, name))) continue;
      visit(name, '');
      variables[name] = toFeelValue(context[name], visit, `${name}.`);
    }
    return { variables, signature: decisive.sort().join('\n') };
  }

  private compile(variables: Variables): FeelProgram {
    const { text, mode } = this;
    const known = { ...variables };
    for (const name of Object.keys(functions)) if (mayMean(this.words, name)) known[name] = 1;
    const tree = parseTree(text, mode, known);
    const { names, loops, patterns } = inspectTree(tree, text);
    const top = tree.topNode;
    checkCalls(top, text);
    const guarded =
      mode === 'expression' ? guardedText(top, text, loops) : unaryTestsText(top, text, loops);
    if (mode === 'expression') checkSameNames(top, text, guarded, known);
    const used = [...names, ...GUARDS.filter((name) => guarded.includes(name))];
    return new FeelProgram(guarded, used, variables, loops || patterns);
  }
}

/**
 * Inside a guard the parser no longer knows the entries of a context that stands in a list, so a
 * name with an operator such as `min-value` would be read as a subtraction there.
 */
function checkSameNames(top: FeelNode, text: string, guarded: string, known: Variables): void {
  if (guarded === text) return;
  const before = namesIn(top, text);
  const after = namesIn(parseTree(guarded, 'expression', known).topNode, guarded);
  if (before.join('\n') !== after.filter((name) => !GUARDS.includes(name)).join('\n')) {
    throw new FeelFailure(
      'feel_limit',
      'a name with an operator cannot be used in a loop or filter; put it in backticks',
    );
  }
}

function namesIn(node: FeelNode, text: string): string[] {
  if (node.name === 'VariableName' || node.name === 'PathName') return [nameText(node, text)];
  return childrenOf(node).flatMap((child) => namesIn(child, text));
}
