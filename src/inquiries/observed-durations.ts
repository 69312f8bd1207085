import type { Tx } from '../db/tx.js';

/** From how long to how long cases like this one took, in milliseconds after receipt. */
export interface ObservedDurations {
  /** Half of them took no longer. */
  half: number;
  /** Nine of ten took no longer. */
  most: number;
}

/** Fewer cases say more about themselves than about the next one. */
const LEAST_CASES = 20;

/** The newest are enough, and tell of how it is now. */
const MOST_CASES = 1000;

/**
 * How long closed cases of a service took, of those that took longer than `ageMs`: what a case has
 * lived through already tells of the rest. Undefined when there are too few of them. Cases that
 * were passed on, linked or withdrawn were not worked to their end.
 */
export async function observedDurations(
  tx: Tx,
  tenant: string,
  service: string,
  ageMs: number,
): Promise<ObservedDurations | undefined> {
  const [row] = await tx.query<{ cases: number; half: number | null; most: number | null }>(
    `SELECT count(*)::int AS cases,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS half,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS most
     FROM (SELECT extract(epoch FROM closed_at - received_at)::float8 AS seconds FROM inquiry
       WHERE tenant_id = $1 AND service_code = $2 AND closed_at IS NOT NULL
         AND outcome IN ('answered', 'completed', 'rejected')
       ORDER BY closed_at DESC LIMIT ${MOST_CASES}) AS closed
     WHERE seconds > $3`,
    [tenant, service, ageMs / 1000],
  );
  if (!row || row.cases < LEAST_CASES || row.half === null || row.most === null) return undefined;
  return { half: row.half * 1000, most: row.most * 1000 };
}
