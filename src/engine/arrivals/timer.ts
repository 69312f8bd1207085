import { cycleOccurrence, parseCycle } from '../../calendar/cycle.js';
import { parseDateTime } from '../../calendar/date-time.js';
import { addDuration, parseDuration } from '../../calendar/duration.js';
import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Arrival } from '../elements/runtime-types.js';
import { elementOf, valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** A cycle timer between its rounds: what it repeats, since when, and which round is next. */
type Round = { cycle: string; setAt: string; count: number };

/** How often a failing timer is tried before it waits for a person. */
const TIMER_RETRIES = 20;

/** Sets a durable timer: a row with its due time, however far away. */
export function arriveAtTimer(step: Step, arrival: Arrival): void {
  const { executionId, elementId } = arrival;
  const { dueAt, round } = nextDue(step, arrival);
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

function nextDue(step: Step, arrival: Arrival): { dueAt: Date; round?: Round } {
  const { timer } = elementOf(step, arrival);
  if (arrival.repeat) {
    const round = arrival.repeat as Round;
    const dueAt = occurrence(round);
    if (!dueAt) throw new TypeError('a cycle was repeated past its end');
    return { dueAt, round };
  }
  const value = timer && valueOf(step, timer.value, step.variables);
  if (typeof value !== 'string') {
    throw new InvalidError('value_unusable', `the time ${timer?.value} gives no date or duration`);
  }
  if (timer?.kind === 'date') return { dueAt: parseDateTime(value) };
  if (timer?.kind === 'cycle') {
    const round = { cycle: value, setAt: step.now.toISOString(), count: 1 };
    return { dueAt: occurrence(round) ?? step.now, round };
  }
  // A duration field may also give a date, so that `=expectedBy` works in either.
  return { dueAt: value.startsWith('P') ? after(step, value) : parseDateTime(value) };
}

function after(step: Step, duration: string): Date {
  return addDuration(step.now, parseDuration(duration));
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
