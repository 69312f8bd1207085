import { ConflictError, InvalidError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { NewUnit } from '../../people/change-units.js';
import type { Organisation } from '../../people/organisation.js';
import { holds } from '../../people/organisation.js';
import { unitAndAbove } from '../../people/successors.js';

/** A unit that is there, by code, or one to be made. */
export type Target = string | Omit<NewUnit, 'from'>;

/** A part of a unit that is split: who and which services go there. */
export interface Part {
  unit: Target;
  services: string[];
  members: string[];
}

export type Plan =
  | { kind: 'merge'; from: string[]; into: Target }
  /** What no other part is named for goes to the first. */
  | { kind: 'split'; from: string; into: Part[] }
  | { kind: 'move'; unit: string; parent: string };

/** The units that end, or that move. */
export function unitsOf(plan: Plan): string[] {
  if (plan.kind === 'merge') return plan.from;
  return [plan.kind === 'split' ? plan.from : plan.unit];
}

export function codeOf(target: Target): string {
  return typeof target === 'string' ? target : target.code;
}

/**
 * What cannot be done is said before anything is.
 * @throws InvalidError 'reorganisation_invalid', ConflictError 'unit_ends'
 */
export function checkPlan(organisation: Organisation, plan: Plan, at: Date): void {
  const ending = unitsOf(plan).filter((code) => organisation.units.get(code)?.validTo);
  if (plan.kind !== 'move' && ending.length > 0) {
    throw new ConflictError('unit_ends', `The end of ${ending.join(', ')} is planned already.`);
  }
  const problems = [...unitsOf(plan).flatMap((code) => unknown(organisation, code, at, 'unit'))];
  if (plan.kind === 'merge' && hasTwins(plan.from)) {
    problems.push({ path: 'from', reason: 'names a unit twice' });
  }
  if (plan.kind === 'split' && hasTwins(plan.into.flatMap(({ services }) => services))) {
    problems.push({ path: 'into', reason: 'names a service twice' });
  }
  if (plan.kind === 'move') problems.push(...moveProblems(organisation, plan, at));
  else problems.push(...targetProblems(organisation, plan, at));
  if (problems.length > 0) {
    throw new InvalidError('reorganisation_invalid', 'This cannot be done.', { details: problems });
  }
}

/**
 * Of two plans that are waiting, none may move or end what the other builds on: carried out one after
 * the other they could close a circle of units above each other, with nobody to answer for them.
 * @throws ConflictError 'reorganisation_overlaps'
 */
export function refuseOverlap(
  organisation: Organisation,
  plan: Plan,
  waiting: readonly { id: Id; plan: Plan }[],
): void {
  const touched = [...unitsOf(plan), ...groundOf(organisation, plan)];
  const other = waiting.find(
    (one) =>
      unitsOf(one.plan).some((code) => touched.includes(code)) ||
      groundOf(organisation, one.plan).some((code) => unitsOf(plan).includes(code)),
  );
  if (!other) return;
  throw new ConflictError(
    'reorganisation_overlaps',
    'Another reorganisation of these units is waiting. Let it be carried out, or call it off.',
    { details: { reorganisation: other.id, units: unitsOf(other.plan) } },
  );
}

/** The units that a plan puts others into or under, and what lies above those. */
function groundOf(organisation: Organisation, plan: Plan): string[] {
  if (plan.kind === 'move') return unitAndAbove(organisation, plan.parent);
  const targets = plan.kind === 'merge' ? [plan.into] : plan.into.map(({ unit }) => unit);
  return targets.flatMap((target) =>
    typeof target === 'string'
      ? unitAndAbove(organisation, target)
      : [target.code, ...unitAndAbove(organisation, target.parent)],
  );
}

function hasTwins(codes: readonly string[]): boolean {
  return new Set(codes).size < codes.length;
}

type Problem = { path: string; reason: string };

function unknown({ units }: Organisation, code: string, at: Date, path: string): Problem[] {
  const unit = units.get(code);
  const isThere = unit && holds({ from: unit.validFrom, to: unit.validTo }, at);
  return isThere ? [] : [{ path, reason: `there is no unit ${code} then` }];
}

function moveProblems(
  organisation: Organisation,
  { unit, parent }: Plan & { kind: 'move' },
  at: Date,
): Problem[] {
  const problems = unknown(organisation, parent, at, 'parent');
  if (unitAndAbove(organisation, parent).includes(unit)) {
    problems.push({ path: 'parent', reason: `${parent} lies under ${unit}` });
  }
  return problems;
}

function targetProblems(
  organisation: Organisation,
  plan: Plan & { kind: 'merge' | 'split' },
  at: Date,
): Problem[] {
  const targets = plan.kind === 'merge' ? [plan.into] : plan.into.map(({ unit }) => unit);
  const problems: Problem[] = [];
  if (hasTwins(targets.map(codeOf))) {
    problems.push({ path: 'into', reason: 'names a unit twice' });
  }
  for (const target of targets) {
    const code = codeOf(target);
    if (unitsOf(plan).includes(code)) {
      problems.push({ path: 'into', reason: `${code} cannot end and go on` });
    }
    if (typeof target === 'string') problems.push(...unknown(organisation, code, at, 'into'));
    else if (unitAndAbove(organisation, target.parent).some((one) => unitsOf(plan).includes(one))) {
      problems.push({ path: 'into', reason: `${target.parent} ends or lies under what ends` });
    } else if (organisation.units.has(code)) {
      problems.push({ path: 'into', reason: `there is or was a unit ${code}` });
    }
    if (typeof target === 'string' && organisation.units.get(code)?.validTo) {
      problems.push({ path: 'into', reason: `the end of ${code} is planned` });
    }
    const above = unitAndAbove(organisation, code).slice(1);
    if (above.some((one) => unitsOf(plan).includes(one))) {
      problems.push({ path: 'into', reason: `${code} lies under a unit that ends` });
    }
  }
  return problems;
}
