import { LRUCache } from 'lru-cache';
import CircuitBreaker from 'opossum';
import type { Clock } from '../../kernel/clock.js';
import type { JsonValue } from '../../kernel/json.js';
import type { Logger } from '../../kernel/log.js';

/** What is asked, in the register's own words. */
export interface Question {
  /** Below the register's address, such as `sok`. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Posted where it is given: what must not stand in an address. */
  readonly body?: JsonValue;
}

/** Asks a register, over HTTP or in its place. Resolves to its JSON; null when it knows nothing. */
export type Ask = (question: Question) => Promise<unknown>;

/** How one register is asked and understood. Every register fits this shape. */
export interface RegisterAdapter<Query, Found> {
  readonly name: string;
  /** How long an answer counts as fresh, in milliseconds; 0 keeps none, as of persons. */
  readonly freshMs: number;
  question(query: Query): Question;
  /** @throws Error when the answer is not what the register promises */
  read(answer: unknown): Found[];
}

/** What a register knows. */
export interface RegisterAnswer<Found> {
  readonly found: Found[];
  /** True when the register could not be asked: what is told is old, or nothing. */
  readonly degraded: boolean;
  /** How old the answer is; null when there is none. */
  readonly ageSeconds: number | null;
  /** True in demo mode: nothing of it exists. */
  readonly madeUp: boolean;
}

/** A register that answers whatever happens to it. */
export interface Register<Query, Found> {
  look(query: Query): Promise<RegisterAnswer<Found>>;
  stop(): void;
}

interface RegisterOptions {
  readonly ask: Ask;
  readonly madeUp: boolean;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a register that failed is left alone, in milliseconds. */
  readonly restMs?: number;
}

/** So many look-ups in a row must have failed before a register is left alone. */
const LEAST_ASKED = 5;

interface Kept<Found> {
  readonly found: Found[];
  readonly at: number;
}

/**
 * Puts a circuit breaker and a cache in front of a register, so that the desk goes on when it is
 * down: then the last answer is told with its age, or none. Personal data are never kept.
 */
export function createRegister<Query, Found>(
  adapter: RegisterAdapter<Query, Found>,
  { ask, madeUp, clock, log, restMs = 30_000 }: RegisterOptions,
): Register<Query, Found> {
  const kept = new LRUCache<string, Kept<Found>>({ max: 2000 });
  const breaker = new CircuitBreaker(
    async (question: Question) => adapter.read(await ask(question)),
    {
      // The request has its own time-out, which also ends it.
      timeout: false,
      resetTimeout: restMs,
      volumeThreshold: LEAST_ASKED,
      errorThresholdPercentage: 50,
    },
  );
  const tell = ({ found, at }: Kept<Found>, degraded: boolean): RegisterAnswer<Found> => {
    const ageSeconds = Math.max(0, Math.round((clock().getTime() - at) / 1000));
    return { found, degraded, ageSeconds, madeUp };
  };
  return {
    async look(query) {
      const question = adapter.question(query);
      const key = JSON.stringify([question.path, question.parameters ?? {}]);
      const earlier = adapter.freshMs > 0 ? kept.get(key) : undefined;
      if (earlier && clock().getTime() - earlier.at < adapter.freshMs) return tell(earlier, false);
      try {
        const answer = { found: await breaker.fire(question), at: clock().getTime() };
        if (adapter.freshMs > 0) kept.set(key, answer);
        return tell(answer, false);
      } catch (error) {
        // Neither question nor answer: both may be about a person.
        log.warn('a register does not answer', { register: adapter.name, reason: nameOf(error) });
        return earlier
          ? tell(earlier, true)
          : { found: [], degraded: true, ageSeconds: null, madeUp };
      }
    },
    stop: () => breaker.shutdown(),
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
