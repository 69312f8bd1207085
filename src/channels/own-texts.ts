import type { Tx } from '../db/tx.js';
import type { Change } from '../inquiries/lifecycle.js';
import { ConflictError, InvalidError } from '../kernel/errors.js';
import { problemsOf } from './check-text.js';
import type { MessageLanguage, Template, TemplateText } from './kinds.js';

/** A municipality's text of one kind in one language, at one version. */
export interface OwnText {
  template: Template;
  language: MessageLanguage;
  version: number;
  /** Null where the built-in text was taken back. */
  subject: string | null;
  body: string | null;
  changedAt: Date;
  /** Login of who did it. */
  changedBy: string;
}

/** Which text somebody wants to change. */
export interface WhichText {
  template: Template;
  language: MessageLanguage;
  /** The one that was read; any when it is not given. */
  version?: number | undefined;
}

const COLUMNS = `template, language, version, subject, body, changed_at AS "changedAt",
  changed_by AS "changedBy"`;

/** The municipality's own text; undefined where the built-in one counts. */
export async function findOwnText(
  tx: Tx,
  tenant: string,
  { template, language }: WhichText,
): Promise<TemplateText | undefined> {
  const [newest] = await tx.query<OwnText>(
    `SELECT ${COLUMNS} FROM message_text WHERE tenant_id = $1 AND template = $2 AND language = $3
     ORDER BY version DESC LIMIT 1`,
    [tenant, template, language],
  );
  if (!newest || newest.subject === null || newest.body === null) return undefined;
  return { subject: newest.subject, body: newest.body };
}

/** The newest version of everything that was ever changed. */
export function readOwnTexts(tx: Tx, tenant: string): Promise<OwnText[]> {
  return tx.query<OwnText>(
    `SELECT DISTINCT ON (template, language) ${COLUMNS} FROM message_text WHERE tenant_id = $1
     ORDER BY template, language, version DESC`,
    [tenant],
  );
}

/** Every version of one text, the newest first. */
export function readTextHistory(
  tx: Tx,
  tenant: string,
  { template, language }: WhichText,
): Promise<OwnText[]> {
  return tx.query<OwnText>(
    `SELECT ${COLUMNS} FROM message_text WHERE tenant_id = $1 AND template = $2 AND language = $3
     ORDER BY version DESC`,
    [tenant, template, language],
  );
}

/**
 * Gives the municipality a text of its own. Nothing in it is ever evaluated: braces name facts.
 * @throws InvalidError 'message_text_invalid', ConflictError 'message_text_changed'
 */
export async function saveOwnText(
  tx: Tx,
  change: Change,
  which: WhichText,
  text: TemplateText,
): Promise<OwnText> {
  const problems = problemsOf(which.template, text);
  if (problems.length > 0) {
    throw new InvalidError(
      'message_text_invalid',
      `This text will not do for a message of the kind ${which.template}.`,
      { details: problems },
    );
  }
  return addVersion(tx, change, which, text);
}

/** Takes the built-in text back. @throws ConflictError 'message_text_changed' */
export function resetText(tx: Tx, change: Change, which: WhichText): Promise<OwnText> {
  return addVersion(tx, change, which, { subject: null, body: null });
}

async function addVersion(
  tx: Tx,
  { tenant, by, now }: Change,
  { template, language, version }: WhichText,
  { subject, body }: Pick<OwnText, 'subject' | 'body'>,
): Promise<OwnText> {
  // Of two who change it at once, the second finds the first's version taken.
  const [added] = await tx.query<OwnText>(
    `INSERT INTO message_text (tenant_id, template, language, version, subject, body, changed_at,
       changed_by)
     SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7 FROM message_text
       WHERE tenant_id = $1 AND template = $2 AND language = $3
       HAVING $8::int IS NULL OR coalesce(max(version), 0) = $8
     ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [tenant, template, language, subject, body, now, by, version ?? null],
  );
  if (added) return added;
  throw new ConflictError('message_text_changed', 'Somebody has changed the text meanwhile.');
}
