import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { Inquiry } from './inquiries.js';
import { getInquiry } from './inquiries.js';

/** As many random bits as nobody can try through. */
const KEY_BYTES = 24;

/**
 * Makes a key that opens the status page of one case, such as `fjordvik.3nq…`: for the citizen's own
 * mail or receipt. It is not kept, only its digest, so that a new one is made for every letter.
 */
export async function issueStatusKey(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  now: Date,
): Promise<string> {
  const secret = randomBytes(KEY_BYTES).toString('base64url');
  await tx.query(
    `INSERT INTO status_key (tenant_id, digest, inquiry_id, created_at) VALUES ($1, $2, $3, $4)`,
    [tenant, digestOf(secret), inquiryId, now],
  );
  return `${tenant}.${secret}`;
}

/** The case that a key opens; undefined for any other text. A forgotten case has no page. */
export async function findByStatusKey(
  tx: Tx,
  key: string,
): Promise<{ tenant: string; inquiry: Inquiry } | undefined> {
  const [, tenant, secret] = /^([a-z0-9-]{1,60})\.([\w-]{32})$/.exec(key) ?? [];
  if (tenant === undefined || secret === undefined) return undefined;
  const [row] = await tx.query<{ inquiryId: Id }>(
    'SELECT inquiry_id AS "inquiryId" FROM status_key WHERE tenant_id = $1 AND digest = $2',
    [tenant, digestOf(secret)],
  );
  return row && { tenant, inquiry: await getInquiry(tx, tenant, row.inquiryId) };
}

/** Closes the page of a case for good, whoever still has a key. */
export async function dropStatusKeys(tx: Tx, tenant: string, inquiryId: Id): Promise<void> {
  await tx.query('DELETE FROM status_key WHERE tenant_id = $1 AND inquiry_id = $2', [
    tenant,
    inquiryId,
  ]);
}

/** The keys are random: a digest without salt gives nothing to guess. */
function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
