import type { Tx } from '../db/tx.js';
import { ConflictError, InvalidError, NotFoundError } from '../kernel/errors.js';
import type { OrganisationChange } from './organisation-change.js';
import { appendOrganisationEvent } from './organisation-change.js';
import type { Organisation } from './organisation.js';
import { holds, lockOrganisation, membersOf } from './organisation.js';
import { unitAndAbove } from './successors.js';
import type { DatedUnit, Unit, UnitDraft } from './units.js';
import { findUnit, loadUnits } from './units.js';

/** A unit to be made, from a time on; it lies under another. */
export interface NewUnit extends UnitDraft {
  parent: string;
  from: Date;
}

/**
 * Makes a unit. Until it has people of its own, whoever leads the units above answers for it.
 * @throws ConflictError 'unit_exists' or 'would_leave_ownerless', InvalidError 'units_invalid'
 */
export async function createUnit(
  tx: Tx,
  change: OrganisationChange,
  draft: NewUnit,
): Promise<DatedUnit> {
  const organisation = await lockOrganisation(tx, change.tenant);
  return insertUnit(tx, change, organisation, draft);
}

/** As `createUnit`, in an organisation that is locked. */
export async function insertUnit(
  tx: Tx,
  change: OrganisationChange,
  organisation: Organisation,
  { from, ...draft }: NewUnit,
): Promise<DatedUnit> {
  if (organisation.units.has(draft.code)) {
    throw new ConflictError('unit_exists', `There is or was a unit ${draft.code}.`);
  }
  requireLed(organisation, draft.parent, from);
  await loadUnits(tx, change.tenant, [draft], [...organisation.units.keys()]);
  await tx.query('UPDATE unit SET valid_from = $3 WHERE tenant_id = $1 AND code = $2', [
    change.tenant,
    draft.code,
    from,
  ]);
  const data = { parent: draft.parent, from: from.toISOString() };
  await appendOrganisationEvent(tx, change, { type: 'unit', id: draft.code }, 'unit.created', data);
  return getUnit(tx, change.tenant, draft.code);
}

/**
 * Changes what a unit is called and where its mail goes.
 * @throws NotFoundError 'unit_not_found', InvalidError 'units_invalid'
 */
export async function changeUnit(
  tx: Tx,
  change: OrganisationChange,
  code: string,
  fields: Partial<Pick<Unit, 'names' | 'email' | 'managerEmail'>>,
): Promise<DatedUnit> {
  const organisation = await lockOrganisation(tx, change.tenant);
  const unit = await getUnit(tx, change.tenant, code);
  const { names, parent, email, managerEmail } = { ...unit, ...fields };
  const draft = { code, names, parent, email, managerEmail };
  await loadUnits(tx, change.tenant, [draft], [...organisation.units.keys()]);
  const data = { fields: Object.keys(fields).sort() };
  await appendOrganisationEvent(tx, change, { type: 'unit', id: code }, 'unit.changed', data);
  return getUnit(tx, change.tenant, code);
}

/** @throws NotFoundError 'unit_not_found' */
export async function getUnit(tx: Tx, tenant: string, code: string): Promise<DatedUnit> {
  const unit = await findUnit(tx, tenant, code);
  if (unit) return unit;
  throw new NotFoundError('unit_not_found', `There is no unit ${code}.`);
}

/**
 * Who answers for a unit at an instant: its managers, else those of the unit above, and so on. Empty
 * when nobody does.
 */
export function answerableFor(organisation: Organisation, unit: string, at: Date): string[] {
  for (const code of unitAndAbove(organisation, unit)) {
    const managers = membersOf(organisation, code, at, 'manager');
    if (managers.length > 0) return [...new Set(managers.map(({ username }) => username))];
  }
  return [];
}

/** @throws InvalidError 'units_invalid', ConflictError 'would_leave_ownerless' */
export function requireLed(organisation: Organisation, code: string, at: Date): void {
  const unit = organisation.units.get(code);
  if (!unit || !holds({ from: unit.validFrom, to: unit.validTo }, at) || unit.validTo) {
    throw new InvalidError('units_invalid', 'The units are not as they should be.', {
      details: [{ path: 'parent', reason: `there is no unit ${code} that lasts` }],
    });
  }
  if (answerableFor(organisation, code, at).length > 0) return;
  throw new ConflictError('would_leave_ownerless', `Nobody leads ${code} or what is above it.`, {
    details: [{ unit: code, lacks: 'manager', from: at.toISOString() }],
  });
}
