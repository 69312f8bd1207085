import { createHash } from 'node:crypto';
import type { Tx } from '../db/tx.js';
import { ConflictError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';

/** How long cases of a class stay, and whether the archive must have them first (D6). */
export interface RetentionRule {
  retentionClass: string;
  /** ISO 8601 duration after closing; a service may keep its cases longer, never shorter. */
  keep: string;
  needsReceipt: boolean;
}

/** One case on a disposal list, and the rule it was disposed of by. */
export type DisposalEntry = {
  reference: string;
  service: string;
  rule: string;
};

/** A list of de-identified cases, for the archivist to sign (arkivforskrifta § 5 e). */
export interface Disposal {
  id: Id;
  at: Date;
  entries: DisposalEntry[];
  count: number;
  /** SHA-256 of the entries: what is signed is what was done. */
  hash: string;
  signedBy: string | null;
  signedAt: Date | null;
}

const COLUMNS = `id, at, entries, count, hash, signed_by AS "signedBy", signed_at AS "signedAt"`;

/**
 * The closed cases of a class whose time is out, oldest first. The longest of the rule's, the service's
 * and the case's own time counts: a permit is kept until after it has expired. Left out: those on hold, those whose
 * own process still runs (a complaint, a question that waits for an answer), those that others which
 * are open follow, and, where the rule says so, those without the archive's receipt.
 */
export async function findDisposable(
  tx: Tx,
  tenant: string,
  { retentionClass, keep, needsReceipt }: RetentionRule,
  { now, limit }: { now: Date; limit: number },
): Promise<Id[]> {
  const rows = await tx.query<{ id: Id }>(
    `SELECT i.id FROM inquiry i
     JOIN service s ON s.tenant_id = i.tenant_id AND s.code = i.service_code
     LEFT JOIN process_instance own ON own.tenant_id = i.tenant_id AND own.id = i.instance_id
     WHERE i.tenant_id = $1 AND i.closed_at IS NOT NULL AND i.deidentified_at IS NULL
       AND s.package -> 'retention' ->> 'class' = $2
       AND i.closed_at + greatest($3::interval,
         (s.package -> 'retention' ->> 'duration')::interval,
         CASE WHEN own.variables ->> 'retention' ~ '^P([0-9]+[YMWD])+$'
           THEN (own.variables ->> 'retention')::interval END) <= $4
       AND ($5::boolean IS FALSE OR i.archived_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.tenant_id = i.tenant_id
         AND h.inquiry_id = i.id AND h.lifted_at IS NULL AND h.until > $4)
       AND NOT EXISTS (SELECT 1 FROM process_instance p WHERE p.tenant_id = i.tenant_id
         AND p.root_id = i.instance_id AND p.status = 'active')
       AND NOT EXISTS (SELECT 1 FROM inquiry f WHERE f.tenant_id = i.tenant_id
         AND f.duplicate_of = i.id AND f.closed_at IS NULL)
     ORDER BY i.closed_at, i.id LIMIT $6`,
    [tenant, retentionClass, keep, now, needsReceipt, limit],
  );
  return rows.map(({ id }) => id);
}

/** Writes the list of what was done to these cases, for somebody to sign. */
export async function writeDisposal(
  tx: Tx,
  tenant: string,
  { id, at, inquiryIds }: { id: Id; at: Date; inquiryIds: readonly Id[] },
): Promise<Disposal> {
  const entries = await tx.query<DisposalEntry>(
    `SELECT i.reference, i.service_code AS service,
       coalesce(s.package -> 'retention' ->> 'class', '') AS rule
     FROM inquiry i LEFT JOIN service s ON s.tenant_id = i.tenant_id AND s.code = i.service_code
     WHERE i.tenant_id = $1 AND i.id = ANY($2::bigint[]) AND i.deidentified_at IS NOT NULL
     ORDER BY i.id`,
    [tenant, inquiryIds],
  );
  const hash = createHash('sha256').update(JSON.stringify(entries)).digest('hex');
  await tx.query(
    `INSERT INTO disposal (tenant_id, id, at, entries, count, hash)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [tenant, id, at, JSON.stringify(entries), entries.length, hash],
  );
  return { id, at, entries, count: entries.length, hash, signedBy: null, signedAt: null };
}

/** @throws NotFoundError 'disposal_not_found', ConflictError 'disposal_signed' */
export async function signDisposal(
  tx: Tx,
  tenant: string,
  { id, by, at }: { id: Id; by: string; at: Date },
): Promise<void> {
  const [disposal] = await tx.query<{ signedAt: Date | null }>(
    `SELECT signed_at AS "signedAt" FROM disposal WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    [tenant, id],
  );
  if (!disposal) throw new NotFoundError('disposal_not_found', 'There is no such list.');
  if (disposal.signedAt) throw new ConflictError('disposal_signed', 'The list is signed already.');
  await tx.query(
    'UPDATE disposal SET signed_by = $3, signed_at = $4 WHERE tenant_id = $1 AND id = $2',
    [tenant, id, by, at],
  );
}

/** The newest lists first. */
export async function readDisposals(tx: Tx, tenant: string, limit: number): Promise<Disposal[]> {
  return tx.query<Disposal>(
    `SELECT ${COLUMNS} FROM disposal WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2`,
    [tenant, limit],
  );
}
