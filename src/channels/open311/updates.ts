import type { Tx } from '../../db/tx.js';
import { wordsFor } from '../../inquiries/event-words.js';
import type { UnitNames } from '../../inquiries/event-words.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import { readUnits } from '../../people/units.js';
import type { WireObject } from './wire.js';

/** Something that happened to a report and may be told to everybody. */
export interface PublicUpdate {
  /** Of the event; with the report it makes the update's number. */
  eventId: Id;
  inquiryId: Id;
  reference: string;
  at: Date;
  kind: string;
  data: JsonObject;
}

/** Events that say where a report stands. None of them says anything of anybody. */
const PUBLIC_KINDS = [
  'inquiry.routed',
  'inquiry.rerouted',
  'inquiry.status',
  'inquiry.closed',
  'inquiry.reopened',
];

/** What the status is called in the update extension, as FixMyStreet reads it. */
const STATUS: Readonly<Record<string, string>> = {
  received: 'open',
  registered: 'open',
  inProgress: 'in_progress',
  awaitingCitizen: 'investigating',
  external: 'action_scheduled',
  answered: 'closed',
  closed: 'closed',
  reopened: 'open',
  withdrawn: 'cancelled',
};

const OUTCOME: Readonly<Record<string, string>> = {
  completed: 'fixed',
  answered: 'closed',
  forwarded: 'not_councils_responsibility',
  linked: 'duplicate',
  withdrawn: 'cancelled',
  rejected: 'no_further_action',
};

/**
 * Updates of reports in a period, the oldest first. A report that follows another is told what
 * happens to that one, too.
 */
export async function readUpdates(
  tx: Tx,
  tenant: string,
  { from, before, limit }: { from: Date; before: Date; limit: number },
): Promise<WireObject[]> {
  const updates = await tx.query<PublicUpdate>(
    `${SELECT} AND e.kind = ANY($2) AND e.at BETWEEN $3 AND $4
     ORDER BY e.at, e.id, i.id LIMIT $5`,
    [tenant, PUBLIC_KINDS, from, before, limit],
  );
  return toWire(tx, tenant, updates);
}

/** Updates that a client wants pushed and has not been sent, the oldest first. */
export async function readUnsent(
  tx: Tx,
  tenant: string,
  { clientId, since, limit }: { clientId: Id; since: Date; limit: number },
): Promise<(PublicUpdate & { wire: WireObject })[]> {
  const updates = await tx.query<PublicUpdate>(
    `${SELECT} AND o.client_id = $2 AND e.kind = ANY($3) AND e.at >= $4
       AND NOT EXISTS (SELECT 1 FROM open311_push p WHERE p.tenant_id = o.tenant_id
         AND p.client_id = o.client_id AND p.inquiry_id = o.inquiry_id AND p.event_id = e.id
         AND (p.sent_at IS NOT NULL OR p.given_up_at IS NOT NULL))
     ORDER BY e.at, e.id, i.id LIMIT $5`,
    [tenant, clientId, PUBLIC_KINDS, since, limit],
  );
  const wires = await toWire(tx, tenant, updates);
  return updates.map((update, at) => ({ ...update, wire: wires[at] ?? {} }));
}

/** From the events on: those of a period are few beside all reports that ever were. */
const SELECT = `
  SELECT e.id AS "eventId", i.id AS "inquiryId", i.reference, e.at, e.kind, e.data
  FROM event e
  CROSS JOIN LATERAL (
    SELECT id, reference FROM inquiry
    WHERE tenant_id = e.tenant_id AND id = e.subject_id::bigint
    UNION ALL
    SELECT id, reference FROM inquiry
    WHERE tenant_id = e.tenant_id AND duplicate_of = e.subject_id::bigint) i
  JOIN open311_request o ON o.tenant_id = e.tenant_id AND o.inquiry_id = i.id
  WHERE e.tenant_id = $1 AND e.subject_type = 'inquiry'`;

async function toWire(
  tx: Tx,
  tenant: string,
  updates: readonly PublicUpdate[],
): Promise<WireObject[]> {
  if (updates.length === 0) return [];
  const units: UnitNames = new Map(
    (await readUnits(tx, tenant)).map(({ code, names }) => [code, names]),
  );
  return updates.map(({ eventId, inquiryId, reference, at, kind, data }) => ({
    update_id: `${eventId}-${inquiryId}`,
    service_request_id: reference,
    status: statusOf(kind, data),
    updated_datetime: at.toISOString(),
    description: wordsFor(kind, data, units)?.nb ?? '',
    media_url: null,
    external_status_code: textOf(data['outcome'] ?? data['to']) ?? kind.replace('inquiry.', ''),
  }));
}

function statusOf(kind: string, data: JsonObject): string {
  if (kind === 'inquiry.closed') return OUTCOME[textOf(data['outcome']) ?? ''] ?? 'closed';
  if (kind === 'inquiry.status') return STATUS[textOf(data['to']) ?? ''] ?? 'open';
  return 'open';
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
