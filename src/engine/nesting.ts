import type { Tx } from '../db/tx.js';
import type { InstanceRow, Nesting } from './step/step.js';

/**
 * How many calls lie above an instance, and how many called processes are alive under its top one.
 * Counts no further than `most`, which is all that anybody has to know.
 */
export async function nestingOf(
  tx: Tx,
  tenant: string,
  { id, rootId, parentId }: InstanceRow,
  most: { callDepth: number; family: number },
): Promise<Nesting> {
  // Whoever was called by nobody, and is calling for the first time, costs an index lookup.
  const [found] = await tx.query<Nesting>(
    `WITH RECURSIVE above AS (
       SELECT $3::bigint AS id, 0 AS depth
       UNION ALL
       SELECT i.parent_id, depth + 1 FROM above JOIN process_instance i
         ON i.tenant_id = $1 AND i.id = above.id
       WHERE i.parent_id IS NOT NULL AND depth < $4)
     SELECT (SELECT max(depth) FROM above) AS depth, (SELECT count(*)::int FROM (
       SELECT 1 FROM process_instance WHERE tenant_id = $1 AND root_id = $2
         AND parent_id IS NOT NULL AND status IN ('created', 'active') LIMIT $5) alive) AS family`,
    [tenant, rootId, parentId === null ? null : id, most.callDepth, most.family],
    { name: 'nesting' },
  );
  return found ?? { depth: 0, family: 0 };
}
