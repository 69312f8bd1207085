import type { Organisation } from './organisation.js';
import { holds } from './organisation.js';

/**
 * The unit that a code means at an instant: itself while it is there, else what came after it, and
 * after that. Undefined for a code that never was a unit, or that nothing came after.
 */
export function meaningOf(
  organisation: Organisation,
  code: string,
  at: Date,
  service: string | null = null,
): string | undefined {
  const seen = new Set<string>();
  for (let next: string | undefined = code; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const unit = organisation.units.get(next);
    if (unit && holds({ from: unit.validFrom, to: unit.validTo }, at)) return next;
    next = successorOf(organisation, next, at, service);
  }
  return undefined;
}

/**
 * Every code that means this unit now, for a service's cases when one is named: its own, and those of
 * the units it came after.
 */
export function codesMeaning(
  organisation: Organisation,
  unit: string,
  at: Date,
  service: string | null = null,
): string[] {
  const means = (code: string) => meaningOf(organisation, code, at, service) === unit;
  return [unit, ...endedCodes(organisation, at).filter((code) => code !== unit && means(code))];
}

/** The codes of units that something has come after. */
export function endedCodes({ successions }: Organisation, at: Date): string[] {
  return [...new Set(successions.flatMap(({ code, from }) => (from <= at ? [code] : [])))];
}

/** The unit itself, the one above it, and so on to the top. */
export function unitAndAbove(organisation: Organisation, unit: string): string[] {
  const codes: string[] = [];
  for (let next: string | null = unit; next !== null && !codes.includes(next);) {
    codes.push(next);
    next = organisation.units.get(next)?.parent ?? null;
  }
  return codes;
}

function successorOf(
  { successions }: Organisation,
  code: string,
  at: Date,
  service: string | null,
): string | undefined {
  const own = successions.filter((one) => one.code === code && one.from <= at);
  return (
    own.find((one) => one.service !== null && one.service === service) ??
    own.find((one) => one.service === null)
  )?.successor;
}
