import type { Tx } from '../db/tx.js';
import type { Page } from './page.js';
import { DEFAULT_LIMIT, MAX_LIMIT, readCursor, toPage } from './page.js';

/** A deadline that was missed: by a case that is still open, or by one that closed after it. */
export interface BreachView {
  reference: string;
  service: string;
  unit: string | null;
  deadline: 'guarantee' | 'statutory';
  dueAt: string;
  /** When its process escalated it; null when it has not. */
  escalatedAt: string | null;
  /** The highest level it was escalated to; 0 when it was not. */
  level: number;
  closedAt: string | null;
  /** Whole hours from the deadline to the closing, or to now. */
  hoursLate: number;
}

export interface BreachFilter {
  deadline?: 'guarantee' | 'statutory' | undefined;
  /** Those still open, or those closed late. */
  open?: boolean | undefined;
  /** Only these units' cases; left out by whoever may see all. */
  units?: readonly string[] | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface BreachCounts {
  open: number;
  closedLate: number;
  /** How many of both the processes escalated. */
  escalated: number;
}

interface Row extends Omit<BreachView, 'dueAt' | 'escalatedAt' | 'closedAt' | 'hoursLate'> {
  /** Unique where two deadlines of one inquiry fall on the same moment. */
  place: string;
  dueAt: Date;
  escalatedAt: Date | null;
  closedAt: Date | null;
}

/** Every missed deadline; $2 is now. While a clock stands still nothing is missed. A case counts once for its promise and once for the law. */
const MISSED = `SELECT i.id::numeric * 2 + (d.deadline = 'statutory')::int AS place, i.reference, i.service_code AS service, i.unit_code AS unit, d.deadline,
    d.due_at AS "dueAt", i.closed_at AS "closedAt", b.at AS "escalatedAt",
    coalesce(b.level, 0)::int AS level
  FROM inquiry i
  CROSS JOIN LATERAL (VALUES ('guarantee', i.expected_by), ('statutory', i.statutory_by))
    AS d (deadline, due_at)
  LEFT JOIN LATERAL (SELECT min(at) AS at, max(level) AS level FROM breach
    WHERE tenant_id = $1 AND inquiry_id = i.id AND deadline = d.deadline AND due_at = d.due_at) b
    ON true
  WHERE i.tenant_id = $1 AND d.due_at < coalesce(i.closed_at, i.paused_at, $2)`;

/** Missed deadlines, the oldest first. @throws InvalidError 'cursor_invalid' */
export async function readBreaches(
  tx: Tx,
  tenant: string,
  filter: BreachFilter,
  now: Date,
): Promise<Page<BreachView>> {
  const limit = Math.min(filter.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const cursor = filter.cursor === undefined ? undefined : readCursor(filter.cursor);
  const rows = await tx.query<Row>(
    `SELECT * FROM (${MISSED}) missed WHERE ${CONDITIONS}
       AND ($6::timestamptz IS NULL OR ("dueAt", place) > ($6, $7::numeric))
     ORDER BY "dueAt", place LIMIT ${limit + 1}`,
    [tenant, now, ...filterValues(filter), cursor?.at ?? null, cursor?.id ?? null],
  );
  return toPage(
    rows,
    limit,
    ({ dueAt, place }) => ({ at: dueAt, id: place }),
    (row) => present(row, now),
  );
}

/** How many missed deadlines there are. */
export async function countBreaches(
  tx: Tx,
  tenant: string,
  filter: Omit<BreachFilter, 'cursor' | 'limit'>,
  now: Date,
): Promise<BreachCounts> {
  const [counts] = await tx.query<BreachCounts>(
    `SELECT count(*) FILTER (WHERE "closedAt" IS NULL)::int AS open,
       count("closedAt")::int AS "closedLate", count("escalatedAt")::int AS escalated
     FROM (${MISSED}) missed WHERE ${CONDITIONS}`,
    [tenant, now, ...filterValues(filter)],
  );
  return counts ?? { open: 0, closedLate: 0, escalated: 0 };
}

const CONDITIONS = `($3::text IS NULL OR deadline = $3)
  AND ($4::boolean IS NULL OR ("closedAt" IS NULL) = $4)
  AND ($5::text[] IS NULL OR unit = ANY($5))`;

function filterValues({ deadline, open, units }: BreachFilter): unknown[] {
  return [deadline ?? null, open ?? null, units ?? null];
}

function present(
  { place: _place, dueAt, escalatedAt, closedAt, ...row }: Row,
  now: Date,
): BreachView {
  return {
    ...row,
    dueAt: dueAt.toISOString(),
    escalatedAt: escalatedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    hoursLate: Math.floor(((closedAt ?? now).getTime() - dueAt.getTime()) / 3_600_000),
  };
}
