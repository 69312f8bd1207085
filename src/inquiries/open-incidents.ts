import type { Tx } from '../db/tx.js';
import type { Page } from './page.js';
import { DEFAULT_LIMIT, MAX_LIMIT, readCursor, toPage } from './page.js';

/** A place where a process stands still until a person helps it on. */
export interface IncidentView {
  id: string;
  processId: string;
  version: number;
  elementId: string | null;
  kind: string;
  message: string;
  /** The inquiry it holds up, where there is one. */
  reference: string | null;
  unit: string | null;
  createdAt: string;
}

type Row = Omit<IncidentView, 'createdAt'> & { createdAt: Date };

/** What stands still now, the oldest first. @throws InvalidError 'cursor_invalid' */
export async function readOpenIncidents(
  tx: Tx,
  tenant: string,
  filter: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<IncidentView>> {
  const limit = Math.min(filter.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const cursor = filter.cursor === undefined ? undefined : readCursor(filter.cursor);
  const rows = await tx.query<Row>(
    `SELECT n.id, p.process_id AS "processId", p.version, n.element_id AS "elementId", n.kind,
       n.message, i.reference, i.unit_code AS unit, n.created_at AS "createdAt"
     FROM incident n
     JOIN process_instance p ON p.tenant_id = n.tenant_id AND p.id = n.instance_id
     LEFT JOIN inquiry i ON i.tenant_id = n.tenant_id AND i.instance_id = p.root_id
     WHERE n.tenant_id = $1 AND n.resolved_at IS NULL
       AND ($2::timestamptz IS NULL OR (n.created_at, n.id) > ($2, $3::bigint))
     ORDER BY n.created_at, n.id LIMIT ${limit + 1}`,
    [tenant, cursor?.at ?? null, cursor?.id ?? null],
  );
  return toPage(
    rows,
    limit,
    ({ createdAt, id }) => ({ at: createdAt, id }),
    (row) => ({ ...row, createdAt: row.createdAt.toISOString() }),
  );
}
