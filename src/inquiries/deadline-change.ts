import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { UnitCalendar } from '../calendar/unit-calendar.js';
import type { ServicePackage } from '../catalogue/package.js';
import { packageSchema } from '../catalogue/package.js';
import type { Tx } from '../db/tx.js';
import { ConflictError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import {
  calendarSchema,
  EVERY_UNIT,
  readUnitCalendar,
  withPeriod,
} from '../people/unit-calendars.js';
import { readRule } from './case-clock.js';
import { readClockEvents, storyOf } from './clock-events.js';
import type { ClockRule, Deadlines } from './deadlines.js';
import { deadlinesOf } from './deadlines.js';
import type { Inquiry } from './inquiries.js';
import { INQUIRY_COLUMNS } from './inquiries.js';

const { guarantee, statutory } = packageSchema.shape;

/** A rule that is changed: a service's promise or law, or a unit's calendar. */
export const deadlineChangeSchema = z.union([
  z
    .strictObject({
      service: z.string().max(20),
      guarantee: guarantee.optional(),
      statutory: statutory.optional(),
    })
    .refine(
      (change) => change.guarantee !== undefined || change.statutory !== undefined,
      'must change the guarantee or the statutory deadline',
    ),
  z.strictObject({
    unit: z
      .string()
      .max(20)
      .meta({ description: 'Its code, or * for every unit without its own.' }),
    calendar: calendarSchema,
  }),
]);
export type DeadlineChange = z.infer<typeof deadlineChangeSchema>;

/** What becomes another deadline when a service becomes `after`; undefined when none does. */
export function deadlineChangeBetween(
  before: ServicePackage,
  after: ServicePackage,
): DeadlineChange | undefined {
  const fields = (['guarantee', 'statutory'] as const).filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );
  if (fields.length === 0) return undefined;
  const changed = Object.fromEntries(fields.map((field) => [field, after[field]]));
  return { service: before.code, ...changed };
}

/** What a change does to one open case. */
export interface MovedCase {
  reference: string;
  deadline: 'guarantee' | 'statutory';
  from: string | null;
  to: string | null;
  /** Not overdue before, overdue after. */
  becomesOverdue: boolean;
}

/** What a change would do to the cases that are open now. */
export interface DeadlinePreview {
  /** How many open cases it concerns. */
  cases: number;
  /** How many of their dates move. */
  moved: number;
  becomeOverdue: number;
  /** The cases whose dates move, those that become overdue first; at most 200. */
  items: MovedCase[];
  /** Says what this preview was made of: another change or other cases have another. */
  token: string;
}

const PAGE = 200;
const MOST_SHOWN = 200;

/** Shows what a change does to open cases, and changes nothing. */
export async function previewDeadlines(
  tx: Tx,
  tenant: string,
  change: DeadlineChange,
  now: Date,
): Promise<DeadlinePreview> {
  const moved: MovedCase[] = [];
  let cases = 0;
  for (let after: Id = '0'; ;) {
    const page = await affectedAfter(tx, tenant, change, after, PAGE);
    cases += page.length;
    for (const inquiry of page) {
      const { dates } = await changedDates(tx, tenant, inquiry, change, now);
      moved.push(...movesOf(inquiry, dates, now));
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.id;
  }
  const worst = moved.filter(({ becomesOverdue }) => becomesOverdue);
  const others = moved.filter(({ becomesOverdue }) => !becomesOverdue);
  const token = createHash('sha256').update(JSON.stringify([change, cases, moved]));
  return {
    token: token.digest('hex'),
    cases,
    moved: moved.length,
    becomeOverdue: worst.length,
    items: [...worst, ...others].slice(0, MOST_SHOWN),
  };
}

/** Open cases that a change concerns, by id. */
export async function affectedAfter(
  tx: Tx,
  tenant: string,
  change: DeadlineChange,
  after: Id,
  limit: number,
): Promise<Inquiry[]> {
  const where =
    'service' in change
      ? 'service_code = $3'
      : `service_code IN (SELECT code FROM service WHERE tenant_id = $1 AND
           CASE WHEN $3 = '${EVERY_UNIT}' THEN NOT EXISTS (SELECT 1 FROM unit_calendar c
               WHERE c.tenant_id = $1 AND c.unit_code = package ->> 'unit')
             ELSE package ->> 'unit' = $3 END)`;
  return tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS} FROM inquiry WHERE tenant_id = $1 AND id > $2 AND closed_at IS NULL
       AND ${where} ORDER BY id LIMIT ${limit}`,
    [tenant, after, 'service' in change ? change.service : change.unit],
  );
}

/** The rule and the dates that a case has with a change. */
export async function changedDates(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  change: DeadlineChange,
  now: Date,
): Promise<{ rule: ClockRule; dates: Deadlines }> {
  const events = await readClockEvents(tx, tenant, inquiry.id);
  const rule = withRule(await readRule(tx, tenant, inquiry, events), change);
  const calendar = withCalendar(await readUnitCalendar(tx, tenant, rule.unit), change);
  // While a clock stands still its dates are those it had when it stopped.
  const story = storyOf(events, inquiry.pausedAt ?? now);
  return { rule, dates: deadlinesOf(rule, inquiry.receivedAt, calendar, story) };
}

function withRule(rule: ClockRule, change: DeadlineChange): ClockRule {
  if (!('service' in change)) return rule;
  return {
    ...rule,
    ...(change.guarantee !== undefined && { guarantee: change.guarantee }),
    ...(change.statutory !== undefined && { statutory: change.statutory }),
  };
}

function withCalendar(calendar: UnitCalendar, change: DeadlineChange): UnitCalendar {
  return 'service' in change ? calendar : withPeriod(calendar, change.calendar);
}

/** Which of a case's dates move. */
export function movesOf(inquiry: Inquiry, dates: Deadlines, now: Date): MovedCase[] {
  const both = [
    ['guarantee', inquiry.expectedBy, dates.expectedBy],
    ['statutory', inquiry.statutoryBy, dates.statutoryBy],
  ] as const;
  return both.flatMap(([deadline, from, to]) => {
    if (from?.getTime() === to?.getTime()) return [];
    const isLate = (date: Date | null) => date !== null && date < (inquiry.pausedAt ?? now);
    return [
      {
        reference: inquiry.reference,
        deadline,
        from: from?.toISOString() ?? null,
        to: to?.toISOString() ?? null,
        becomesOverdue: isLate(to) && !isLate(from),
      },
    ];
  });
}

/** A change that is being carried out, or has been. */
export interface RecordedChange {
  id: Id;
  change: DeadlineChange;
  afterId: Id;
  moved: number;
  madeAt: Date;
  doneAt: Date | null;
}

/** The change of that id, locked. @throws ConflictError 'deadline_change_unknown' */
export async function lockChange(tx: Tx, tenant: string, id: Id): Promise<RecordedChange> {
  const [found] = await tx.query<RecordedChange>(
    `SELECT id, change, after_id AS "afterId", moved, made_at AS "madeAt", done_at AS "doneAt"
     FROM deadline_change WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    [tenant, id],
  );
  if (found) return found;
  throw new ConflictError('deadline_change_unknown', 'There is no such change of deadlines.');
}
