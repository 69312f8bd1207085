import { InvalidError } from '../../kernel/errors.js';
import type { InvalidReason } from '../../kernel/errors.js';
import { activityKey } from './activity.js';
import type { LogEvent } from './read-log.js';

/** A channel of ours that a recorded channel stands for. */
export type ReplayChannel = 'form' | 'visit' | 'letter' | 'email' | 'phone' | 'chat' | 'portal';

/** One recorded case, as the replay will let it happen. */
export interface PlannedCase {
  id: string;
  channel: ReplayChannel;
  arrival: Date;
  deadline: Date;
  /** When its closing message comes; null when the case is still open at the end of the log. */
  closing: Date | null;
  events: LogEvent[];
}

/** One thing that happens at one time. */
export type Moment =
  | { kind: 'arrival'; at: Date; case: PlannedCase }
  | { kind: 'activity'; at: Date; case: PlannedCase; event: LogEvent; later: string[] }
  | { kind: 'closing'; at: Date; case: PlannedCase };

/** A log turned into what happens, in the order it happens. */
export interface ReplayPlan {
  cases: PlannedCase[];
  moments: Moment[];
  /** The first and the last moment: when the clock starts and where it stops. */
  from: Date;
  until: Date;
}

const CHANNELS = new Map<string, ReplayChannel>([
  ['internet', 'form'],
  ['desk', 'visit'],
  ['post', 'letter'],
  ['e-mail', 'email'],
  ...(['form', 'visit', 'letter', 'email', 'phone', 'chat', 'portal'] as const).map(
    (channel) => [channel, channel] as const,
  ),
]);

/** At one time, a case comes before what is done in it, and its closing last. */
const RANK: Record<Moment['kind'], number> = { arrival: 0, activity: 1, closing: 2 };

/**
 * Orders a log by time. A case recorded as closed before it came in is closed as it comes in,
 * because nothing can be told to a case that is not there. Throws InvalidError `log_inconsistent`
 * with the lines that contradict an earlier line of their case, or name an unknown channel.
 */
export async function planReplay(events: AsyncIterable<LogEvent>): Promise<ReplayPlan> {
  const reasons: InvalidReason[] = [];
  const cases = new Map<string, PlannedCase>();
  for await (const event of events) {
    const known = cases.get(event.caseId);
    const planned = known ?? newCase(event, reasons);
    if (known) checkSame(known, event, reasons);
    else cases.set(event.caseId, planned);
    planned.events.push(event);
  }
  if (!cases.size) reasons.push({ path: 'line 2', reason: 'the log holds no event' });
  if (reasons.length) {
    const details = reasons.slice(0, 20);
    throw new InvalidError('log_inconsistent', 'The log contradicts itself.', { details });
  }
  const all = [...cases.values()];
  const moments = all.flatMap(momentsOf).sort(byTime);
  const [first, last] = [moments[0], moments.at(-1)];
  if (!first || !last) throw new TypeError('a case without a moment');
  return { cases: all, moments, from: first.at, until: last.at };
}

function newCase(event: LogEvent, reasons: InvalidReason[]): PlannedCase {
  const channel = CHANNELS.get(event.channel.toLowerCase());
  if (!channel) {
    reasons.push({ path: `line ${event.line}`, reason: `unknown channel "${event.channel}"` });
  }
  const { start, end } = event;
  return {
    id: event.caseId,
    channel: channel ?? 'form',
    arrival: start,
    deadline: event.plannedEnd,
    closing: end && new Date(Math.max(end.getTime(), start.getTime())),
    events: [],
  };
}

function checkSame(planned: PlannedCase, event: LogEvent, reasons: InvalidReason[]): void {
  const [first] = planned.events;
  if (!first) return;
  const differing = [
    first.channel !== event.channel && 'channel',
    first.start.getTime() !== event.start.getTime() && 'start',
    first.plannedEnd.getTime() !== event.plannedEnd.getTime() && 'planned_end',
    first.end?.getTime() !== event.end?.getTime() && 'end',
  ].filter((column) => column !== false);
  if (!differing.length) return;
  const reason = `${differing.join(', ')} differs from line ${first.line} of the same case`;
  reasons.push({ path: `line ${event.line}`, reason });
}

function momentsOf(planned: PlannedCase): Moment[] {
  const events = [...planned.events].sort(
    (a, b) => a.time.getTime() - b.time.getTime() || a.line - b.line,
  );
  const keys = events.map(({ activity }) => activityKey(activity));
  const moments: Moment[] = [{ kind: 'arrival', at: planned.arrival, case: planned }];
  events.forEach((event, index) => {
    const later = keys.slice(index + 1);
    moments.push({ kind: 'activity', at: event.time, case: planned, event, later });
  });
  if (planned.closing) moments.push({ kind: 'closing', at: planned.closing, case: planned });
  return moments;
}

function byTime(a: Moment, b: Moment): number {
  return a.at.getTime() - b.at.getTime() || RANK[a.kind] - RANK[b.kind] || lineOf(a) - lineOf(b);
}

function lineOf(moment: Moment): number {
  return moment.kind === 'activity' ? moment.event.line : (moment.case.events[0]?.line ?? 0);
}
