import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { ConversationResult } from './contact-draft.js';
import type { Channel } from './inquiry.js';
import type { Page } from './page.js';
import { DEFAULT_LIMIT, MAX_LIMIT, readCursor, toPage } from './page.js';

/** A conversation as a list shows it. Dates are ISO 8601 in UTC. */
export interface ContactView {
  id: Id;
  channel: Channel;
  receivedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  result: ConversationResult;
  sources: string[];
  registeredBy: string;
  questions: {
    reference: string;
    service: string;
    unit: string | null;
    result: ConversationResult;
  }[];
}

export interface ContactFilter {
  channel?: Channel | undefined;
  result?: ConversationResult | undefined;
  /** Login of who registered it. */
  registeredBy?: string | undefined;
  /** Reference of one of its inquiries, spelled properly. */
  reference?: string | undefined;
  receivedFrom?: Date | undefined;
  receivedBefore?: Date | undefined;
  cursor?: string | undefined;
  /** At most 200. */
  limit?: number | undefined;
}

type Row = Omit<ContactView, 'receivedAt' | 'startedAt' | 'endedAt'> & {
  receivedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
};

/** Conversations by time of receipt, the newest first. @throws InvalidError 'cursor_invalid' */
export async function searchContacts(
  tx: Tx,
  tenant: string,
  filter: ContactFilter,
): Promise<Page<ContactView>> {
  const limit = Math.min(filter.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor);
  const rows = await tx.query<Row>(`${SELECT} ORDER BY c.received_at DESC, c.id DESC LIMIT $10`, [
    tenant,
    filter.channel ?? null,
    filter.result ?? null,
    filter.registeredBy ?? null,
    filter.reference ?? null,
    filter.receivedFrom ?? null,
    filter.receivedBefore ?? null,
    after?.at ?? null,
    after?.id ?? null,
    limit + 1,
  ]);
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return toPage(
    rows,
    limit,
    ({ receivedAt, id }) => ({ at: receivedAt, id }),
    (row) => ({
      ...row,
      receivedAt: row.receivedAt.toISOString(),
      startedAt: iso(row.startedAt),
      endedAt: iso(row.endedAt),
    }),
  );
}

const SELECT = `
  SELECT c.id, c.channel, c.received_at AS "receivedAt", c.started_at AS "startedAt",
    c.ended_at AS "endedAt", c.result, c.sources, c.registered_by AS "registeredBy",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('reference', i.reference,
        'service', i.service_code, 'unit', i.unit_code, 'result', q.result) ORDER BY i.id), '[]')
      FROM contact_question q JOIN inquiry i ON i.tenant_id = q.tenant_id AND i.id = q.inquiry_id
      WHERE q.tenant_id = c.tenant_id AND q.contact_id = c.id) AS questions
  FROM contact c
  WHERE c.tenant_id = $1 AND ($2::text IS NULL OR c.channel = $2)
    AND ($3::text IS NULL OR c.result = $3) AND ($4::text IS NULL OR c.registered_by = $4)
    AND ($5::text IS NULL OR c.id IN (SELECT q.contact_id FROM contact_question q
      JOIN inquiry i ON i.tenant_id = q.tenant_id AND i.id = q.inquiry_id
      WHERE q.tenant_id = $1 AND i.reference = $5))
    AND ($6::timestamptz IS NULL OR c.received_at >= $6)
    AND ($7::timestamptz IS NULL OR c.received_at < $7)
    AND ($8::timestamptz IS NULL OR (c.received_at, c.id) < ($8, $9::bigint))`;
