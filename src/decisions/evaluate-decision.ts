import { systemClock } from '../kernel/clock.js';
import { NotFoundError } from '../kernel/errors.js';
import type { JsonValue } from '../kernel/json.js';
import type { Decision, DecisionModel } from './decision-model.js';
import { evaluateTable } from './evaluate-table.js';
import type { Explanation } from './explanation.js';
import { feelJson, runFeel } from './feel.js';
import type { FeelContext, FeelOptions } from './feel.js';

/** A decision's result, and why. */
export interface DecisionResult {
  readonly value: JsonValue;
  readonly explanation: Explanation;
}

/** The result as FEEL's own value as well, so that a date stays one for the next decision. */
interface Made extends DecisionResult {
  readonly raw: unknown;
}

/**
 * Makes a decision, after those that it requires; each is made once. One output gives its value,
 * several an object by their names; collecting hit policies give a list. When no row matches, the
 * result is the outputs' default value or null, and 0 when rows are counted.
 * @throws NotFoundError `decision_not_found`
 * @throws InvalidError `decision_not_unique`, `decision_outputs_differ`,
 * `decision_output_not_listed` or `decision_not_numbers` when the rows that match do not fit the hit
 * policy
 * @throws FeelError when an expression fails
 */
export function evaluateDecision(
  model: DecisionModel,
  decisionId: string,
  context: FeelContext,
  options: FeelOptions = {},
): DecisionResult {
  const made = new Map<string, Made>();
  // One decision is made at one moment, however many expressions ask for the time.
  const moment = { now: options.now ?? systemClock() };
  const make = (id: string): Made => {
    const known = made.get(id);
    if (known) return known;
    const decision = model.decisions.get(id);
    if (!decision) throw new NotFoundError('decision_not_found', `There is no decision "${id}".`);
    const required = decision.requires.map(make);
    const results = decision.requires.flatMap((requiredId, index) =>
      namesOf(model, requiredId).map((name) => [name, required[index]?.raw]),
    );
    const scope = { ...context, ...Object.fromEntries(results) } as FeelContext;
    const explanations = required.map(({ explanation }) => explanation);
    const result = makeOne(decision, scope, explanations, moment);
    made.set(id, result);
    return result;
  };
  const { value, explanation } = make(decisionId);
  return { value, explanation };
}

function makeOne(
  decision: Decision,
  context: FeelContext,
  requires: Explanation[],
  options: FeelOptions,
): Made {
  const { id, name, logic } = decision;
  const head = { decisionId: id, name };
  if (logic.kind === 'table') {
    const { raw, value, ...why } = evaluateTable(name, logic, context, options);
    return { raw, value, explanation: { ...head, hitPolicy: logic.hitPolicy, ...why, requires } };
  }
  const { expression } = logic;
  const { value: raw, warnings } = runFeel(expression, 'expression', context, options);
  const value = feelJson(expression, raw);
  return {
    raw,
    value,
    explanation: {
      ...head,
      hitPolicy: null,
      inputs: [{ label: name, expression, value }],
      matched: [],
      requires,
      warnings: warnings.map(({ message }) => message),
    },
  };
}

function namesOf(model: DecisionModel, id: string): readonly string[] {
  return model.decisions.get(id)?.resultNames ?? [];
}
