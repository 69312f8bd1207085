import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { Channel } from './inquiry.js';
import type { Page } from './page.js';
import { DEFAULT_LIMIT, MAX_LIMIT, readCursor, toPage } from './page.js';

/** A message that nobody has read yet; what it says is on its case. Dates are ISO 8601 in UTC. */
export interface UnreadMessage {
  id: Id;
  reference: string;
  service: string;
  unit: string | null;
  channel: Channel | null;
  receivedAt: string;
  /** Until when somebody must have read it. */
  dueAt: string;
  overdue: boolean;
}

interface UnreadFilter {
  /** As of a search for inquiries: left out by whoever may see everything. */
  visibleTo: { units: readonly string[]; registeredBy: string } | undefined;
  overdue?: boolean | undefined;
  cursor?: string | undefined;
  /** At most 200. */
  limit?: number | undefined;
}

interface Row extends Omit<UnreadMessage, 'receivedAt' | 'dueAt' | 'overdue'> {
  receivedAt: Date;
  dueAt: Date;
}

/** What nobody has read yet, the most urgent first. @throws InvalidError 'cursor_invalid' */
export async function readUnread(
  tx: Tx,
  tenant: string,
  { visibleTo, overdue, cursor, limit: wanted = DEFAULT_LIMIT }: UnreadFilter,
  now: Date,
): Promise<Page<UnreadMessage>> {
  const limit = Math.min(wanted, MAX_LIMIT);
  const after = cursor === undefined ? { at: new Date(0), id: '0' } : readCursor(cursor);
  const rows = await tx.query<Row>(
    `SELECT m.id, i.reference, i.service_code AS service, i.unit_code AS unit, m.channel,
       m.sent_at AS "receivedAt", m.due_at AS "dueAt"
     FROM inquiry_message m JOIN inquiry i ON i.tenant_id = m.tenant_id AND i.id = m.inquiry_id
     WHERE m.tenant_id = $1 AND m.due_at IS NOT NULL AND m.read_at IS NULL
       AND (m.due_at, m.id) > ($2, $3) AND ($4::boolean OR i.unit_code = ANY($5) OR i.registered_by = $6)
       AND ($7::boolean IS NULL OR (m.due_at < $8) = $7)
     ORDER BY m.due_at, m.id LIMIT ${limit + 1}`,
    [
      tenant,
      after.at,
      after.id,
      visibleTo === undefined,
      visibleTo?.units ?? [],
      visibleTo?.registeredBy ?? '',
      overdue ?? null,
      now,
    ],
  );
  return toPage(
    rows,
    limit,
    ({ dueAt, id }) => ({ at: dueAt, id }),
    (row) => ({
      ...row,
      receivedAt: row.receivedAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      overdue: row.dueAt < now,
    }),
  );
}
