import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import { insertUnit, requireLed } from '../../people/change-units.js';
import { insertMembership } from '../../people/memberships.js';
import type { OrganisationChange } from '../../people/organisation-change.js';
import { appendOrganisationEvent } from '../../people/organisation-change.js';
import type { Membership, Organisation } from '../../people/organisation.js';
import type { Part, Plan, Target } from './plan.js';
import { codeOf, unitsOf } from './plan.js';

/** What the structure was before, so that it can be put back. */
export type Undo = {
  createdUnits: string[];
  endedUnits: string[];
  createdMemberships: Id[];
  endedMemberships: { id: Id; to: string | null }[];
};

/**
 * Dates the new structure: units and memberships that end and begin at `at`, and what old codes mean
 * from then on. Nothing that is open moves yet.
 */
export async function dateStructure(
  tx: Tx,
  change: OrganisationChange,
  organisation: Organisation,
  { plan, at }: { plan: Plan; at: Date },
): Promise<Undo> {
  const undo: Undo = {
    createdUnits: [],
    endedUnits: [],
    createdMemberships: [],
    endedMemberships: [],
  };
  if (plan.kind === 'move') {
    requireLed(organisation, plan.parent, at);
    return undo;
  }
  const parts = plan.kind === 'merge' ? [wholeOf(plan.into)] : plan.into;
  for (const { unit } of parts) {
    if (typeof unit === 'string') continue;
    await insertUnit(tx, change, organisation, { ...unit, from: at });
    undo.createdUnits.push(unit.code);
  }
  for (const code of unitsOf(plan)) {
    await endUnit(tx, change, code, parts, at);
    undo.endedUnits.push(code);
  }
  const open = organisation.memberships.filter(
    ({ unit, to }) => unit !== null && unitsOf(plan).includes(unit) && (!to || to > at),
  );
  await transfer(tx, change, { organisation, parts, open, at }, undo);
  return undo;
}

function wholeOf(unit: Target): Part {
  return { unit, services: [], members: [] };
}

async function endUnit(
  tx: Tx,
  change: OrganisationChange,
  code: string,
  parts: readonly Part[],
  at: Date,
): Promise<void> {
  const { tenant } = change;
  await tx.query('UPDATE unit SET valid_to = $3 WHERE tenant_id = $1 AND code = $2', [
    tenant,
    code,
    at,
  ]);
  const link = (successor: string, service: string) =>
    tx.query(
      `INSERT INTO unit_successor (tenant_id, code, service_code, successor_code, from_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [tenant, code, service, successor, at],
    );
  for (const [index, { unit, services }] of parts.entries()) {
    if (index === 0) await link(codeOf(unit), '');
    for (const service of services) await link(codeOf(unit), service);
  }
  const data = { at: at.toISOString(), successors: parts.map(({ unit }) => codeOf(unit)) };
  await appendOrganisationEvent(tx, change, { type: 'unit', id: code }, 'unit.ended', data);
}

interface Transfer {
  organisation: Organisation;
  parts: readonly Part[];
  open: readonly Membership[];
  at: Date;
}

async function transfer(
  tx: Tx,
  change: OrganisationChange,
  { organisation, parts, open, at }: Transfer,
  undo: Undo,
): Promise<void> {
  const there = new Set(
    organisation.memberships
      .filter(({ to }) => !to || to > at)
      .map(({ username, unit, role }) => `${username}/${unit}/${role}`),
  );
  for (const one of open) {
    const end = one.from > at ? one.from : at;
    await tx.query('UPDATE membership SET valid_to = $3 WHERE tenant_id = $1 AND id = $2', [
      change.tenant,
      one.id,
      end,
    ]);
    undo.endedMemberships.push({ id: one.id, to: one.to?.toISOString() ?? null });
    for (const unit of partsFor(one, parts).map((part) => codeOf(part.unit))) {
      const { username, role, to } = one;
      const key = `${username}/${unit}/${role}`;
      if (there.has(key)) continue;
      there.add(key);
      const draft = { username, unit, role, from: end, to };
      undo.createdMemberships.push((await insertMembership(tx, change, draft)).id);
    }
  }
}

/** Leaders who are not named lead every part, so that none is without one; others work in the first. */
function partsFor({ username, role }: Membership, parts: readonly Part[]): readonly Part[] {
  const named = parts.filter(({ members }) => members.includes(username));
  if (named.length > 0) return named;
  return role === 'manager' ? parts : parts.slice(0, 1);
}

/** Puts the structure back as it was; possible while nothing has moved. */
export async function undoStructure(
  tx: Tx,
  { tenant }: OrganisationChange,
  { undo, at }: { undo: Undo; at: Date },
): Promise<void> {
  await tx.query('DELETE FROM membership WHERE tenant_id = $1 AND id = ANY($2)', [
    tenant,
    undo.createdMemberships,
  ]);
  for (const { id, to } of undo.endedMemberships) {
    // One that was ended otherwise meanwhile stays ended: who has left does not come back by this.
    await tx.query(
      `UPDATE membership SET valid_to = $3 WHERE tenant_id = $1 AND id = $2
         AND valid_to = greatest(valid_from, $4)`,
      [tenant, id, to, at],
    );
  }
  await tx.query('UPDATE unit SET valid_to = NULL WHERE tenant_id = $1 AND code = ANY($2)', [
    tenant,
    undo.endedUnits,
  ]);
  await tx.query('DELETE FROM unit_successor WHERE tenant_id = $1 AND code = ANY($2)', [
    tenant,
    undo.endedUnits,
  ]);
  await tx.query('DELETE FROM unit WHERE tenant_id = $1 AND code = ANY($2)', [
    tenant,
    undo.createdUnits,
  ]);
}
