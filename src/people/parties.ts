import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import { nameKey } from './contact.js';
import type { Party, PartyIdentity } from './party.js';
import { isSameParty } from './party.js';

const COLUMNS = 'id, kind, name, phone, email, language';

export interface FoundParty {
  party: Party;
  created: boolean;
  /** How many others share a phone number or an address with it: perhaps the same one twice. */
  lookalikes: number;
}

interface FindOptions {
  newId: () => Id;
  now: Date;
  /**
   * Whether contact data that a known party lacks may be added to it. Only when staff wrote it down:
   * whoever merely types a neighbour's name and number must not receive the neighbour's mail.
   */
  mayFill: boolean;
}

/**
 * The party that a draft means, created when it is not known yet. Two desks that register the same
 * one at the same time get the same party.
 */
export async function findOrCreateParty(
  tx: Tx,
  tenant: string,
  identity: PartyIdentity,
  options: FindOptions,
): Promise<FoundParty> {
  const known = await findByContact(tx, tenant, identity);
  const match = bestMatch(identity, known, options.mayFill);
  if (match) {
    const party = options.mayFill ? await fill(tx, tenant, match, identity) : match;
    return { party, created: false, lookalikes: known.length - 1 };
  }
  const party = await insertParty(tx, tenant, identity, options);
  if (party) return { party, created: true, lookalikes: known.length };
  // Another transaction has just made it; its commit is what the insert waited for.
  return findOrCreateParty(tx, tenant, identity, options);
}

/** The party linked to an inquiry, or undefined for an anonymous or de-identified one. */
export async function partyOfInquiry(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<Party | undefined> {
  const [party] = await tx.query<Party>(
    `SELECT p.id, p.kind, p.name, p.phone, p.email, p.language
     FROM inquiry_party l JOIN party p ON p.tenant_id = l.tenant_id AND p.id = l.party_id
     WHERE l.tenant_id = $1 AND l.inquiry_id = $2 ORDER BY l.linked_at, p.id LIMIT 1`,
    [tenant, inquiryId],
  );
  return party;
}

export async function linkParty(
  tx: Tx,
  tenant: string,
  link: { inquiryId: Id; partyId: Id; at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO inquiry_party (tenant_id, inquiry_id, party_id, linked_at)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [tenant, link.inquiryId, link.partyId, link.at],
  );
}

/**
 * Cuts the links of an inquiry to its parties, and deletes the parties that no other inquiry needs.
 * Returns how many of each.
 */
export async function cutPartyLinks(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<{ cut: number; deleted: number }> {
  // Locked first, so that an inquiry registered meanwhile cannot link to a party that is going.
  const parties = await tx.query<{ id: Id }>(
    `SELECT id FROM party WHERE tenant_id = $1 AND id IN
       (SELECT party_id FROM inquiry_party WHERE tenant_id = $1 AND inquiry_id = $2)
     ORDER BY id FOR UPDATE`,
    [tenant, inquiryId],
  );
  const ids = parties.map(({ id }) => id);
  await tx.query('DELETE FROM inquiry_party WHERE tenant_id = $1 AND inquiry_id = $2', [
    tenant,
    inquiryId,
  ]);
  const deleted = await tx.query(
    `DELETE FROM party p WHERE p.tenant_id = $1 AND p.id = ANY($2::bigint[]) AND NOT EXISTS
       (SELECT 1 FROM inquiry_party l WHERE l.tenant_id = $1 AND l.party_id = p.id)
     RETURNING p.id`,
    [tenant, ids],
  );
  return { cut: ids.length, deleted: deleted.length };
}

async function findByContact(tx: Tx, tenant: string, identity: PartyIdentity): Promise<Party[]> {
  if (identity.phone === null && identity.email === null) return [];
  // Locked, so that retention deletes none of them before the new inquiry is linked to it.
  return tx.query<Party>(
    `SELECT ${COLUMNS} FROM party WHERE tenant_id = $1 AND (phone = $2 OR email = $3)
     ORDER BY id FOR UPDATE`,
    [tenant, identity.phone, identity.email],
  );
}

/**
 * The one that shares most with the draft; without `mayFill` only one that needs nothing added. A
 * number that several names share tells nobody apart when no name is given.
 */
function bestMatch(identity: PartyIdentity, known: Party[], mayFill: boolean): Party | undefined {
  const matches = known.filter(
    (party) => isSameParty(identity, party) && (mayFill || !addsContact(identity, party)),
  );
  const names = new Set(matches.map(({ name }) => nameKey(name)));
  if (identity.nameKey === '' && names.size > 1) return undefined;
  const rank = (party: Party) =>
    Number(party.phone === identity.phone) +
    Number(party.email === identity.email) +
    Number(party.name !== null);
  return matches.sort((a, b) => rank(b) - rank(a))[0];
}

function addsContact(identity: PartyIdentity, party: Party): boolean {
  return (
    (identity.phone !== null && party.phone === null) ||
    (identity.email !== null && party.email === null)
  );
}

/** Adds what the draft knows and the party lacks; the language is what was asked for last. */
async function fill(tx: Tx, tenant: string, party: Party, identity: PartyIdentity): Promise<Party> {
  const filled: Party = {
    ...party,
    name: party.name ?? identity.name,
    phone: party.phone ?? identity.phone,
    email: party.email ?? identity.email,
    language: identity.language ?? party.language,
  };
  await tx.query(
    `UPDATE party SET name = $3, name_key = $4, phone = $5, email = $6, language = $7
     WHERE tenant_id = $1 AND id = $2`,
    [
      tenant,
      party.id,
      filled.name,
      nameKey(filled.name),
      filled.phone,
      filled.email,
      filled.language,
    ],
  );
  return filled;
}

async function insertParty(
  tx: Tx,
  tenant: string,
  identity: PartyIdentity,
  { newId, now }: FindOptions,
): Promise<Party | undefined> {
  const { kind, name, phone, email, language = 'nb' } = identity;
  const [party] = await tx.query<Party>(
    `INSERT INTO party (tenant_id, id, kind, name, name_key, phone, email, language, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [tenant, newId(), kind, name, identity.nameKey, phone, email, language, now],
  );
  return party;
}
