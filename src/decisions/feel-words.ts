import { FeelFailure } from './feel-error.js';

/** Longer than any expression that a person still understands. */
export const MAX_TEXT_LENGTH = 10_000;
/** The parser takes quadratic time in the nesting of brackets. */
export const MAX_BRACKET_DEPTH = 100;

const STRINGS_AND_COMMENTS = /"(?:[^"\\]|\\[^])*"|\/\/[^\n]*|\/\*[^]*?\*\//g;
const WORD = /[A-Za-z_?\u00c0-\u024f][A-Za-z0-9_?\u00c0-\u024f]*/g;
const SIMPLE_NAME = /^[A-Za-z_?\u00c0-\u024f][A-Za-z0-9_\u00c0-\u024f]*$/;

/** Words that FEEL keeps for itself: a variable of that name could only break the expression. */
const RESERVED = new Set(
  (
    'for in return if then else some every satisfies or and between instance of function ' +
    'null true false external not'
  ).split(' '),
);

/** Words with a meaning of their own in some places: a variable of that name changes the parse. */
const CONTEXTUAL = new Set(
  'date time duration days years months list context partial item'.split(' '),
);

/** The names that an expression can mean, as far as its text alone tells. */
export interface FeelWords {
  /** Names that may be variables: not calls, not property names, not reserved. */
  readonly variables: ReadonlySet<string>;
  /** Everything in letters, to look for names of several words or with operators. */
  readonly all: ReadonlySet<string>;
}

/**
 * Checks the size of an expression and collects its words. A word before "(" is a call and not a
 * variable, because variables hold JSON and never functions: so a variable `date` or `count` does
 * not break `date("2026-01-01")` or `count(items)`.
 * @throws FeelFailure `feel_limit`
 */
export function readWords(text: string): FeelWords {
  if (text.length > MAX_TEXT_LENGTH) {
    throw new FeelFailure('feel_limit', `it is longer than ${MAX_TEXT_LENGTH} characters`);
  }
  const code = text.replace(STRINGS_AND_COMMENTS, ' ');
  checkBrackets(code);
  const variables = new Set<string>();
  const all = new Set<string>();
  for (const { 0: word, index } of code.matchAll(WORD)) {
    all.add(word);
    const before = code.slice(0, index).trimEnd();
    const after = code.slice(index + word.length).trimStart();
    const isPath = before.endsWith('.') && !before.endsWith('..');
    if (!isPath && !after.startsWith('(') && !RESERVED.has(word)) variables.add(word);
  }
  return { variables, all };
}

/** Whether a name is parsed the same, known or unknown: one word without a meaning in FEEL. */
export function isSimpleName(name: string): boolean {
  return SIMPLE_NAME.test(name) && !RESERVED.has(name) && !CONTEXTUAL.has(name);
}

/** Whether an expression with these words may mean this variable. */
export function mayMean(words: FeelWords, name: string): boolean {
  if (SIMPLE_NAME.test(name)) return words.variables.has(name);
  const parts = name.match(WORD);
  return !parts || parts.every((part) => words.all.has(part));
}

function checkBrackets(code: string): void {
  let depth = 0;
  for (const character of code) {
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth > MAX_BRACKET_DEPTH) {
      throw new FeelFailure('feel_limit', `its brackets nest deeper than ${MAX_BRACKET_DEPTH}`);
    }
  }
}
