import type { Tx } from '../db/tx.js';
import type { MembershipDraft } from './memberships.js';
import type { OrganisationChange } from './organisation-change.js';
import { lockOrganisation } from './organisation.js';
import type { UnitDraft } from './units.js';
import { loadUnits } from './units.js';

/** Long before any case. */
const ALWAYS = new Date('2000-01-01T00:00:00Z');

/**
 * Gives a municipality its first units and people. What is there already stays as it was changed
 * since: a unit that exists is not written again, nor somebody who was ever a member of anything.
 */
export async function seedOrganisation(
  tx: Tx,
  { tenant, newId }: OrganisationChange,
  units: readonly UnitDraft[],
  members: readonly Pick<MembershipDraft, 'username' | 'unit' | 'role'>[],
): Promise<void> {
  const { units: known, memberships } = await lockOrganisation(tx, tenant);
  const isNew = units.filter(({ code }) => !known.has(code));
  if (isNew.length > 0) await loadUnits(tx, tenant, isNew, [...known.keys()]);
  const seen = new Set(memberships.map(({ username }) => username));
  const added = members.filter(({ username }) => !seen.has(username));
  if (added.length === 0) return;
  await tx.query(
    `INSERT INTO membership (tenant_id, id, username, unit_code, role, valid_from)
     SELECT $1, id, username, unit, role, $6
     FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) AS m (id, username, unit, role)`,
    [
      tenant,
      added.map(() => newId()),
      added.map(({ username }) => username),
      added.map(({ unit }) => unit),
      added.map(({ role }) => role),
      ALWAYS,
    ],
  );
}
