import type { Tx } from '../../db/tx.js';
import type { ProductFigures } from './report.js';

/**
 * The breaches are the rows that timers and the escalation handler wrote, the closings those of the
 * closing handler. A closed case has no timer left, so a breach of it came before its closing: no
 * deadline is compared with any time here.
 */
const FIGURES = `
  SELECT coalesce(sum(breaches), 0)::int AS escalations,
    count(closed_at)::int AS closed,
    (count(closed_at) FILTER (WHERE breaches > 0))::int AS "closedLate",
    (count(*) FILTER (WHERE closed_at IS NULL))::int AS "stillOpen",
    (count(*) FILTER (WHERE closed_at IS NULL AND breaches > 0))::int AS "openLate"
  FROM inquiry i CROSS JOIN LATERAL (
    SELECT count(*) AS breaches FROM breach b
    WHERE b.tenant_id = i.tenant_id AND b.inquiry_id = i.id) missed
  WHERE i.tenant_id = $1`;

const INCIDENTS = `
  SELECT count(*)::int AS incidents FROM incident WHERE tenant_id = $1 AND resolved_at IS NULL`;

/** What the product holds of a tenant's cases. */
export async function readFigures(tx: Tx, tenant: string): Promise<ProductFigures> {
  const [figures] = await tx.query<Omit<ProductFigures, 'incidents'>>(FIGURES, [tenant]);
  const [counted] = await tx.query<Pick<ProductFigures, 'incidents'>>(INCIDENTS, [tenant]);
  if (!figures || !counted) throw new TypeError('counting gave no row');
  return { ...figures, ...counted };
}
