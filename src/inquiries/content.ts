import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

/** What was said, and where: the part of a case that retention empties. */
export interface Content {
  subject: string | null;
  /** As it came in; never changed, only scrubbed (F073). */
  text: string | null;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  scrubbedAt: Date | null;
}

/** A form's personal answers, as somebody gave them. */
export interface PersonalAnswers {
  id: Id;
  formId: string;
  taskId: Id | null;
  answers: JsonObject;
  answeredBy: string;
  answeredAt: Date;
}

export async function insertContent(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  { subject, text, address, latitude, longitude }: Omit<Content, 'scrubbedAt'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO inquiry_content (tenant_id, inquiry_id, subject, text, address, latitude, longitude)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tenant, inquiryId, subject, text, address, latitude, longitude],
  );
}

/** Writes the text of an inquiry that came in without one; a text that is there stays. */
export async function fillText(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  text: string,
): Promise<boolean> {
  const filled = await tx.query(
    `UPDATE inquiry_content SET text = $3 WHERE tenant_id = $1 AND inquiry_id = $2
       AND text IS NULL AND scrubbed_at IS NULL RETURNING inquiry_id`,
    [tenant, inquiryId, text],
  );
  return filled.length === 1;
}

export async function readContent(tx: Tx, tenant: string, inquiryId: Id): Promise<Content> {
  const [content] = await tx.query<Content>(
    `SELECT subject, text, address, latitude, longitude, scrubbed_at AS "scrubbedAt"
     FROM inquiry_content WHERE tenant_id = $1 AND inquiry_id = $2`,
    [tenant, inquiryId],
  );
  if (!content) throw new Error(`inquiry ${inquiryId} has no content row`);
  return content;
}

export async function addPersonalAnswers(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  { id, formId, taskId, answers, answeredBy, answeredAt }: PersonalAnswers,
): Promise<void> {
  if (Object.keys(answers).length === 0) return;
  await tx.query(
    `INSERT INTO inquiry_answer
       (tenant_id, id, inquiry_id, form_id, task_id, answers, answered_by, answered_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenant, id, inquiryId, formId, taskId, answers, answeredBy, answeredAt],
  );
}

/** Every personal answer of a case, oldest first. */
export async function readPersonalAnswers(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<PersonalAnswers[]> {
  return tx.query<PersonalAnswers>(
    `SELECT id, form_id AS "formId", task_id AS "taskId", answers, answered_by AS "answeredBy",
       answered_at AS "answeredAt"
     FROM inquiry_answer WHERE tenant_id = $1 AND inquiry_id = $2 ORDER BY id`,
    [tenant, inquiryId],
  );
}

/** The last text that somebody gave under this key, such as the answer to the citizen. */
export async function latestAnswer(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  key: string,
): Promise<string | undefined> {
  const [row] = await tx.query<{ text: string }>(
    `SELECT answers ->> $3 AS text FROM inquiry_answer
     WHERE tenant_id = $1 AND inquiry_id = $2 AND answers ? $3 ORDER BY id DESC LIMIT 1`,
    [tenant, inquiryId, key],
  );
  return row?.text;
}

/** Empties the content store of a case; what was sent and when stays, without its words. */
export async function scrubContent(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE inquiry_content SET subject = NULL, text = NULL, address = NULL, latitude = NULL,
       longitude = NULL, scrubbed_at = $3 WHERE tenant_id = $1 AND inquiry_id = $2`,
    [tenant, inquiryId, now],
  );
  await tx.query(
    `UPDATE inquiry_message SET subject = NULL, body = NULL, address = NULL
     WHERE tenant_id = $1 AND (inquiry_id = $2 OR from_inquiry_id = $2)`,
    [tenant, inquiryId],
  );
  await tx.query('DELETE FROM inquiry_answer WHERE tenant_id = $1 AND inquiry_id = $2', [
    tenant,
    inquiryId,
  ]);
}
