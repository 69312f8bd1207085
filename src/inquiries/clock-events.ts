import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { ClockRule, ClockStory, Extension } from './deadlines.js';

/** What can happen to a case's clock. */
export const CLOCK_EVENTS = [
  'START',
  'PAUSE',
  'RESUME',
  'EXTEND',
  'PROMISE',
  'RECALCULATE',
  'REACHED',
] as const;
export type ClockEventKind = (typeof CLOCK_EVENTS)[number];

/** One thing that happened to the clock of a case; nothing in it says who the case is from. */
export interface ClockEvent {
  id: Id;
  inquiryId: Id;
  kind: ClockEventKind;
  /** Which deadline was extended or reached. */
  deadline: string | null;
  /** A code. */
  reason: string | null;
  at: Date;
  /** The new date, or the one that was reached. */
  dueAt: Date | null;
  /** What the deadlines are counted by from now on. */
  rule: ClockRule | null;
  actor: string;
}

/** Why the deadlines were counted anew: somebody chose another service for the case. */
export const SERVICE_CHANGED = 'serviceChanged';

/** Why the deadlines were moved: the case was closed and is open again. */
export const REOPENED = 'reopened';

const COLUMNS = `id, inquiry_id AS "inquiryId", kind, deadline, reason, at, due_at AS "dueAt", rule,
  actor`;

/** Adds to the story of a clock. False when this deadline was marked as reached before. */
export async function insertClockEvent(
  tx: Tx,
  tenant: string,
  event: Pick<ClockEvent, 'id' | 'inquiryId' | 'kind' | 'at' | 'actor'> & Partial<ClockEvent>,
): Promise<boolean> {
  const { id, inquiryId, kind, at, actor } = event;
  const inserted = await tx.query(
    `INSERT INTO clock_event (tenant_id, id, inquiry_id, kind, deadline, reason, at, due_at, rule,
       actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      tenant,
      id,
      inquiryId,
      kind,
      event.deadline ?? null,
      event.reason ?? null,
      at,
      event.dueAt ?? null,
      event.rule ?? null,
      actor,
    ],
  );
  return inserted.length === 1;
}

/** Everything that happened to the clock of a case, oldest first. */
export async function readClockEvents(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<ClockEvent[]> {
  return tx.query<ClockEvent>(
    `SELECT ${COLUMNS} FROM clock_event WHERE tenant_id = $1 AND inquiry_id = $2 ORDER BY id`,
    [tenant, inquiryId],
  );
}

/** What had been promised when the newest promise was made. */
export async function promiseBeforeLast(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<Date | undefined> {
  const [promise] = await tx.query<{ dueAt: Date }>(
    `SELECT due_at AS "dueAt" FROM clock_event
     WHERE tenant_id = $1 AND inquiry_id = $2 AND kind = 'PROMISE' ORDER BY id DESC OFFSET 1 LIMIT 1`,
    [tenant, inquiryId],
  );
  return promise?.dueAt;
}

/** The rule that counts now; undefined for a case from before clocks were kept. */
export function ruleIn(events: readonly ClockEvent[]): ClockRule | undefined {
  return events.findLast(({ rule }) => rule !== null)?.rule ?? undefined;
}

/** When the work that counts now began: when the case was opened again, or else when it came in. */
export function begunAt(events: readonly ClockEvent[], receivedAt: Date): Date {
  return events.findLast(({ reason }) => reason === REOPENED)?.at ?? receivedAt;
}

/**
 * Pauses and extensions as they count at `now`. An extension belongs to the service it was given
 * for: another service brings its own deadlines, counted from receipt. What a reopened case was
 * given stays, since its first deadlines were met or missed long ago.
 */
export function storyOf(events: readonly ClockEvent[], now: Date): ClockStory {
  const pauses = events.flatMap(({ kind, reason, at }, place) => {
    if (kind !== 'PAUSE') return [];
    const end = events.slice(place + 1).find((later) => later.kind === 'RESUME');
    const to = end?.at ?? now;
    return [{ from: at, to: to < at ? at : to, reason: reason ?? '' }];
  });
  return {
    pauses,
    guarantee: extensionOf(events, 'guarantee'),
    statutory: extensionOf(events, 'statutory'),
  };
}

function extensionOf(events: readonly ClockEvent[], deadline: string): Extension | null {
  const since = events.findLastIndex(({ reason }) => reason === SERVICE_CHANGED);
  const last = events.findLast(
    (event, place) =>
      event.kind === 'EXTEND' &&
      event.deadline === deadline &&
      (place > since || event.reason === REOPENED),
  );
  return last?.dueAt ? { until: last.dueAt, since: last.at } : null;
}
