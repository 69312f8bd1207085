import type { Explanation } from '../../decisions/explanation.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';

/** Where a routing table puts a case. */
export type Route = {
  /** Null when neither a row nor the catalogue names one. */
  unit: string | null;
  /** Whether it is the municipality's task at all. */
  responsible: boolean;
  /** The row's id, or `catalogue`. */
  routedBy: string;
};

/** What `routedBy` says where no rule of the table matched and the catalogue's own unit was taken. */
const BY_CATALOGUE = 'catalogue';

/** Reads a routing table's answer; where it names no unit, the service's own has the case. */
export function routingAnswer(
  { value, explanation }: { value: JsonValue; explanation: Explanation },
  service: { unit: string } | undefined,
): Route {
  // A table with one output column answers with its value alone (DMN 1.5 §8.2.11).
  const given = isObject(value) ? value : { unit: value };
  const named = typeof given['unit'] === 'string' && given['unit'] !== '' ? given['unit'] : null;
  const rule = explanation.matched[0]?.ruleId;
  return {
    unit: named ?? service?.unit ?? null,
    responsible: given['responsible'] !== false,
    routedBy: named !== null && rule !== undefined ? rule : BY_CATALOGUE,
  };
}

function isObject(value: JsonValue): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
