import { isDeepStrictEqual } from 'node:util';
import { InvalidError } from '../kernel/errors.js';
import type { JsonValue } from '../kernel/json.js';
import type { DecisionRule, DecisionTable } from './decision-model.js';
import { unaryTest } from './feel.js';

/** A row that matched, with its outputs in the order of the columns. */
export interface Hit {
  readonly rule: DecisionRule;
  readonly raw: readonly unknown[];
  readonly json: readonly JsonValue[];
}

/** The result of a table, and the rows that it came from, in the order that the policy gives them. */
interface Outcome {
  readonly raw: unknown;
  readonly used: readonly Hit[];
}

/**
 * Makes one result of the rows that match, at least one, as DMN 1.3 §8.2 tells for each policy.
 * @throws InvalidError when they do not fit it; `name` is the decision's, for the message
 */
export function applyHitPolicy(name: string, table: DecisionTable, hits: readonly Hit[]): Outcome {
  const list = (used: readonly Hit[]) => ({ raw: used.map((hit) => valueOf(table, hit)), used });
  const first = (used: readonly Hit[]) => ({
    raw: used[0] && valueOf(table, used[0]),
    used: used.slice(0, 1),
  });
  switch (table.hitPolicy) {
    case 'U':
      checkUnique(name, hits);
      return first(hits);
    case 'A':
      checkSame(name, hits);
      return { ...first(hits), used: hits };
    case 'F':
      return first(hits);
    case 'P':
      return first(byPriority(name, table, hits));
    case 'O':
      return list(byPriority(name, table, hits));
    case 'R':
    case 'C':
      return list(hits);
    case 'C#':
      return { raw: hits.length, used: hits };
    default:
      return { raw: aggregate(name, table, hits), used: hits };
  }
}

function valueOf({ outputs }: DecisionTable, { raw }: Hit): unknown {
  if (outputs.length === 1) return raw[0];
  return Object.fromEntries(outputs.map(({ name }, column) => [name, raw[column]]));
}

function checkUnique(name: string, hits: readonly Hit[]): void {
  if (hits.length < 2) return;
  throw mismatch('decision_not_unique', name, hits, 'more than one row matches, but only one may');
}

function checkSame(name: string, hits: readonly Hit[]): void {
  if (hits.every(({ json }) => isDeepStrictEqual(json, hits[0]?.json))) return;
  const reason = 'rows match that answer differently, but any of them must do';
  throw mismatch('decision_outputs_differ', name, hits, reason);
}

/** The first output decides, then the second and so on; equal rows keep the order of the table. */
function byPriority(name: string, table: DecisionTable, hits: readonly Hit[]): Hit[] {
  const ranked = hits.map((hit) => ({ hit, ranks: ranksOf(name, table, hit) }));
  ranked.sort((one, other) => {
    const column = one.ranks.findIndex((rank, index) => rank !== other.ranks[index]);
    return column < 0 ? 0 : (one.ranks[column] ?? 0) - (other.ranks[column] ?? 0);
  });
  return ranked.map(({ hit }) => hit);
}

function ranksOf(name: string, { outputs }: DecisionTable, hit: Hit): number[] {
  return outputs.map(({ label, allowedValues }, column) => {
    const rank = allowedValues.findIndex((tests) => unaryTest(tests, hit.raw[column]));
    if (rank >= 0) return rank;
    const reason = `the answer in column "${label}" is not among its values, so it has no priority`;
    throw mismatch('decision_output_not_listed', name, [hit], reason);
  });
}

function aggregate(name: string, table: DecisionTable, hits: readonly Hit[]): number {
  const numbers = hits
    .map(({ json: [value] }) => value)
    .filter((value) => typeof value === 'number');
  if (numbers.length < hits.length) {
    const reason = 'an answer is no number, but the answers are put together as numbers';
    throw mismatch('decision_not_numbers', name, hits, reason);
  }
  if (table.hitPolicy === 'C+') return numbers.reduce((sum, number) => sum + number, 0);
  return table.hitPolicy === 'C<' ? Math.min(...numbers) : Math.max(...numbers);
}

function mismatch(code: string, name: string, hits: readonly Hit[], reason: string): InvalidError {
  const rows = hits.map(({ rule }) => rule.index).join(', ');
  return new InvalidError(code, `Decision "${name}": ${reason} (rows ${rows})`, {
    details: hits.map(({ rule }) => ({
      elementId: rule.id,
      elementName: name,
      reason: `row ${rule.index}: ${reason}`,
    })),
  });
}
