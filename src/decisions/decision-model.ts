/**
 * How the rows of a table become one result, by the letter that the table's corner shows
 * (DMN 1.3 §8.2): Unique, First, Any, Priority, Collect (as a list, sum, least, greatest, count),
 * Rule order, Output order.
 */
export type HitPolicy = 'U' | 'F' | 'A' | 'P' | 'C' | 'C+' | 'C<' | 'C>' | 'C#' | 'R' | 'O';

/** A column that asks. */
export interface DecisionInput {
  readonly id: string;
  /** The column's heading, or its expression when it has none. */
  readonly label: string;
  readonly expression: string;
  /** Unary tests that tell what may come in; for readers and editors, not enforced. */
  readonly allowedValues: string | null;
}

/** A column that answers. */
export interface DecisionOutput {
  readonly id: string;
  /** The key in the result; may be empty when it is the only output. */
  readonly name: string;
  readonly label: string;
  /** The possible answers, the most important first: unary tests one by one. */
  readonly allowedValues: readonly string[];
  /** FEEL for the answer when no row matches. */
  readonly defaultValue: string | null;
}

/** A row. Its entries stand in the order of the columns. */
export interface DecisionRule {
  readonly id: string;
  /** The row's number, from 1. */
  readonly index: number;
  readonly description: string;
  /** Unary tests; `-` asks nothing. */
  readonly inputEntries: readonly string[];
  /** FEEL expressions; an empty cell is `null`. */
  readonly outputEntries: readonly string[];
  /** What the columns beside the table say of the row, such as whose it is, by their headings. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface DecisionTable {
  readonly kind: 'table';
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly DecisionInput[];
  readonly outputs: readonly DecisionOutput[];
  readonly rules: readonly DecisionRule[];
}

/** A decision that is one FEEL expression. */
export interface DecisionExpression {
  readonly kind: 'expression';
  readonly expression: string;
}

export interface Decision {
  readonly id: string;
  readonly name: string;
  /** Names under which decisions that require this one know its result. */
  readonly resultNames: readonly string[];
  /** Ids of the decisions that are made first. */
  readonly requires: readonly string[];
  readonly logic: DecisionTable | DecisionExpression;
}

/** What one DMN file decides. */
export interface DecisionModel {
  readonly id: string;
  readonly name: string;
  readonly decisions: ReadonlyMap<string, Decision>;
}
