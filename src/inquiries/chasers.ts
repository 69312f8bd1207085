import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { DialoguePorts } from './dialogue-ports.js';
import { lockInquiry } from './inquiries.js';
import type { Channel } from './inquiry.js';
import { isOpen } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';
import type { ReadModel } from './milestones.js';
import type { StandingPlace } from './standing-places.js';
import { standingPlaces } from './standing-places.js';

/** How soon the same question comes again without being another one. */
const SAME_QUESTION_MS = 3_600_000;

/** Somebody asked again (norsk: purring). */
export interface Chaser {
  id: Id;
  /** How many times it has been asked about this case, this time included. */
  count: number;
  /** Where the case stood, by the models; empty when nothing of it waits. */
  places: StandingPlace[];
}

/**
 * Counts that a citizen asked «what is happening?», against the elements where the case stood: each
 * such question is work that the process has made (failure demand). Tells the process, which may
 * then ask the unit.
 * @throws NotFoundError 'inquiry_not_found'
 */
export async function recordChaser(
  tx: Tx,
  change: Change,
  { inquiryId, channel }: { inquiryId: Id; channel: Channel },
  { publish, readModel }: Pick<DialoguePorts, 'publish'> & { readModel: ReadModel },
): Promise<Chaser> {
  const { tenant, by, now, newId } = change;
  const inquiry = await lockInquiry(tx, tenant, inquiryId);
  const places = await standingPlaces(tx, tenant, inquiry.instanceId, readModel);
  const id = newId();
  const overdue = isOpen(inquiry.status) && inquiry.expectedBy < now;
  await tx.query(
    `INSERT INTO chaser (tenant_id, id, inquiry_id, channel, service_code, unit_code, overdue, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenant, id, inquiryId, channel, inquiry.service, inquiry.unit, overdue, now],
  );
  for (const { processId, elementId } of places) {
    await tx.query(
      `INSERT INTO chaser_place (tenant_id, chaser_id, process_id, element_id)
       VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [tenant, id, processId, elementId],
    );
  }
  const count = await countChasers(tx, tenant, inquiryId);
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.chased', { channel, count });
  await publish(tx, tenant, {
    name: 'inquiry.chased',
    correlationKey: inquiryId,
    timeToLiveMs: 0,
    variables: { chasers: count },
    by,
  });
  return { id, count, places };
}

/** What the count of chasers needs from above. */
type ChaserPorts = Parameters<typeof recordChaser>[3];

/**
 * Counts a question about the status of an open case. Asking again within the hour, wherever, is the
 * same question; after the end nothing is left to hurry.
 * @throws NotFoundError 'inquiry_not_found'
 */
export async function recordStatusQuestion(
  tx: Tx,
  change: Change,
  asked: { inquiryId: Id; channel: Channel },
  ports: ChaserPorts,
): Promise<void> {
  const { status } = await lockInquiry(tx, change.tenant, asked.inquiryId);
  if (!isOpen(status)) return;
  const last = await lastChasedAt(tx, change.tenant, asked.inquiryId);
  if (last && change.now.getTime() - last.getTime() < SAME_QUESTION_MS) return;
  await recordChaser(tx, change, asked, ports);
}

/** How many times it has been asked about a case. */
export async function countChasers(tx: Tx, tenant: string, inquiryId: Id): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM chaser WHERE tenant_id = $1 AND inquiry_id = $2',
    [tenant, inquiryId],
  );
  return row?.count ?? 0;
}

async function lastChasedAt(tx: Tx, tenant: string, inquiryId: Id): Promise<Date | undefined> {
  const [row] = await tx.query<{ at: Date | null }>(
    'SELECT max(at) AS at FROM chaser WHERE tenant_id = $1 AND inquiry_id = $2',
    [tenant, inquiryId],
  );
  return row?.at ?? undefined;
}

/** How often it was asked while cases stood at an element. */
export interface ChaserFigure {
  /** Null where nothing of the case waited. */
  processId: string | null;
  elementId: string | null;
  chasers: number;
  cases: number;
  /** How many came after the promised date. */
  overdue: number;
}

/** The elements at which cases stood when somebody asked again, those asked about most first. */
export function readChaserFigures(
  tx: Tx,
  tenant: string,
  { from, before, service }: { from: Date; before: Date; service: string | undefined },
): Promise<ChaserFigure[]> {
  return tx.query<ChaserFigure>(
    `SELECT p.process_id AS "processId", p.element_id AS "elementId", count(*)::int AS chasers,
       count(DISTINCT c.inquiry_id)::int AS cases,
       count(*) FILTER (WHERE c.overdue)::int AS overdue
     FROM chaser c LEFT JOIN chaser_place p ON p.tenant_id = c.tenant_id AND p.chaser_id = c.id
     WHERE c.tenant_id = $1 AND c.at >= $2 AND c.at < $3
       AND ($4::text IS NULL OR c.service_code = $4)
     GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 500`,
    [tenant, from, before, service ?? null],
  );
}
