import type { Tx } from '../db/tx.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import type { Id } from '../kernel/ids.js';

/**
 * Keeps of a case what statistics need and nobody can be found by: no number, no day, and the place
 * only as `gridCell` that enough cases share (F085).
 */
export async function writeCaseFact(
  tx: Tx,
  tenant: string,
  { id, inquiry, gridCell }: { id: Id; inquiry: Inquiry; gridCell: string | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO case_fact (tenant_id, id, service_code, unit_code, channel, week, grid_cell,
       lead_hours, outcome, breaches)
     SELECT i.tenant_id, $3, i.service_code, i.unit_code, i.channel,
       to_char(i.received_at AT TIME ZONE 'Europe/Oslo', 'IYYY-"W"IW'), $4,
       greatest(0, extract(epoch FROM i.closed_at - i.received_at) / 3600)::int, i.outcome,
       (SELECT count(*)::int FROM breach b
        WHERE b.tenant_id = i.tenant_id AND b.inquiry_id = i.id)
     FROM inquiry i WHERE i.tenant_id = $1 AND i.id = $2 AND i.closed_at IS NOT NULL`,
    [tenant, inquiry.id, id, gridCell],
  );
}
