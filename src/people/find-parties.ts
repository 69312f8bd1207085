import type { Tx } from '../db/tx.js';
import { normalisePhone } from './contact.js';
import type { Party } from './party.js';

/** A party that may be meant. */
export interface FoundPerson extends Party {
  /** `similar`: not what was asked for, but like it. */
  match: 'exact' | 'similar';
}

/** Whose parties may be found: of inquiries of these units, or registered by this login. */
export interface PartyScope {
  units: readonly string[];
  registeredBy: string;
}

const MAX_FOUND = 20;

/** So many are looked at to choose the best from. */
const CANDIDATES = 200;

/** With fewer found by their letters, those that are merely alike are looked for too. */
const ENOUGH = 5;

/** How much of two names must be alike; below, whole families are. */
const SIMILARITY = '0.45';

/** An index of three letters each finds no shorter words. */
const SHORTEST_WORD = 3;

/**
 * Parties by a piece of what is known of them: a phone number or its beginning, an e-mail address or
 * its beginning, or a name, with a letter wrong and in any order. Must run in a transaction.
 */
export async function findParties(
  tx: Tx,
  tenant: string,
  asked: string,
  scope: PartyScope | undefined,
): Promise<FoundPerson[]> {
  const phone = phoneStart(asked);
  if (phone !== undefined) return byStart(tx, tenant, 'phone', phone, scope);
  if (asked.includes('@')) {
    return byStart(tx, tenant, 'email', asked.trim().normalize('NFC').toLowerCase(), scope);
  }
  return byName(tx, tenant, asked, scope);
}

/** The words of a text that an index can find. */
export function searchWords(asked: string): string[] {
  const words = asked.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => word.length >= SHORTEST_WORD).slice(0, 6);
}

async function byName(
  tx: Tx,
  tenant: string,
  asked: string,
  scope: PartyScope | undefined,
): Promise<FoundPerson[]> {
  const words = searchWords(asked);
  if (words.length === 0) return [];
  const like = words.map((_, at) => `p.folded_name LIKE '%' || fold_text($${at + 4}) || '%'`);
  const exact = await tx.query<Party>(`${SELECT} AND ${like.join(' AND ')} LIMIT ${CANDIDATES}`, [
    tenant,
    ...scopeValues(scope),
    ...words,
  ]);
  const best = ranked(exact, words).slice(0, MAX_FOUND);
  if (best.length >= ENOUGH) return best.map((party) => ({ ...party, match: 'exact' }));
  await tx.query(`SELECT set_config('pg_trgm.similarity_threshold', $1, true)`, [SIMILARITY]);
  const similar = await tx.query<Party>(
    `${SELECT} AND p.folded_name % fold_text($4)
     ORDER BY similarity(p.folded_name, fold_text($4)) DESC, p.id DESC LIMIT ${MAX_FOUND}`,
    [tenant, ...scopeValues(scope), words.join(' ')],
  );
  const known = new Set(best.map(({ id }) => id));
  return [
    ...best.map((party) => ({ ...party, match: 'exact' as const })),
    ...similar
      .filter(({ id }) => !known.has(id))
      .map((party) => ({ ...party, match: 'similar' as const })),
  ].slice(0, MAX_FOUND);
}

/** First whoever has the words whole, then whoever has fewest others. */
function ranked(parties: readonly Party[], words: readonly string[]): Party[] {
  const asked = words.map((word) => word.toLowerCase());
  const rank = ({ name }: Party): number => {
    const own = (name ?? '').toLowerCase().split(/[\s-]+/);
    return asked.filter((word) => own.includes(word)).length * 10 - own.length;
  };
  return [...parties].sort((a, b) => rank(b) - rank(a));
}

async function byStart(
  tx: Tx,
  tenant: string,
  column: 'phone' | 'email',
  start: string,
  scope: PartyScope | undefined,
): Promise<FoundPerson[]> {
  const pattern = `${start.replace(/[\\%_]/g, '\\$&')}%`;
  const found = await tx.query<Party>(
    `${SELECT} AND p.${column} LIKE $4 ORDER BY p.${column}, p.id LIMIT ${MAX_FOUND}`,
    [tenant, ...scopeValues(scope), pattern],
  );
  return found.map((party) => ({ ...party, match: 'exact' }));
}

/** The beginning of a number as it is stored, where the text is one. */
function phoneStart(asked: string): string | undefined {
  if (!/^[\d\s()+.-]{4,20}$/.test(asked.trim())) return undefined;
  const whole = normalisePhone(asked);
  if (whole !== undefined) return whole;
  const digits = asked.replace(/[^\d+]/g, '').replace(/^00/, '+');
  if (digits.length < 4) return undefined;
  return digits.startsWith('+') ? digits : `+47${digits}`;
}

/** The values of a scope for a query, null where everybody may be found. */
export function scopeValues(
  scope: PartyScope | undefined,
): [readonly string[] | null, string | null] {
  return scope ? [scope.units, scope.registeredBy] : [null, null];
}

const SELECT = `
  SELECT p.id, p.kind, p.name, p.phone, p.email, p.language FROM party p
  WHERE p.tenant_id = $1 AND ($2::text[] IS NULL OR EXISTS (
    SELECT 1 FROM inquiry_party l JOIN inquiry i ON i.tenant_id = l.tenant_id
      AND i.id = l.inquiry_id
    WHERE l.tenant_id = p.tenant_id AND l.party_id = p.id
      AND (i.unit_code = ANY($2) OR i.registered_by = $3)))`;
