import type { JsonValue } from '../kernel/json.js';
import type { HitPolicy } from './decision-model.js';

/** An input column: what it asked, and what the case answered. */
export type ExplainedInput = {
  label: string;
  expression: string;
  value: JsonValue;
};

/** One cell of a row that matched. */
export type ExplainedCondition = {
  /** The label of the input column. */
  input: string;
  test: string;
  value: JsonValue;
};

/** A row that matched, in the words of the table. */
export type ExplainedRule = {
  ruleId: string;
  /** The row's number in the table, from 1. */
  index: number;
  /** The row's own explanation, or its annotations. */
  description: string;
  /** The cells that asked for something; a cell `-` did not. */
  conditions: ExplainedCondition[];
  outputs: { [name: string]: JsonValue };
};

/** Why a decision came out as it did: JSON that a person can read, kept with the case. */
export type Explanation = {
  decisionId: string;
  name: string;
  /** `null` for a decision that is one expression. */
  hitPolicy: HitPolicy | null;
  inputs: ExplainedInput[];
  matched: ExplainedRule[];
  /** How the decisions came out that this one asked first. */
  requires: Explanation[];
  /** What the evaluation went on without, such as "Variable 'place' not found". */
  warnings: string[];
};
