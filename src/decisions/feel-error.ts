import { InvalidError } from '../kernel/errors.js';

/**
 * What is wrong with a FEEL expression: it cannot be read, it failed with these variables, it would
 * cost too much, or its result has no JSON form.
 */
export type FeelErrorCode = 'feel_syntax' | 'feel_evaluation' | 'feel_limit' | 'feel_not_json';

const EXCERPT_LENGTH = 200;

/**
 * An expression that was refused. The message quotes the expression, which is the model's own text,
 * and never a variable's value, which may be about a person.
 */
export class FeelError extends InvalidError {
  declare readonly code: FeelErrorCode;
  readonly expression: string;
  /** Why, without the expression. */
  readonly reason: string;

  constructor(code: FeelErrorCode, expression: string, reason: string) {
    const excerpt =
      expression.length > EXCERPT_LENGTH ? `${expression.slice(0, EXCERPT_LENGTH)}…` : expression;
    super(code, `FEEL expression "${excerpt}": ${reason}`, { details: [{ reason }] });
    this.expression = expression;
    this.reason = reason;
  }
}

/** The same inside an evaluation, where the expression is not at hand; it becomes a `FeelError`. */
export class FeelFailure extends Error {
  readonly code: FeelErrorCode;

  constructor(code: FeelErrorCode, reason: string) {
    super(reason);
    this.code = code;
  }
}
