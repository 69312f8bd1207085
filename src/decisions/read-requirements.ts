import type { DmnElement } from 'dmn-moddle';
import { typeOf } from './dmn-problems.js';
import type { DmnProblems } from './dmn-problems.js';

/** Which decisions each decision asks first, by id. Asking in a circle is a problem. */
export function readRequirements(
  decisions: readonly DmnElement[],
  elements: readonly DmnElement[],
  problems: DmnProblems,
): ReadonlyMap<string, readonly string[]> {
  const types = new Map(elements.map((element) => [element.id ?? '', typeOf(element)]));
  const requirements = new Map<string, string[]>();
  for (const decision of decisions) {
    const required = (decision.informationRequirement ?? []).flatMap(({ requiredDecision }) => {
      const id = requiredDecision?.href?.replace(/^#/, '');
      if (id === undefined) return [];
      if (types.get(id) === 'Decision') return [id];
      problems.add(decision, `it requires the decision ${id}, which is not in the file`);
      return [];
    });
    requirements.set(decision.id ?? '', [...new Set(required)]);
  }
  for (const decision of decisions) {
    if (asksItself(decision.id ?? '', requirements)) {
      problems.add(decision, 'it requires itself, directly or through others');
    }
  }
  return requirements;
}

function asksItself(id: string, requirements: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const open = [...(requirements.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(requirements.get(next) ?? []));
  }
  return false;
}
