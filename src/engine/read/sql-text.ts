import type { JsonValue } from '../../kernel/json.js';

/** The parameters of a statement that is put together from conditions. */
export class SqlText {
  readonly parameters: JsonValue[];

  constructor(first: readonly JsonValue[] = []) {
    this.parameters = [...first];
  }

  /** Adds a value; the placeholder that stands for it in the text. */
  parameter(value: JsonValue): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }
}
