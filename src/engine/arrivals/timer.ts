import { cycleOccurrence, parseCycle } from '../../calendar/cycle.js';
import { parseDateTime } from '../../calendar/date-time.js';
import { addDuration, parseDuration } from '../../calendar/duration.js';
import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import type { Arrival } from '../elements/runtime-types.js';
import type { Trigger, ValueText } from '../model/process-model.js';
import { valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** A cycle timer between its rounds: what it repeats, since when, and which round is next. */
type Round = { cycle: string; setAt: string; count: number };

type TimerTrigger = Trigger & { kind: 'timer' };

interface Due {
  dueAt: Date;
  round?: Round;
}

/** How often a failing timer is tried before it waits for a person. */
export const TIMER_RETRIES = 20;

/** Sets a durable timer: a row with its due time, however far away. */
export function arriveAtTimer(
  step: Step,
  { executionId, elementId, repeat }: Arrival,
  timer: TimerTrigger,
): void {
  const { dueAt, round } = repeat
    ? again(repeat)
    : firstDue(timer, step.now, (text) => valueOf(step, text, step.variables));
  const id = step.ports.newId();
  step.changes.jobs.push({
    id,
    instance_id: step.instance.id,
    execution_id: executionId,
    element_id: elementId,
    kind: 'timer',
    type: 'timer',
    payload: { ...(round && { round }) },
    available_at: dueAt.toISOString(),
    retries: TIMER_RETRIES,
  });
  step.document.waits[executionId] = { kind: 'timer', key: id, elementId };
}

/** When a timer fires first, counted from `now`. Throws InvalidError when its text gives no time. */
export function firstDue(
  { type, value: text }: TimerTrigger,
  now: Date,
  evaluate: (text: ValueText) => JsonValue,
): Due {
  const value = evaluate(text);
  if (typeof value !== 'string') {
    throw new InvalidError('value_unusable', `the time ${text} gives no date or duration`);
  }
  if (type === 'date') return { dueAt: parseDateTime(value) };
  if (type === 'cycle') {
    const round = { cycle: value, setAt: now.toISOString(), count: 1 };
    return { dueAt: occurrence(round) ?? now, round };
  }
  // A duration field may also give a date, so that `=expectedBy` works in either.
  if (!value.startsWith('P')) return { dueAt: parseDateTime(value) };
  return { dueAt: addDuration(now, parseDuration(value)) };
}

/** The next time of a cycle that has fired. */
export function again(repeat: JsonObject): Due {
  const round = repeat as Round;
  const dueAt = occurrence(round);
  if (!dueAt) throw new TypeError('a cycle was repeated past its end');
  return { dueAt, round };
}

function occurrence({ cycle, setAt, count }: Round): Date | undefined {
  return cycleOccurrence(parseCycle(cycle), new Date(setAt), count);
}

/** What a fired cycle hands to its next round, or undefined when it was the last. */
export function nextRound(round: JsonObject | undefined): JsonObject | undefined {
  if (!round) return undefined;
  const next = { ...(round as Round), count: (round as Round).count + 1 };
  return occurrence(next) ? next : undefined;
}

/**
 * What a fired cycle without end hands on when only times after `now` count: the first of those. A
 * cycle that says how often it fires keeps its count.
 */
export function nextRoundAfter(round: JsonObject | undefined, now: Date): JsonObject | undefined {
  const next = nextRound(round) as Round | undefined;
  if (!next || parseCycle(next.cycle).repetitions !== undefined) return next;
  const isLater = (count: number): boolean => {
    const at = occurrence({ ...next, count });
    return !at || at.getTime() > now.getTime();
  };
  // The times of a cycle only rise: between one that is missed and one that is not lies the first.
  let missed = next.count - 1;
  let later = next.count;
  while (!isLater(later)) [missed, later] = [later, later + 2 * (later - missed)];
  while (later - missed > 1) {
    const middle = Math.floor((missed + later) / 2);
    if (isLater(middle)) later = middle;
    else missed = middle;
  }
  return { ...next, count: later };
}
