import { FeelFailure } from './feel-error.js';

/** How many list items and function calls one evaluation may go through. */
export const MAX_STEPS = 100_000;
/** The longest text that an expression may build, in UTF-16 units. */
export const MAX_RESULT_TEXT = 1_000_000;

/** One run of one expression: its time, and what it has spent. */
export class Evaluation {
  readonly now: Date;
  private steps = 0;

  constructor(now: Date) {
    this.now = now;
  }

  /** @throws FeelFailure `feel_limit` when that makes too many steps */
  spend(steps: number): void {
    this.steps += steps;
    // Written so that NaN is refused as well.
    if (!(this.steps <= MAX_STEPS)) {
      throw new FeelFailure('feel_limit', `it takes more than ${MAX_STEPS} steps`);
    }
  }

  /** Spends one step for every item and entry, also those of lists and contexts inside. */
  spendDeep(value: unknown): void {
    this.spend(1);
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value) this.spendDeep(item);
    else if (Object.getPrototypeOf(value) === Object.prototype) {
      for (const item of Object.values(value)) this.spendDeep(item);
    }
  }

  /** @throws FeelFailure `feel_limit` for a text beyond `longest` UTF-16 units */
  checkText(value: unknown, longest = MAX_RESULT_TEXT): void {
    if (typeof value === 'string' && value.length > longest) {
      throw new FeelFailure('feel_limit', `a text is longer than ${longest} characters`);
    }
  }
}
