import type { InvalidReason } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { nameKey, normaliseEmail, normalisePhone } from './contact.js';

export const PARTY_KINDS = ['person', 'organisation'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

export const LANGUAGES = ['nb', 'nn', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Who an inquiry comes from, as somebody wrote it down. */
export interface PartyDraft {
  /** A person unless said otherwise. */
  kind?: PartyKind | undefined;
  name?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  language?: Language | undefined;
}

/** A person or an organisation, in the party store. */
export interface Party {
  id: Id;
  kind: PartyKind;
  name: string | null;
  /** E.164. */
  phone: string | null;
  email: string | null;
  /** What letters and messages are written in. */
  language: Language;
}

/** A draft in proper spelling, with what parties are told apart by. */
export interface PartyIdentity extends Omit<Party, 'id' | 'language'> {
  nameKey: string;
  language: Language | undefined;
}

const MAX_NAME = 200;

/**
 * Checks a draft and brings it into its proper spelling. A party needs a name, a phone number or an
 * e-mail address; `reasons` are empty when all is well.
 */
export function readPartyDraft(
  draft: PartyDraft,
  path = 'party',
): { identity: PartyIdentity; reasons: InvalidReason[] } {
  const reasons: InvalidReason[] = [];
  const name = blankToNull(draft.name);
  const phone = blankToNull(draft.phone);
  const email = blankToNull(draft.email);
  const identity: PartyIdentity = {
    kind: draft.kind ?? 'person',
    name: name?.trim().replace(/\s+/g, ' ') ?? null,
    nameKey: nameKey(name),
    phone: phone === null ? null : (normalisePhone(phone) ?? null),
    email: email === null ? null : (normaliseEmail(email) ?? null),
    language: draft.language,
  };
  if (name && name.length > MAX_NAME) reasons.push(tooLong(`${path}.name`));
  if (phone !== null && identity.phone === null) {
    reasons.push({ path: `${path}.phone`, reason: 'is not a telephone number' });
  }
  if (email !== null && identity.email === null) {
    reasons.push({ path: `${path}.email`, reason: 'is not an e-mail address' });
  }
  if (name === null && phone === null && email === null) {
    reasons.push({ path, reason: 'needs a name, a telephone number or an e-mail address' });
  }
  return { identity, reasons };
}

/**
 * Whether a stored party may be taken for the drafted one: they share a phone number or an e-mail
 * address, and nothing given contradicts what is stored. Households share numbers and offices share
 * addresses, so another name is another party.
 */
export function isSameParty(identity: PartyIdentity, stored: Party): boolean {
  if (identity.kind !== stored.kind) return false;
  const sharesContact =
    (identity.phone !== null && identity.phone === stored.phone) ||
    (identity.email !== null && identity.email === stored.email);
  return (
    sharesContact &&
    agree(identity.phone, stored.phone) &&
    agree(identity.email, stored.email) &&
    agree(identity.nameKey || null, nameKey(stored.name) || null)
  );
}

function agree(given: string | null, stored: string | null): boolean {
  return given === null || stored === null || given === stored;
}

function blankToNull(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text;
}

function tooLong(path: string): InvalidReason {
  return { path, reason: `is longer than ${MAX_NAME} characters` };
}
