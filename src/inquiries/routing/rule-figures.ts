import type { Tx } from '../../db/tx.js';

/** How well one row of a routing table did in a period. */
export interface RuleFigures {
  decision: string;
  /** The row's id; `catalogue` where no row matched and the service's own unit was taken. */
  rule: string;
  /** Cases that it put somewhere. */
  routed: number;
  /** Of these, sent on by a person, or given back by the unit. */
  rerouted: number;
  /** Share sent on, 0 to 1. */
  wrongRate: number;
  /** Where they went instead, the commonest first: how the row might be changed. */
  corrections: {
    from: string;
    to: string;
    service: string;
    district: string | null;
    cases: number;
  }[];
}

/** Periods in which an inquiry was received; the end is not part of it. */
export interface Period {
  from: Date;
  before: Date;
}

const MAX_CORRECTIONS = 5;

/** Every row that put a case somewhere, the one with the most wrong first. */
export async function readRuleFigures(
  tx: Tx,
  tenant: string,
  { from, before }: Period,
): Promise<RuleFigures[]> {
  const given = [tenant, from, before];
  const rules = await tx.query<{
    decision: string;
    rule: string;
    routed: number;
    rerouted: number;
  }>(ROUTED, given);
  const corrections = await tx.query<
    RuleFigures['corrections'][number] & { decision: string; rule: string }
  >(CORRECTED, given);
  return rules.map((one) => ({
    ...one,
    wrongRate: one.routed === 0 ? 0 : Math.round((one.rerouted / one.routed) * 1000) / 1000,
    corrections: corrections
      .filter(({ decision, rule }) => decision === one.decision && rule === one.rule)
      .slice(0, MAX_CORRECTIONS)
      .map(({ from: left, to, service, district, cases }) => ({
        from: left,
        to,
        service,
        district,
        cases,
      })),
  }));
}

/**
 * A case counts once for each rule that had it: the rule it has now, and those it was sent on from.
 */
const ROUTED = `
  WITH routed AS (
    SELECT id, routing ->> 'decision' AS decision, routing ->> 'routedBy' AS rule, false AS wrong
    FROM inquiry WHERE tenant_id = $1 AND received_at >= $2 AND received_at < $3
      AND routing IS NOT NULL
    UNION ALL
    SELECT r.inquiry_id, r.decision, r.rule, true FROM rerouting r
    JOIN inquiry i ON i.tenant_id = r.tenant_id AND i.id = r.inquiry_id
    WHERE r.tenant_id = $1 AND i.received_at >= $2 AND i.received_at < $3)
  SELECT decision, rule, count(DISTINCT id)::int AS routed,
    count(DISTINCT id) FILTER (WHERE wrong)::int AS rerouted
  FROM routed GROUP BY decision, rule
  ORDER BY count(DISTINCT id) FILTER (WHERE wrong) DESC, count(DISTINCT id) DESC, rule`;

const CORRECTED = `
  SELECT r.decision, r.rule, r.from_unit AS "from", r.to_unit AS "to", i.service_code AS service,
    i.district, count(*)::int AS cases
  FROM rerouting r JOIN inquiry i ON i.tenant_id = r.tenant_id AND i.id = r.inquiry_id
  WHERE r.tenant_id = $1 AND i.received_at >= $2 AND i.received_at < $3
    AND r.to_unit <> r.from_unit
  GROUP BY r.decision, r.rule, r.from_unit, r.to_unit, i.service_code, i.district
  ORDER BY count(*) DESC, r.to_unit, i.service_code`;
