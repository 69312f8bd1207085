import type { DmnElement } from 'dmn-moddle';
import type {
  DecisionInput,
  DecisionOutput,
  DecisionRule,
  DecisionTable,
  HitPolicy,
} from './decision-model.js';
import type { DmnProblems } from './dmn-problems.js';
import { splitUnaryTests } from './feel.js';

const HIT_POLICIES: Readonly<Record<string, HitPolicy>> = {
  UNIQUE: 'U',
  FIRST: 'F',
  ANY: 'A',
  PRIORITY: 'P',
  COLLECT: 'C',
  'RULE ORDER': 'R',
  'OUTPUT ORDER': 'O',
};

const AGGREGATORS: Readonly<Record<string, HitPolicy>> = {
  SUM: 'C+',
  MIN: 'C<',
  MAX: 'C>',
  COUNT: 'C#',
};

/** Reads the table of a decision, and tells every problem with its row and column. */
export function readDecisionTable(
  decision: DmnElement,
  table: DmnElement,
  names: readonly string[],
  problems: DmnProblems,
): DecisionTable {
  const inputs = (table.input ?? []).map((input, index) =>
    readInput(decision, input, index, names, problems),
  );
  const outputs = (table.output ?? []).map((output, index) =>
    readOutput(decision, output, index, names, problems),
  );
  checkOutputNames(decision, outputs, problems);
  const hitPolicy = readHitPolicy(decision, table, outputs, problems);
  const headings = (table.annotation ?? []).map(({ name = '' }) => name);
  const rules = (table.rule ?? []).map((rule, index) =>
    readRule(decision, rule, { inputs, outputs, index, names, headings }, problems),
  );
  return { kind: 'table', hitPolicy, inputs, outputs, rules };
}

function readInput(
  decision: DmnElement,
  input: DmnElement,
  index: number,
  names: readonly string[],
  problems: DmnProblems,
): DecisionInput {
  const expression = textOf(input.inputExpression);
  const label = input.label ?? (expression || `input ${index + 1}`);
  const place = `column "${label}"`;
  problems.checkLanguage(decision, input.inputExpression);
  if (expression === '') problems.add(decision, `${place} has no expression`);
  else problems.checkExpression(decision, place, expression, names);
  const allowed = textOf(input.inputValues);
  if (allowed !== '') problems.checkTests(decision, `values of ${place}`, allowed, names);
  return { id: input.id ?? '', label, expression, allowedValues: allowed || null };
}

function readOutput(
  decision: DmnElement,
  output: DmnElement,
  index: number,
  names: readonly string[],
  problems: DmnProblems,
): DecisionOutput {
  const name = output.name ?? '';
  const label = output.label ?? (name || `output ${index + 1}`);
  const place = `column "${label}"`;
  const allowed = textOf(output.outputValues);
  if (allowed !== '') problems.checkTests(decision, `values of ${place}`, allowed, names);
  const defaultValue = textOf(output.defaultOutputEntry);
  problems.checkLanguage(decision, output.defaultOutputEntry);
  if (defaultValue !== '') {
    problems.checkExpression(decision, `default of ${place}`, defaultValue, names);
  }
  return {
    id: output.id ?? '',
    name,
    label,
    allowedValues: allowed === '' ? [] : splitUnaryTests(allowed),
    defaultValue: defaultValue || null,
  };
}

function checkOutputNames(
  decision: DmnElement,
  outputs: readonly DecisionOutput[],
  problems: DmnProblems,
): void {
  if (outputs.length === 0) problems.add(decision, 'the table has no output');
  const seen = new Set<string>();
  for (const { name, label } of outputs) {
    if (outputs.length > 1 && name === '') {
      problems.add(decision, `column "${label}" needs a name, because there are several outputs`);
    } else if (seen.has(name) || name === '__proto__') {
      problems.add(decision, `the output name "${name}" is used twice or not allowed`);
    }
    seen.add(name);
  }
}

function readHitPolicy(
  decision: DmnElement,
  table: DmnElement,
  outputs: readonly DecisionOutput[],
  problems: DmnProblems,
): HitPolicy {
  const { hitPolicy: text = 'UNIQUE', aggregation } = table;
  const policy = HIT_POLICIES[text];
  if (!policy) {
    problems.add(decision, `the hit policy ${text} does not exist`);
    return 'U';
  }
  if (aggregation !== undefined) {
    const aggregator = AGGREGATORS[aggregation];
    if (!aggregator) problems.add(decision, `the aggregation ${aggregation} does not exist`);
    if (policy !== 'C')
      problems.add(decision, 'an aggregation goes with the hit policy COLLECT only');
    // DMN 1.3 §8.2: collect operators are not defined over multiple outputs.
    if (outputs.length > 1) problems.add(decision, 'an aggregation needs exactly one output');
    return aggregator ?? policy;
  }
  if (policy === 'P' || policy === 'O') {
    for (const { label } of outputs.filter(({ allowedValues }) => allowedValues.length === 0)) {
      problems.add(
        decision,
        `column "${label}" needs its values in order for the hit policy ${text}`,
      );
    }
  }
  return policy;
}

interface Columns {
  inputs: readonly DecisionInput[];
  outputs: readonly DecisionOutput[];
  index: number;
  names: readonly string[];
  headings: readonly string[];
}

function readRule(
  decision: DmnElement,
  rule: DmnElement,
  { inputs, outputs, index, names, headings }: Columns,
  problems: DmnProblems,
): DecisionRule {
  const row = `row ${index + 1}`;
  const tests = rule.inputEntry ?? [];
  const answers = rule.outputEntry ?? [];
  if (tests.length !== inputs.length || answers.length !== outputs.length) {
    problems.add(decision, `${row} has another number of cells than the table has columns`);
  }
  for (const entry of [...tests, ...answers]) problems.checkLanguage(decision, entry);
  const inputEntries = tests.map((entry) => textOf(entry) || '-');
  const outputEntries = answers.map((entry) => textOf(entry).replace(/^-?$/, 'null'));
  inputEntries.forEach((text, column) => {
    const place = `${row}, column "${inputs[column]?.label ?? ''}"`;
    if (text !== '-') problems.checkTests(decision, place, text, names);
  });
  outputEntries.forEach((text, column) => {
    const place = `${row}, column "${outputs[column]?.label ?? ''}"`;
    problems.checkExpression(decision, place, text, names);
  });
  return {
    id: rule.id ?? row,
    index: index + 1,
    description: describe(rule),
    inputEntries,
    outputEntries,
    annotations: Object.fromEntries(
      (rule.annotationEntry ?? []).map((entry, at) => [headings[at] ?? '', textOf(entry)]),
    ),
  };
}

/** What the row says of itself; its annotations (who owns it, by which law) only where it says nothing. */
function describe(rule: DmnElement): string {
  const annotations = (rule.annotationEntry ?? []).map(textOf).filter((text) => text !== '');
  return rule.description?.trim() || annotations.join('; ');
}

function textOf(element: DmnElement | undefined): string {
  return element?.text?.trim() ?? '';
}
