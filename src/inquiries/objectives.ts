import { formatLocalDate, fromDayNumber, toDayNumber } from '../calendar/local-date.js';
import { startOfDay, toLocal } from '../calendar/oslo-time.js';
import { addWorkingDays } from '../calendar/working-days.js';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { Channel } from './inquiry.js';

export const PERIODS = ['month', 'quarter', 'year'] as const;
export type ObjectivePeriod = (typeof PERIODS)[number];

/** A promise to a population: of e-mails, 75 % answered within four working days (F005). */
export interface Objective {
  id: Id;
  /** Which cases it is about; null is all. */
  channel: Channel | null;
  service: string | null;
  unit: string | null;
  /** From 0 to 1. */
  share: number;
  workingDays: number;
  period: ObjectivePeriod;
  /** The part of the error budget whose use escalates, 1 for all of it. */
  threshold: number;
  /** Fewer cases than this say nothing yet. */
  leastCases: number;
  /** The unit whose manager answers for it. */
  ownerUnit: string;
}

/** How an objective does in a period. Counts only: nothing says whose cases they are. */
export interface ObjectiveFigures {
  /** First day of the period, ISO 8601. */
  periodStart: string;
  /** Cases that came in. */
  cases: number;
  /** Answered in time, too late or not at all, and those that still have time. */
  kept: number;
  missed: number;
  open: number;
  /** Of those that are decided; null while none is. */
  keptShare: number | null;
  /** How many may be missed, and how much of that is used. */
  budget: number;
  burnt: number;
}

const COLUMNS = `id, channel, service_code AS service, unit_code AS unit, share::float AS share,
  working_days AS "workingDays", period, threshold::float AS threshold,
  least_cases AS "leastCases", owner_unit AS "ownerUnit"`;

/** Objectives that hold, the oldest first. */
export async function readObjectives(tx: Tx, tenant: string): Promise<Objective[]> {
  return tx.query<Objective>(
    `SELECT ${COLUMNS} FROM objective WHERE tenant_id = $1 AND ended_at IS NULL ORDER BY id`,
    [tenant],
  );
}

export async function insertObjective(
  tx: Tx,
  tenant: string,
  objective: Objective,
  { by, now }: { by: string; now: Date },
): Promise<void> {
  const { id, channel, service, unit, share, workingDays, period } = objective;
  await tx.query(
    `INSERT INTO objective (tenant_id, id, channel, service_code, unit_code, share, working_days,
       period, threshold, least_cases, owner_unit, made_by, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[tenant, id, channel, service, unit, share, workingDays, period],
      ...[objective.threshold, objective.leastCases, objective.ownerUnit, by, now],
    ],
  );
}

/** Ends an objective; what it burnt stays. False when there is none. */
export async function endObjective(tx: Tx, tenant: string, id: Id, now: Date): Promise<boolean> {
  const ended = await tx.query(
    `UPDATE objective SET ended_at = $3 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL
     RETURNING id`,
    [tenant, id, now],
  );
  return ended.length === 1;
}

/**
 * The figures of the period in which `now` lies. A case counts in the period it came in. It is
 * answered when its status first says so, or when it was closed; withdrawn cases were not for the
 * municipality to answer.
 */
export async function objectiveFigures(
  tx: Tx,
  tenant: string,
  objective: Objective,
  now: Date,
): Promise<ObjectiveFigures> {
  const first = periodStart(objective.period, now);
  const days = dueDays(first, now, objective.workingDays);
  const [counts] = await tx.query<{ cases: number; kept: number; missed: number }>(
    `WITH due (day, due_at) AS (SELECT * FROM unnest($2::date[], $3::timestamptz[])),
     answered AS (
       SELECT due.due_at, coalesce((SELECT min(e.at) FROM event e WHERE e.tenant_id = $1
           AND e.subject_type = 'inquiry' AND e.subject_id = i.id::text
           AND e.kind = 'inquiry.status' AND e.data ->> 'to' = 'answered'), i.closed_at) AS at
       FROM inquiry i JOIN due ON due.day = (i.received_at AT TIME ZONE 'Europe/Oslo')::date
       WHERE i.tenant_id = $1 AND i.received_at >= $4 AND i.received_at <= $5
         AND i.outcome IS DISTINCT FROM 'withdrawn' AND ($6::text IS NULL OR i.channel = $6)
         AND ($7::text IS NULL OR i.service_code = $7) AND ($8::text IS NULL OR i.unit_code = $8))
     SELECT count(*)::int AS cases, count(*) FILTER (WHERE at <= due_at)::int AS kept,
       count(*) FILTER (WHERE due_at < coalesce(at, $5))::int AS missed FROM answered`,
    [
      ...[tenant, days.map(({ day }) => day), days.map(({ due }) => due)],
      ...[startOfDay(fromDayNumber(first)), now],
      ...[objective.channel, objective.service, objective.unit],
    ],
  );
  return figuresOf(objective, first, counts ?? { cases: 0, kept: 0, missed: 0 });
}

/** Whether so much of the budget is used that somebody has to act. */
export function isBurnt(
  { threshold, leastCases }: Objective,
  { cases, missed, burnt }: ObjectiveFigures,
): boolean {
  return cases >= leastCases && missed > 0 && burnt >= threshold;
}

function figuresOf(
  { share }: Objective,
  first: number,
  { cases, kept, missed }: { cases: number; kept: number; missed: number },
): ObjectiveFigures {
  const decided = kept + missed;
  // In hundredths, so that 0.1 × 30 is 3.
  const budget = Math.round((1 - share) * cases * 100) / 100;
  return {
    periodStart: formatLocalDate(fromDayNumber(first)),
    cases,
    kept,
    missed,
    open: cases - decided,
    keptShare: decided === 0 ? null : kept / decided,
    budget,
    burnt: budget === 0 ? missed : missed / budget,
  };
}

function periodStart(period: ObjectivePeriod, now: Date): number {
  const { year, month } = toLocal(now);
  const months = { month, quarter: month - ((month - 1) % 3), year: 1 };
  return toDayNumber({ year, month: months[period], day: 1 });
}

function dueDays(first: number, now: Date, workingDays: number): { day: string; due: Date }[] {
  const last = toDayNumber(toLocal(now));
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const date = fromDayNumber(first + at);
    return { day: formatLocalDate(date), due: addWorkingDays(startOfDay(date), workingDays) };
  });
}
