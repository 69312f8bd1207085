import type { JsonObject, JsonValue } from '../kernel/json.js';
import { applyHitPolicy } from './apply-hit-policy.js';
import type { Hit } from './apply-hit-policy.js';
import type { DecisionOutput, DecisionRule, DecisionTable } from './decision-model.js';
import type { ExplainedInput, ExplainedRule } from './explanation.js';
import { FeelError } from './feel-error.js';
import { feelJson, runFeel } from './feel.js';
import type { FeelContext, FeelOptions, FeelWarning } from './feel.js';

/** What a table came to, and the parts of its explanation. */
interface TableResult {
  raw: unknown;
  value: JsonValue;
  inputs: ExplainedInput[];
  matched: ExplainedRule[];
  warnings: string[];
}

/** Evaluates one table. `name` is the decision's, for messages. */
export function evaluateTable(
  name: string,
  table: DecisionTable,
  context: FeelContext,
  options: FeelOptions,
): TableResult {
  return new TableEvaluation(name, table, context, options).result();
}

class TableEvaluation {
  private readonly name: string;
  private readonly table: DecisionTable;
  private readonly context: FeelContext;
  private readonly options: FeelOptions;
  private readonly warnings = new Set<string>();
  /** What a cell answered, by column and text: the same text often stands in many rows. */
  private readonly answers: Map<string, boolean>[];

  constructor(name: string, table: DecisionTable, context: FeelContext, options: FeelOptions) {
    this.name = name;
    this.table = table;
    this.context = context;
    this.options = options;
    this.answers = table.inputs.map(() => new Map<string, boolean>());
  }

  result(): TableResult {
    const { hitPolicy, inputs, outputs, rules } = this.table;
    const values = inputs.map(({ label, expression }) =>
      this.run(expression, `column "${label}"`, (text) => this.feel(text)),
    );
    const asked = inputs.map(({ label, expression }, index) => ({
      label,
      expression,
      value: feelJson(expression, values[index]),
    }));
    const contexts = values.map((value) => ({ ...this.context, '?': value }));
    const hits: Hit[] = [];
    for (const rule of rules) {
      if (!this.matches(rule, contexts)) continue;
      hits.push(this.hit(rule));
      if (hitPolicy === 'F') break;
    }
    const { raw, used } =
      hits.length > 0
        ? applyHitPolicy(this.name, this.table, hits)
        : { raw: this.whenNoneMatches(outputs), used: [] };
    return {
      raw,
      value: feelJson(this.name, raw),
      inputs: asked,
      matched: used.map((hit) => this.explain(hit, asked)),
      warnings: [...this.warnings],
    };
  }

  /** `contexts` hold each column's input as `?`. */
  private matches(rule: DecisionRule, contexts: readonly FeelContext[]): boolean {
    return rule.inputEntries.every((text, column) => {
      if (text === '-') return true;
      const known = this.answers[column]?.get(text);
      if (known !== undefined) return known;
      const place = `row ${rule.index}, column "${this.table.inputs[column]?.label ?? ''}"`;
      const answer = this.run(text, place, (tests) => this.test(tests, contexts[column] ?? {}));
      this.answers[column]?.set(text, answer);
      return answer;
    });
  }

  private hit(rule: DecisionRule): Hit {
    const answers = this.table.outputs.map(({ label }, column) =>
      this.run(
        rule.outputEntries[column] ?? 'null',
        `row ${rule.index}, column "${label}"`,
        (text) => {
          const raw = this.feel(text);
          return { raw, json: feelJson(text, raw) };
        },
      ),
    );
    return { rule, raw: answers.map(({ raw }) => raw), json: answers.map(({ json }) => json) };
  }

  /** The default output values of DMN 1.3 §8.2 answer when no row does; none were counted. */
  private whenNoneMatches(outputs: readonly DecisionOutput[]): unknown {
    if (this.table.hitPolicy === 'C#') return 0;
    if (outputs.every(({ defaultValue }) => defaultValue === null)) return null;
    const values = outputs.map(({ label, defaultValue }) =>
      this.run(defaultValue ?? 'null', `default of column "${label}"`, (text) => this.feel(text)),
    );
    if (outputs.length === 1) return values[0];
    return Object.fromEntries(outputs.map(({ name }, index) => [name, values[index]]));
  }

  private explain({ rule, json }: Hit, asked: readonly ExplainedInput[]): ExplainedRule {
    const conditions = asked.flatMap(({ label, value }, column) => {
      const test = rule.inputEntries[column] ?? '-';
      return test === '-' ? [] : [{ input: label, test, value }];
    });
    const outputs: JsonObject = {};
    this.table.outputs.forEach(({ name, label }, column) => {
      outputs[name || label] = json[column] ?? null;
    });
    const { id, index, description } = rule;
    return { ruleId: id, index, description, conditions, outputs };
  }

  private feel(text: string): unknown {
    const { value, warnings } = runFeel(text, 'expression', this.context, this.options);
    this.warn(warnings);
    return value;
  }

  private test(tests: string, context: FeelContext): boolean {
    const { value, warnings } = runFeel(tests, 'unary tests', context, this.options);
    this.warn(warnings);
    return value === true;
  }

  private warn(warnings: readonly FeelWarning[]): void {
    for (const { message } of warnings) this.warnings.add(message);
  }

  /** Tells where in the table an expression failed. */
  private run<Value>(text: string, place: string, evaluate: (text: string) => Value): Value {
    try {
      return evaluate(text);
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      const where = `decision "${this.name}", ${place}`;
      throw new FeelError(error.code, text, `${error.reason} (${where})`);
    }
  }
}
