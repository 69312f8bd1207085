import type { Role } from '../access/principal.js';
import type { Membership, Organisation } from './organisation.js';
import { holds } from './organisation.js';

/** Something that would have nobody from a time on. */
export interface Gap {
  /** Null where the whole municipality lacks it. */
  unit: string | null;
  lacks: 'member' | 'manager' | 'admin' | 'owner';
  from: Date;
}

const ALONE_FOR_ALL: readonly Role[] = ['admin', 'owner'];

/**
 * What would have nobody at some time from `at` on, and has somebody now, if memberships were as in
 * `after`: a unit without a member or a leader, a municipality without an administrator or an owner of
 * its processes.
 */
export function gapsAfter(
  organisation: Organisation,
  after: readonly Membership[],
  at: Date,
): Gap[] {
  const times = boundaries(organisation, after, at);
  const gaps = [...holders(organisation.memberships)].flatMap(([key, before]) => {
    const left = holders(after).get(key) ?? [];
    const { unit, lacks } = readKey(key);
    const from = times.find(
      (time) =>
        isThere(organisation, unit, time) &&
        before.some((one) => holds(one, time)) &&
        !left.some((one) => holds(one, time)),
    );
    return from ? [{ unit, lacks, from }] : [];
  });
  return gaps;
}

function isThere({ units }: Organisation, code: string | null, at: Date): boolean {
  if (code === null) return true;
  const unit = units.get(code);
  return unit !== undefined && holds({ from: unit.validFrom, to: unit.validTo }, at);
}

function holders(memberships: readonly Membership[]): Map<string, Membership[]> {
  const found = new Map<string, Membership[]>();
  const add = (key: string, one: Membership) => found.set(key, [...(found.get(key) ?? []), one]);
  for (const one of memberships) {
    if (one.unit !== null) add(`${one.unit}/member`, one);
    if (one.unit !== null && one.role === 'manager') add(`${one.unit}/manager`, one);
    if (ALONE_FOR_ALL.includes(one.role)) add(`/${one.role}`, one);
  }
  return found;
}

function readKey(key: string): Pick<Gap, 'unit' | 'lacks'> {
  const [unit = '', lacks = ''] = key.split('/');
  return { unit: unit === '' ? null : unit, lacks: lacks as Gap['lacks'] };
}

/** The instants at which anything can change: nothing does between them. */
function boundaries(
  { memberships, units }: Organisation,
  after: readonly Membership[],
  at: Date,
): Date[] {
  const all = [
    at,
    ...[...memberships, ...after].flatMap(({ from, to }) => [from, to]),
    ...[...units.values()].flatMap(({ validFrom, validTo }) => [validFrom, validTo]),
  ];
  const times = all.flatMap((time) => (time && time >= at ? [time.getTime()] : []));
  return [...new Set(times)].sort((a, b) => a - b).map((time) => new Date(time));
}
