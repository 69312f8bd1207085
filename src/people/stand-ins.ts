import type { Absence, Organisation } from './organisation.js';

/** Who does somebody's work at an instant: the substitute, or the substitute's when that one is away too. */
export function workerFor({ absences }: Organisation, username: string, at: Date): string {
  const seen = new Set<string>();
  let worker = username;
  while (!seen.has(worker)) {
    seen.add(worker);
    const away = absences.find((one) => one.username === worker && isAway(one, at));
    if (!away) return worker;
    worker = away.substitute;
  }
  return username;
}

/** Everybody whose work somebody does at an instant, besides one's own. */
export function stoodInFor(organisation: Organisation, username: string, at: Date): string[] {
  const away = new Set(
    organisation.absences.filter((one) => isAway(one, at)).map((one) => one.username),
  );
  return [...away].filter(
    (one) => one !== username && workerFor(organisation, one, at) === username,
  );
}

/**
 * Whether an absence would close a circle at some time, in which everybody stands in for another and
 * nobody is there.
 */
export function closesCircle({ absences }: Organisation, added: Omit<Absence, 'id'>): boolean {
  const follow = (username: string, from: Date, to: Date, seen: readonly string[]): boolean =>
    absences.some((one) => {
      if (one.username !== username) return false;
      const begin = one.from > from ? one.from : from;
      const end = one.to < to ? one.to : to;
      if (begin >= end || seen.includes(one.substitute)) return false;
      if (one.substitute === added.username) return true;
      return follow(one.substitute, begin, end, [...seen, one.substitute]);
    });
  return follow(added.substitute, added.from, added.to, [added.substitute]);
}

function isAway({ from, to }: Absence, at: Date): boolean {
  return from <= at && at < to;
}
