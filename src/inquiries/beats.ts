import type { Tx } from '../db/tx.js';
import { publishMessage } from '../engine/messages/publish.js';
import { InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { Change } from './lifecycle.js';

/** The rank of a cell counts what came in so lately on its own: where it piles up now (F090). */
const RECENT_MS = 15 * 60_000;

/** How long a report that a beat is done waits for a case that is just being registered. */
const WAITS_MS = 3_600_000;

/** More cases than this are answered by another call: one transaction must not take minutes. */
const MOST_AT_ONCE = 1000;

/** A place on a contractor's list, and how much it weighs. */
export interface RankedCell {
  beat: string;
  /** The grid cell; null for those that nobody placed on the map. */
  cell: string | null;
  cases: number;
  points: number;
  /** How many of them came in during the last quarter of an hour. */
  recent: number;
  since: Date;
}

/** Puts a case on the list of its beat; one that is there already gets these points. */
export async function putOnBeat(
  tx: Tx,
  { tenant, now }: Change,
  placed: { inquiryId: Id; service: string; beat: string; cell: string | null; points: number },
): Promise<void> {
  const { inquiryId, service, beat, cell, points } = placed;
  await tx.query(
    `INSERT INTO beat_case (tenant_id, inquiry_id, service_code, beat, grid_cell, points, added_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (tenant_id, inquiry_id) DO UPDATE SET beat = excluded.beat,
       points = excluded.points`,
    [tenant, inquiryId, service, beat, cell, points, now],
  );
}

/** What waits to be done, the heaviest cells first: the priority list of the duty officer. */
export function rankCells(
  tx: Tx,
  tenant: string,
  { service, beat, now }: { service: string; beat?: string | undefined; now: Date },
): Promise<RankedCell[]> {
  return tx.query<RankedCell>(
    `SELECT b.beat, b.grid_cell AS cell, count(*)::int AS cases, sum(b.points)::int AS points,
       (count(*) FILTER (WHERE b.added_at > $4))::int AS recent, min(b.added_at) AS since
     FROM beat_case b JOIN inquiry i ON i.tenant_id = b.tenant_id AND i.id = b.inquiry_id
     WHERE b.tenant_id = $1 AND b.service_code = $2 AND b.done_at IS NULL AND i.closed_at IS NULL
       AND ($3::text IS NULL OR b.beat = $3)
     GROUP BY b.beat, b.grid_cell
     ORDER BY sum(b.points) + 20 * count(*) FILTER (WHERE b.added_at > $4) DESC, min(b.added_at)
     LIMIT 200`,
    [tenant, service, beat ?? null, new Date(now.getTime() - RECENT_MS)],
  );
}

export interface BeatReport {
  service: string;
  /** A whole beat, or one cell of the map. */
  beat?: string | undefined;
  cell?: string | undefined;
  /** What every citizen who waits for it is told. */
  text: string;
}

/**
 * Takes a report that a beat or a cell is done: every case that waits for it gets the same answer, and
 * its process goes on. `left` are those that need another report, since there were so many.
 * @throws InvalidError 'beat_unknown' when no service of that code has a list
 */
export async function reportDone(
  tx: Tx,
  change: Change,
  { service, beat, cell, text }: BeatReport,
): Promise<{ answered: number; left: number }> {
  const { tenant, now } = change;
  const message = await doneMessage(tx, tenant, service);
  const place = [tenant, service, beat ?? null, cell ?? null];
  const done = await tx.query<{ id: Id }>(
    `UPDATE beat_case b SET done_at = $5 FROM (
       SELECT w.inquiry_id FROM beat_case w
         JOIN inquiry i ON i.tenant_id = w.tenant_id AND i.id = w.inquiry_id
       WHERE w.tenant_id = $1 AND w.service_code = $2 AND w.done_at IS NULL AND i.closed_at IS NULL
         AND ($3::text IS NULL OR w.beat = $3) AND ($4::text IS NULL OR w.grid_cell = $4)
       ORDER BY w.points DESC, w.inquiry_id LIMIT ${MOST_AT_ONCE} FOR UPDATE OF w SKIP LOCKED) waiting
     WHERE b.tenant_id = $1 AND b.inquiry_id = waiting.inquiry_id RETURNING b.inquiry_id AS id`,
    [...place, now],
  );
  const ids = done.map(({ id }) => id);
  await answerAll(tx, change, ids, text);
  for (const id of ids) await tellProcess(tx, change, message, id);
  const [row] = await tx.query<{ left: number }>(
    `SELECT count(*)::int AS left FROM beat_case w
       JOIN inquiry i ON i.tenant_id = w.tenant_id AND i.id = w.inquiry_id
     WHERE w.tenant_id = $1 AND w.service_code = $2 AND w.done_at IS NULL AND i.closed_at IS NULL
       AND ($3::text IS NULL OR w.beat = $3) AND ($4::text IS NULL OR w.grid_cell = $4)`,
    place,
  );
  return { answered: ids.length, left: row?.left ?? 0 };
}

/** Services tell that something is done by a message named after their folder. */
async function doneMessage(tx: Tx, tenant: string, service: string): Promise<string> {
  const [row] = await tx.query<{ folder: string }>(
    'SELECT folder FROM service WHERE tenant_id = $1 AND code = $2',
    [tenant, service],
  );
  if (row) return `${row.folder}.done`;
  throw new InvalidError('beat_unknown', `There is no service ${service}.`, {
    details: [{ path: 'service', reason: 'is not a known service' }],
  });
}

/** The same words in the content of each: as an answer, and as the common message it is sent as. */
async function answerAll(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  inquiryIds: readonly Id[],
  text: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO inquiry_answer
       (tenant_id, id, inquiry_id, form_id, task_id, answers, answered_by, answered_at)
     SELECT $1, one.id, one.inquiry_id, '', NULL, $4, $5, $6
     FROM unnest($2::bigint[], $3::bigint[]) AS one (id, inquiry_id)`,
    [tenant, inquiryIds.map(() => newId()), inquiryIds, { answer: text, notice: text }, by, now],
  );
}

async function tellProcess(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  name: string,
  inquiryId: Id,
): Promise<void> {
  const message = { name, correlationKey: inquiryId, variables: { bulk: true }, by };
  await publishMessage(tx, tenant, { ...message, timeToLiveMs: WAITS_MS }, { newId, now });
}
