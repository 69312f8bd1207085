import { evaluate } from 'feelin';
import type { FeelFunction } from 'feelin';
import { Evaluation } from './evaluation.js';
import { FeelFailure } from './feel-error.js';
import type { FunctionFactory } from './feel-extensions.js';
import { functions } from './feel-functions.js';
import { guards } from './feel-guards.js';
import { DIALECT } from './feel-tree.js';
import { nameOf } from './feel-values.js';
import { withinTime } from './watchdog.js';

/** What FEEL went on without: an unknown variable, a type that does not fit. It answered null. */
export interface FeelWarning {
  /** feelin's name for it, such as `NO_VARIABLE_FOUND`. */
  readonly type: string;
  /** In English, with the types of values and never the values. */
  readonly message: string;
}

/** How long a loop or a regular expression may take before it is stopped, in milliseconds. */
const TIME_LIMIT_MS = 500;
const MAX_WARNINGS = 20;

type Warnings = ReturnType<typeof evaluate>['warnings'];

/**
 * The variables of one run. A class of its own, because feelin copies a plain object when it parses
 * but keeps this one, and looks into it at every run.
 */
class Scope {
  [name: string]: unknown;
}

/** An expression that feelin has parsed once and can run many times. */
export class FeelProgram {
  private readonly scope = new Scope();
  private readonly body: FeelFunction;
  private readonly warnings: Warnings;
  private readonly given: [string, FunctionFactory][];
  private readonly risky: boolean;

  /**
   * feelin parses at every evaluation (0.1 to 0.5 ms). A FEEL function without parameters is parsed
   * once: its body sees the scope as it is at each call, and adds to the one list of warnings.
   * `names` are the functions that the text calls, `shape` variables as they will be, because in
   * FEEL the known names decide how a text is read.
   */
  constructor(
    text: string,
    names: Iterable<string>,
    shape: Record<string, unknown>,
    risky: boolean,
  ) {
    this.given = [...names].flatMap((name): [string, FunctionFactory][] => {
      const factory = functionNamed(name);
      return factory ? [[name, factory]] : [];
    });
    this.risky = risky;
    this.fill(shape, new Evaluation(new Date(0)));
    const { value, warnings } = evaluate(`function() (\n${text}\n)`, this.scope, DIALECT);
    this.body = value as FeelFunction;
    this.warnings = warnings;
    this.empty();
  }

  /**
   * Runs it; the value is still feelin's own.
   * @throws FeelFailure
   */
  run(variables: Record<string, unknown>, now: Date): { value: unknown; warnings: FeelWarning[] } {
    this.fill(variables, new Evaluation(now));
    try {
      const call = (): unknown => this.body.invoke([]);
      const value = this.risky ? withinTime(TIME_LIMIT_MS, call) : call();
      return { value, warnings: readable(this.warnings) };
    } catch (error) {
      throw asFailure(error);
    } finally {
      this.empty();
    }
  }

  private fill(variables: Record<string, unknown>, evaluation: Evaluation): void {
    Object.assign(this.scope, variables);
    for (const [name, factory] of this.given) {
      // A variable hides a function of its name, as in every FEEL scope; but never a guard.
      if (Object.hasOwn(variables, name) && !name.startsWith('_')) continue;
      this.scope[name] = factory(evaluation);
    }
  }

  /** Nothing of a run stays behind: the variables belong to one case. */
  private empty(): void {
    for (const name of Object.keys(this.scope)) Reflect.deleteProperty(this.scope, name);
    this.warnings.length = 0;
  }
}

/** Our function of that name: domain functions, and guards around feelin's own. */
export function functionNamed(name: string): FunctionFactory | undefined {
  if (Object.hasOwn(functions, name)) return functions[name];
  return Object.hasOwn(guards, name) ? guards[name] : undefined;
}

function readable(warnings: Warnings): FeelWarning[] {
  const messages = new Map<string, FeelWarning>();
  for (const { type, details } of warnings) {
    const message = details.template.replaceAll(/\{(\w+)\}/g, (whole, key: string) =>
      Object.hasOwn(details.values, key) ? nameOf(details.values[key]) : whole,
    );
    if (messages.size < MAX_WARNINGS) messages.set(message, { type, message });
  }
  return [...messages.values()];
}

function asFailure(error: unknown): FeelFailure {
  if (error instanceof FeelFailure) return error;
  if (error instanceof RangeError) {
    // V8's words for a function that calls itself without end; others are our watchdog's.
    const isStack = error.message.startsWith('Maximum call stack');
    return new FeelFailure('feel_limit', isStack ? 'it calls itself too often' : error.message);
  }
  const message = error instanceof Error ? error.message : 'feelin failed';
  // feelin puts the bounds of a range, which may be data, into this message.
  const isRange = message.startsWith('unsupported range:');
  return new FeelFailure('feel_evaluation', isRange ? 'a range with such bounds' : message);
}
