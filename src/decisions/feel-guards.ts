import { evaluate, FeelFunction, FeelRange } from 'feelin';
import type { Evaluation } from './evaluation.js';
import { FeelFailure } from './feel-error.js';
import { MAX_SEARCHED_TEXT } from './feel-extensions.js';
import type { FunctionFactory } from './feel-extensions.js';
import { nameOf } from './feel-values.js';

/** The names under which a checked expression calls its guards; no model writes these. */
export const ITERATE = '_iterate';
export const FILTER = '_filter';
export const RANGE = '_range';
export const TICK = '_tick';
export const TEXT = '_text';

/** The functions that take a pattern, and the parameter that is one. */
export const PATTERN_PARAMETERS: Readonly<Record<string, string>> = {
  matches: 'pattern',
  replace: 'pattern',
  split: 'delimiter',
  extract: 'pattern',
};

const LIST_FUNCTIONS =
  'append,concatenate,insert before,list replace,list contains,remove,reverse,sublist,index of,' +
  'sort,string join,context merge,min,max,sum,mean,all,any,product,median,stddev,mode';
const DEEP_FUNCTIONS = 'flatten,union,distinct values,string,is,context,get entries,context put';

type Builtin = ((...args: unknown[]) => unknown) & { $args: string[] };

/**
 * What an expression is given so that it cannot run away. feelin itself has no limits: it writes a
 * range out in full, never ends for one with a fraction or an excluded equal bound, and joins lists
 * of any length.
 */
export const guards: Readonly<Record<string, FunctionFactory>> = {
  [ITERATE]: (evaluation) =>
    new FeelFunction((source: unknown) => iterate(evaluation, source), ['source']),
  [FILTER]: (evaluation) =>
    new FeelFunction((source: unknown) => pay(evaluation, source), ['source']),
  [RANGE]: (evaluation) =>
    new FeelFunction(
      (start: unknown, end: unknown) => itemsOf(evaluation, start, end, true, true),
      ['start', 'end'],
    ),
  [TICK]: (evaluation) =>
    new FeelFunction(() => {
      evaluation.spend(1);
      return true;
    }, []),
  [TEXT]: (evaluation) =>
    new FeelFunction(
      (value: unknown) => {
        evaluation.checkText(value);
        return value;
      },
      ['value'],
    ),
  ...guardAll(LIST_FUNCTIONS, (evaluation, args) => {
    for (const arg of args) evaluation.spend(Array.isArray(arg) ? arg.length : 1);
  }),
  ...guardAll(DEEP_FUNCTIONS, (evaluation, args) => {
    for (const arg of args) evaluation.spendDeep(arg);
  }),
  ...guardAll('matches,replace,split', (evaluation, args) => {
    for (const arg of args) evaluation.checkText(arg, MAX_SEARCHED_TEXT);
  }),
};

function guardAll(
  names: string,
  check: (evaluation: Evaluation, args: unknown[]) => void,
): Record<string, FunctionFactory> {
  return Object.fromEntries(
    names.split(',').map((name) => {
      const builtin = evaluate(name).value as Builtin;
      const factory: FunctionFactory = (evaluation) =>
        new FeelFunction((...args: unknown[]) => {
          check(evaluation, args);
          const result = builtin(...args);
          evaluation.checkText(result);
          if (Array.isArray(result)) evaluation.spend(result.length);
          return result;
        }, builtin.$args);
      return [name, factory];
    }),
  );
}

/** The items of a loop's source, paid for before feelin makes a context of each. */
function iterate(evaluation: Evaluation, source: unknown): unknown {
  if (source instanceof FeelRange) {
    return itemsOf(
      evaluation,
      source.start,
      source.end,
      source['start included'],
      source['end included'],
    );
  }
  return pay(evaluation, source);
}

function pay(evaluation: Evaluation, source: unknown): unknown {
  if (Array.isArray(source)) evaluation.spend(source.length);
  return source;
}

function itemsOf(
  evaluation: Evaluation,
  start: unknown,
  end: unknown,
  startIncluded: boolean,
  endIncluded: boolean,
): unknown[] | null {
  if (start === null || end === null) return null;
  if (!Number.isInteger(start) || !Number.isInteger(end)) {
    const bounds = `${nameOf(start)} to ${nameOf(end)}`;
    throw new FeelFailure('feel_evaluation', `only whole numbers can be iterated, not ${bounds}`);
  }
  const [first, last] = [Number(start), Number(end)];
  const count = Math.abs(last - first) + 1;
  evaluation.spend(count);
  const direction = first <= last ? 1 : -1;
  const items = Array.from({ length: count }, (_, index) => first + index * direction);
  return items.filter(
    (item) => (startIncluded || item !== first) && (endIncluded || item !== last),
  );
}
