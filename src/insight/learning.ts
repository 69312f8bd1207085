import type { Tx } from '../db/tx.js';
import type { JsonObject } from '../kernel/json.js';

/** What repeats itself: at one place, from the same people, after it was closed, or too late. */
export const FINDING_KINDS = ['place', 'people', 'reopened', 'breached'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that happened to a service so often that somebody should change something (F091). */
export type Finding = JsonObject & {
  /** The same in every month: one measure is enough for it at a time. */
  findingKey: string;
  kind: FindingKind;
  service: string;
  cell: string | null;
  count: number;
};

/** From (inclusive), to (exclusive). */
export interface Period {
  from: Date;
  to: Date;
}

/** Each kind as rows of (service, cell, count); $2 and $3 are the period. No person is named. */
const COUNTS: Readonly<Record<FindingKind, string>> = {
  place: `SELECT service_code AS service, grid_cell AS cell, count(*)::int AS count FROM inquiry
    WHERE tenant_id = $1 AND received_at >= $2 AND received_at < $3 AND grid_cell IS NOT NULL
    GROUP BY 1, 2`,
  people: `SELECT service, NULL AS cell, count(*)::int AS count FROM (
      SELECT i.service_code AS service FROM inquiry i JOIN inquiry_party l
        ON l.tenant_id = i.tenant_id AND l.inquiry_id = i.id
      WHERE i.tenant_id = $1 AND i.received_at >= $2 AND i.received_at < $3
      GROUP BY i.service_code, l.party_id HAVING count(*) >= 3) AS often GROUP BY 1`,
  reopened: `SELECT i.service_code AS service, NULL AS cell, count(*)::int AS count
    FROM event e JOIN inquiry i ON i.tenant_id = e.tenant_id AND i.id::text = e.subject_id
    WHERE e.tenant_id = $1 AND e.kind = 'inquiry.reopened' AND e.subject_type = 'inquiry'
      AND e.at >= $2 AND e.at < $3 GROUP BY 1`,
  breached: `SELECT i.service_code AS service, NULL AS cell, count(*)::int AS count
    FROM breach b JOIN inquiry i ON i.tenant_id = b.tenant_id AND i.id = b.inquiry_id
    WHERE b.tenant_id = $1 AND b.at >= $2 AND b.at < $3 GROUP BY 1`,
};

/**
 * What happened at least `least` times in the period, the most frequent first. What a measure is
 * already running for is left out.
 */
export async function findRepeats(
  tx: Tx,
  tenant: string,
  period: Period,
  { least, most, measureProcess }: { least: number; most: number; measureProcess: string },
): Promise<Finding[]> {
  const running = await tx.query<{ key: string | null }>(
    `SELECT variables ->> 'findingKey' AS key FROM process_instance
     WHERE tenant_id = $1 AND process_id = $2 AND status = 'active'`,
    [tenant, measureProcess],
  );
  const known = new Set(running.map(({ key }) => key));
  const findings: Finding[] = [];
  for (const kind of FINDING_KINDS) {
    for (const { service, cell, count } of await countKind(tx, tenant, kind, period)) {
      const findingKey = [kind, service, ...(cell === null ? [] : [cell])].join(' ');
      if (count < least || known.has(findingKey)) continue;
      findings.push({ findingKey, kind, service, cell, count });
    }
  }
  return findings.sort((one, other) => other.count - one.count).slice(0, most);
}

/** How often the same happened in another period. */
export async function countAgain(
  tx: Tx,
  tenant: string,
  { kind, service, cell }: Pick<Finding, 'kind' | 'service' | 'cell'>,
  period: Period,
): Promise<number> {
  const rows = await countKind(tx, tenant, kind, period);
  return rows.find((row) => row.service === service && row.cell === cell)?.count ?? 0;
}

function countKind(
  tx: Tx,
  tenant: string,
  kind: FindingKind,
  { from, to }: Period,
): Promise<{ service: string; cell: string | null; count: number }[]> {
  return tx.query(`${COUNTS[kind]} ORDER BY 3 DESC, 1, 2 LIMIT 100`, [tenant, from, to]);
}
