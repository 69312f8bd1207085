import { LRUCache } from 'lru-cache';

/** Says whether somebody may once more. */
export type RateLimit = (who: string, now: Date) => boolean;

/** Whoever came long ago is forgotten first; nobody can fill the memory by coming as many. */
const MOST_REMEMBERED = 10_000;

/** At most so many times in each window of time, by each node for itself. */
export function rateLimit({ times, windowMs }: { times: number; windowMs: number }): RateLimit {
  const seen = new LRUCache<string, { since: number; count: number }>({ max: MOST_REMEMBERED });
  return (who, now) => {
    const at = now.getTime();
    const known = seen.get(who);
    if (!known || at - known.since >= windowMs || at < known.since) {
      seen.set(who, { since: at, count: 1 });
      return true;
    }
    known.count += 1;
    return known.count <= times;
  };
}
