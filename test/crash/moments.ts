import { setTimeout as delay } from 'node:timers/promises';

/** When a crash hurts most: while a request of this kind is under way, or a mail is taken. */
export const MOMENTS = ['/api/inquiries', '/complete', '/claim', '/publication', 'mail'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Tells whoever waits for it that such a moment is now. */
export interface Moments {
  /** What begins now: the path of a request, or `mail`. */
  begins(what: string): void;
  /** Resolves at the next moment of a kind, or when none came for a while. */
  next(moment: Moment): Promise<void>;
}

const PATIENCE_MS = 2_000;

export function watchMoments(): Moments {
  const waiting = new Set<{ moment: Moment; resolve: () => void }>();
  return {
    begins(what) {
      for (const one of waiting) if (what.endsWith(one.moment)) one.resolve();
    },
    async next(moment) {
      const timeout = new AbortController();
      await new Promise<void>((resolve) => {
        const own = { moment, resolve };
        waiting.add(own);
        delay(PATIENCE_MS, undefined, { signal: timeout.signal }).then(resolve, () => undefined);
      });
      timeout.abort();
      for (const one of waiting) if (one.moment === moment) waiting.delete(one);
    },
  };
}
