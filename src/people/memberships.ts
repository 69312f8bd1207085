import type { Role } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import { ConflictError, InvalidError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { gapsAfter } from './gaps.js';
import type { OrganisationChange } from './organisation-change.js';
import { appendOrganisationEvent } from './organisation-change.js';
import type { Membership, Organisation } from './organisation.js';
import { holds, lockOrganisation } from './organisation.js';

/** Somebody's part in the organisation, to be added. */
export interface MembershipDraft {
  username: string;
  unit: string | null;
  role: Role;
  from: Date;
  to: Date | null;
}

/** What one is for everybody or nobody; the other roles may be held in a unit. */
const WITHOUT_UNIT: ReadonlySet<Role> = new Set(['admin', 'owner']);
const ONLY_IN_UNIT: ReadonlySet<Role> = new Set(['agent', 'caseworker', 'manager', 'keyUser']);

/**
 * Adds a membership.
 * @throws InvalidError 'membership_invalid', ConflictError 'membership_exists' when it overlaps the same
 */
export async function addMembership(
  tx: Tx,
  change: OrganisationChange,
  draft: MembershipDraft,
): Promise<Membership> {
  const organisation = await lockOrganisation(tx, change.tenant);
  checkDraft(organisation, draft);
  const twin = organisation.memberships.find(
    (one) =>
      one.username === draft.username &&
      one.unit === draft.unit &&
      one.role === draft.role &&
      (!draft.to || one.from < draft.to) &&
      (!one.to || draft.from < one.to),
  );
  if (twin) {
    throw new ConflictError('membership_exists', 'There is such a membership in this time.', {
      details: { id: twin.id },
    });
  }
  return insertMembership(tx, change, draft);
}

/** Writes a membership that has been checked, and tells of it. */
export async function insertMembership(
  tx: Tx,
  change: OrganisationChange,
  draft: MembershipDraft,
): Promise<Membership> {
  const { username, unit, role, from, to } = draft;
  const id = change.newId();
  await tx.query(
    `INSERT INTO membership (tenant_id, id, username, unit_code, role, valid_from, valid_to)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [change.tenant, id, username, unit, role, from, to],
  );
  const data = { unit, role, from: from.toISOString(), to: to?.toISOString() ?? null };
  const staff = { type: 'staff', id: username } as const;
  await appendOrganisationEvent(tx, change, staff, 'membership.added', data);
  return { id, ...draft };
}

/** @throws NotFoundError 'membership_not_found' */
export function findMembership({ memberships }: Organisation, id: Id): Membership {
  const membership = memberships.find((one) => one.id === id);
  if (membership) return membership;
  throw new NotFoundError('membership_not_found', 'There is no such membership.');
}

/**
 * Ends memberships at an instant. Nothing may be left without anybody by that, and nobody's substitute
 * may go.
 * @throws ConflictError 'would_leave_ownerless' or 'still_substitute', naming what
 */
export async function endMemberships(
  tx: Tx,
  change: OrganisationChange,
  organisation: Organisation,
  ended: readonly Membership[],
  at: Date,
): Promise<void> {
  const ids = new Set(ended.map(({ id }) => id));
  const after = organisation.memberships.map((one) =>
    ids.has(one.id) ? { ...one, to: endOf(one, at) } : one,
  );
  refuseGaps(organisation, after, at);
  for (const username of new Set(ended.map((one) => one.username))) {
    refuseSubstitute(organisation, after, username, at);
  }
  for (const one of ended) {
    await tx.query('UPDATE membership SET valid_to = $3 WHERE tenant_id = $1 AND id = $2', [
      change.tenant,
      one.id,
      endOf(one, at),
    ]);
    const data = { unit: one.unit, role: one.role, to: at.toISOString() };
    const staff = { type: 'staff', id: one.username } as const;
    await appendOrganisationEvent(tx, change, staff, 'membership.ended', data);
  }
}

/** @throws ConflictError 'would_leave_ownerless' */
export function refuseGaps(
  organisation: Organisation,
  after: readonly Membership[],
  at: Date,
): void {
  const gaps = gapsAfter(organisation, after, at);
  if (gaps.length === 0) return;
  const named = gaps.map(({ unit, lacks, from }) => ({ unit, lacks, from: from.toISOString() }));
  const words = named.map(({ unit, lacks }) => `${unit ?? 'the municipality'} (${lacks})`);
  throw new ConflictError(
    'would_leave_ownerless',
    `This would leave nobody in: ${words.join(', ')}. Put somebody there first.`,
    { details: named },
  );
}

function refuseSubstitute(
  { absences }: Organisation,
  after: readonly Membership[],
  username: string,
  at: Date,
): void {
  const own = after.filter((one) => one.username === username);
  const uncovered = absences.filter(({ substitute, from, to }) => {
    const begin = from > at ? from : at;
    return substitute === username && to > at && !isEmployed(own, begin, to);
  });
  if (uncovered.length === 0) return;
  throw new ConflictError(
    'still_substitute',
    `${username} stands in for ${uncovered.map((one) => one.username).join(', ')}. Name another first.`,
    { details: uncovered.map((one) => ({ username: one.username, absence: one.id })) },
  );
}

/** Whether memberships hold throughout a time, one after the other. */
export function isEmployed(own: readonly Membership[], from: Date, to: Date): boolean {
  const times = [
    from,
    ...own.flatMap((one) => (one.to && one.to > from && one.to < to ? [one.to] : [])),
  ];
  return times.every((time) => own.some((one) => holds(one, time)));
}

function endOf({ from, to }: Membership, at: Date): Date {
  const end = from > at ? from : at;
  return to && to < end ? to : end;
}

function checkDraft(
  { units }: Organisation,
  { username, unit, role, from, to }: MembershipDraft,
): void {
  const reasons: { path: string; reason: string }[] = [];
  if (!/^[\w.@+-]{1,120}$/.test(username))
    reasons.push({ path: 'username', reason: 'is no login' });
  if (to && to <= from) reasons.push({ path: 'to', reason: 'is not after its beginning' });
  if (unit === null && ONLY_IN_UNIT.has(role)) {
    reasons.push({ path: 'unit', reason: `a ${role} works in a unit` });
  }
  if (unit !== null && WITHOUT_UNIT.has(role)) {
    reasons.push({ path: 'unit', reason: `${role} is for the whole municipality` });
  }
  const own = unit === null ? undefined : units.get(unit);
  if (unit !== null && !own) reasons.push({ path: 'unit', reason: `there is no unit ${unit}` });
  if (own?.validTo && (!to || to > own.validTo)) {
    reasons.push({ path: 'to', reason: `${own.code} ends at ${own.validTo.toISOString()}` });
  }
  if (own?.validFrom && from < own.validFrom) {
    reasons.push({ path: 'from', reason: `${own.code} begins at ${own.validFrom.toISOString()}` });
  }
  if (reasons.length === 0) return;
  throw new InvalidError('membership_invalid', 'The membership is not as it should be.', {
    details: reasons,
  });
}
