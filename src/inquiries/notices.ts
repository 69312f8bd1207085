import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { Change } from './lifecycle.js';

/** A text in every language that citizens read. */
export interface NoticeTexts {
  nb: string;
  nn: string;
  en: string;
}

/** A message to everybody at once: what has happened, and that nobody needs to report it again. */
export interface Notice {
  id: Id;
  service: string;
  texts: NoticeTexts;
  /** Part of the municipality it concerns; null for all of it. */
  district: string | null;
  shownFrom: Date;
  shownUntil: Date | null;
}

const COLUMNS = `id, service_code AS service, texts, district, shown_from AS "shownFrom",
  shown_until AS "shownUntil"`;

/** Puts up a notice; it is shown until it is taken down, or until its time is out. */
export async function publishNotice(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  notice: {
    service: string;
    texts: NoticeTexts;
    crisisId?: Id;
    inquiryId?: Id;
    district?: string | null;
    shownUntil?: Date | null;
  },
): Promise<Id> {
  const id = newId();
  await tx.query(
    `INSERT INTO notice (tenant_id, id, service_code, crisis_id, inquiry_id, texts, district,
       shown_from, shown_until, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tenant,
      id,
      notice.service,
      notice.crisisId ?? null,
      notice.inquiryId ?? null,
      notice.texts,
      notice.district ?? null,
      now,
      notice.shownUntil ?? null,
      by,
    ],
  );
  return id;
}

/** Gives the notice of a crisis other words. False when none of it is shown. */
export async function rewordNotice(
  tx: Tx,
  tenant: string,
  crisisId: Id,
  texts: NoticeTexts,
  now: Date,
): Promise<boolean> {
  const changed = await tx.query(
    `UPDATE notice SET texts = $3 WHERE tenant_id = $1 AND crisis_id = $2
       AND (shown_until IS NULL OR shown_until > $4) RETURNING id`,
    [tenant, crisisId, texts, now],
  );
  return changed.length > 0;
}

/** What a crisis of this service tells everybody now. */
export async function findCrisisNotice(
  tx: Tx,
  tenant: string,
  service: string,
  now: Date,
): Promise<NoticeTexts | undefined> {
  const [notice] = await tx.query<{ texts: NoticeTexts }>(
    `SELECT texts FROM notice WHERE tenant_id = $1 AND service_code = $2 AND shown_from <= $3
       AND (shown_until IS NULL OR shown_until > $3) AND crisis_id IS NOT NULL
     ORDER BY shown_from DESC, id DESC LIMIT 1`,
    [tenant, service, now],
    { name: 'find-crisis-notice' },
  );
  return notice?.texts;
}

/** Takes down what a crisis or a case has put up. */
export async function takeDownNotices(
  tx: Tx,
  { tenant, now }: Change,
  subject: { crisisId: Id } | { inquiryId: Id },
): Promise<void> {
  const [column, id] =
    'crisisId' in subject ? ['crisis_id', subject.crisisId] : ['inquiry_id', subject.inquiryId];
  await tx.query(
    `UPDATE notice SET shown_until = $3 WHERE tenant_id = $1 AND ${column} = $2
       AND (shown_until IS NULL OR shown_until > $3)`,
    [tenant, id, now],
  );
}

/** What is shown now, the newest first; of one service, or of all. */
export function readNotices(
  tx: Tx,
  tenant: string,
  { now, service }: { now: Date; service?: string | undefined },
): Promise<Notice[]> {
  return tx.query<Notice>(
    `SELECT ${COLUMNS} FROM notice WHERE tenant_id = $1 AND shown_from <= $2
       AND (shown_until IS NULL OR shown_until > $2) AND ($3::text IS NULL OR service_code = $3)
     ORDER BY shown_from DESC, id DESC LIMIT 100`,
    [tenant, now, service ?? null],
    { name: 'read-notices' },
  );
}
