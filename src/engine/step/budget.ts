/** A limit, why it is what it is, and what overrunning it comes to. */
interface Limit {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  readonly why: string;
  /** The kind of incident, or the code of the refusal. */
  readonly overrun: string;
}

/**
 * Everything one step may use up. `step_limit` undoes the step as a whole; `limit_exceeded` lets the
 * token wait at its element; what a user sent is refused. docs/safety.md is made from this table.
 */
export const BUDGET = {
  arrivals: {
    value: 2000,
    unit: 'elements',
    what: 'passed in one step without a wait',
    why: 'A loop whose only stops are handlers that run at once would never let its transaction end. The largest model has 1,000 elements.',
    overrun: 'step_limit',
  },
  tokens: {
    value: 2000,
    unit: 'tokens',
    what: 'at rest in one instance',
    why: 'Forks behind forks double; each token is about 2 kB of memory and of every later save.',
    overrun: 'step_limit',
  },
  items: {
    value: 1000,
    unit: 'items',
    what: 'one activity is repeated over',
    why: 'The engine builds all executions of a parallel one at once, about 0.1 ms each.',
    overrun: 'limit_exceeded',
  },
  variables: {
    value: 1_000_000,
    unit: 'characters of JSON',
    what: 'of variables in one instance, of one list of results, and of the local variables one step makes',
    why: 'They are written with every step and read with every search. A request body has 1 MB.',
    overrun: 'limit_exceeded; sent by a user: 400 variables_too_large',
  },
  callDepth: {
    value: 20,
    unit: 'levels',
    what: 'of processes that call each other',
    why: 'Nobody draws more than five; a process that calls itself would go on for ever.',
    overrun: 'limit_exceeded',
  },
  family: {
    value: 2000,
    unit: 'instances',
    what: 'alive under one top instance, all called processes together',
    why: 'A process that calls itself twice has a million descendants before it is 20 deep. Twice the longest list.',
    overrun: 'limit_exceeded',
  },
  signals: {
    value: 1000,
    unit: 'signals',
    what: 'thrown, each because of the one before, with no person, timer or job in between',
    why: 'Two processes that signal each other would never rest. No chain of causes that somebody drew is longer than some dozens.',
    overrun: 'limit_exceeded',
  },
  sliceMs: {
    value: 10,
    unit: 'ms',
    what: 'a step works before it lets other requests in between two elements',
    why: 'About the time one durable step takes: nobody notices another one before theirs.',
    overrun: '(goes on)',
  },
  stretchMs: {
    value: 1000,
    unit: 'ms',
    what: 'without giving the thread back: engine, FEEL and the synchronous part of a handler',
    why: 'A hundred times a slice: on a busy machine no honest work comes near it, and an endless loop holds everybody up for no longer.',
    overrun: 'step_limit',
  },
  stepMs: {
    value: 10_000,
    unit: 'ms',
    what: 'a step takes, its handlers and its queries counted in',
    why: 'It holds the row of its instance and a connection; the embedded database serves nobody else meanwhile.',
    overrun: 'step_limit',
  },
  jobMs: {
    value: 60_000,
    unit: 'ms',
    what: 'a handler may take that runs as a job',
    why: 'Longer than any mail server; a node that dies holds a job no longer, and a handler that never answers holds its lane no longer.',
    overrun: 'one attempt less, then job_no_retries',
  },
} as const satisfies Record<string, Limit>;

/** The limits of an engine, by name. */
export type Limits = Readonly<Record<keyof typeof BUDGET, number>>;

export const LIMITS: Limits = Object.fromEntries(
  Object.entries(BUDGET).map(([name, { value }]) => [name, value]),
) as Limits;

/** What a step has used up so far. */
export interface Spent {
  arrivals: number;
  /** Characters of local variables. */
  locals: number;
  /** By the machine's own clock, which no test moves. */
  readonly begunMs: number;
  /** The element looked at, for whoever has to look there. */
  at: string | null;
}

export function nothingSpent(): Spent {
  return { arrivals: 0, locals: 0, begunMs: performance.now(), at: null };
}
