import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import type { Inquiry } from '../inquiries.js';
import type { Change } from '../lifecycle.js';

/** Whether a person sent a case on, or its unit gave it back and it was routed anew. */
export type ReroutingKind = 'moved' | 'rejected';

/**
 * Counts that a case did not stay where a rule had put it. A case that was never routed, or whose
 * unit was not chosen by a rule, tells nothing about rules.
 */
export async function recordRerouting(
  tx: Tx,
  { tenant, now, newId }: Change,
  { id, unit, routing }: Pick<Inquiry, 'id' | 'unit' | 'routing'>,
  { to, kind }: { to: string; kind: ReroutingKind },
): Promise<void> {
  if (unit === null || routing === null) return;
  const { decision, version, routedBy } = routing;
  if (typeof decision !== 'string' || typeof routedBy !== 'string') return;
  await tx.query(
    `INSERT INTO rerouting (tenant_id, id, inquiry_id, decision, version, rule, from_unit, to_unit,
       kind, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [tenant, newId(), id, decision, version ?? 0, routedBy, unit, to, kind, now],
  );
}

/** How many times a case was sent on from where a rule had put it. */
export async function countReroutings(tx: Tx, tenant: string, inquiryId: Id): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM rerouting WHERE tenant_id = $1 AND inquiry_id = $2',
    [tenant, inquiryId],
  );
  return row?.count ?? 0;
}
