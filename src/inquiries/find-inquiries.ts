import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { PartyScope } from '../people/find-parties.js';
import { scopeValues, searchWords } from '../people/find-parties.js';
import type { Inquiry } from './inquiries.js';
import { INQUIRY_COLUMNS_OF_I } from './inquiries.js';
import type { InquiryView } from './view.js';
import { toView } from './view.js';

const MAX_FOUND = 20;
const PER_PARTY = 5;

/** So many with the address are looked at to choose the newest from. */
const CANDIDATES = 500;

/** The fewest characters of a reference that are worth looking for. */
const SHORTEST_REFERENCE = 4;
const WHOLE_REFERENCE = 10;

/** Inquiries whose reference has these characters, in any spelling; the newest first. */
export async function findByReference(
  tx: Tx,
  tenant: string,
  asked: string,
  scope: PartyScope | undefined,
  now: Date,
): Promise<InquiryView[]> {
  const plain = asked.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const isPiece = /^[0-9A-Z\s.–—-]+$/i.test(asked.trim()) && plain.length <= WHOLE_REFERENCE;
  if (plain.length < SHORTEST_REFERENCE || !isPiece) return [];
  const rows = await tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS_OF_I} FROM inquiry i WHERE i.tenant_id = $1 AND ${IN_SCOPE}
       AND replace(i.reference, '-', '') LIKE '%' || $4::text || '%'
     ORDER BY i.received_at DESC, i.id DESC LIMIT ${MAX_FOUND}`,
    [tenant, ...scopeValues(scope), plain],
  );
  return rows.map((row) => toView(row, now));
}

/** Inquiries about a place with all these words in its address; the newest first. */
export async function findByAddress(
  tx: Tx,
  tenant: string,
  asked: string,
  scope: PartyScope | undefined,
  now: Date,
): Promise<InquiryView[]> {
  const words = searchWords(asked);
  // A number alone is no address, and too short for the index: «Storgata 1» is looked through.
  const all = asked.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  const like = all.slice(0, 6).map((word, at) => {
    const place = `fold_text($${at + 4})`;
    return words.includes(word)
      ? `folded_address LIKE '%' || ${place} || '%'`
      : `folded_address ~ ('\\m' || ${place} || '\\M')`;
  });
  const rows = await tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS_OF_I} FROM (
       SELECT inquiry_id FROM inquiry_content
       WHERE tenant_id = $1 AND ${like.join(' AND ')} ORDER BY inquiry_id DESC LIMIT ${CANDIDATES}
     ) c JOIN inquiry i ON i.tenant_id = $1 AND i.id = c.inquiry_id
     WHERE ${IN_SCOPE} ORDER BY i.received_at DESC, i.id DESC LIMIT ${MAX_FOUND}`,
    [tenant, ...scopeValues(scope), ...all.slice(0, 6)],
  );
  return rows.map((row) => toView(row, now));
}

/** The newest inquiries of each of these parties. */
export async function findByParties(
  tx: Tx,
  tenant: string,
  parties: readonly Id[],
  scope: PartyScope | undefined,
  now: Date,
): Promise<ReadonlyMap<Id, InquiryView[]>> {
  const found = new Map<Id, InquiryView[]>();
  if (parties.length === 0) return found;
  const rows = await tx.query<Inquiry & { partyId: Id }>(
    `SELECT wanted.id AS "partyId", i.* FROM unnest($4::bigint[]) AS wanted (id)
     CROSS JOIN LATERAL (
       SELECT ${INQUIRY_COLUMNS_OF_I} FROM inquiry_party l
       JOIN inquiry i ON i.tenant_id = l.tenant_id AND i.id = l.inquiry_id
       WHERE l.tenant_id = $1 AND l.party_id = wanted.id AND ${IN_SCOPE}
       ORDER BY i.received_at DESC, i.id DESC LIMIT ${PER_PARTY}) i`,
    [tenant, ...scopeValues(scope), parties],
  );
  for (const { partyId, ...row } of rows) {
    found.set(partyId, [...(found.get(partyId) ?? []), toView(row, now)]);
  }
  return found;
}

const IN_SCOPE = `($2::text[] IS NULL OR i.unit_code = ANY($2) OR i.registered_by = $3)`;
