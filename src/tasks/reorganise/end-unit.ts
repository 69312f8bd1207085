import type { Tx } from '../../db/tx.js';
import { ConflictError } from '../../kernel/errors.js';
import { getUnit } from '../../people/change-units.js';
import type { OrganisationChange } from '../../people/organisation-change.js';
import { lockOrganisation } from '../../people/organisation.js';
import { readAffected } from './affected.js';
import type { ReadModel } from './named-units.js';
import type { Plan } from './plan.js';
import type { Reorganisation } from './reorganise.js';
import { previewReorganisation, reorganise } from './reorganise.js';

/**
 * Ends one unit; another takes over all it has. There is no end without one: old cases and tables go
 * on naming the code, and it must mean somebody.
 * @throws NotFoundError 'unit_not_found', ConflictError 'successor_required' with what hangs on the
 *   unit, and as `reorganise`
 */
export async function endUnit(
  tx: Tx,
  change: OrganisationChange,
  asked: {
    unit: string;
    successor: string | undefined;
    at: Date;
    reason: string;
    readModel: ReadModel;
  },
): Promise<Reorganisation> {
  const { tenant, now } = change;
  const { unit, successor, at, reason, readModel } = asked;
  const organisation = await lockOrganisation(tx, tenant);
  await getUnit(tx, tenant, unit);
  if (successor === undefined) {
    const affected = await readAffected(tx, tenant, organisation, {
      codes: [unit],
      now,
      readModel,
    });
    const { openCases, openTasks, services, unitsBelow, memberships } = affected;
    const details = { openCases, openTasks, services, unitsBelow, members: memberships.length };
    throw new ConflictError(
      'successor_required',
      `Name the unit that takes over what ${unit} has: nothing may be without an owner.`,
      { details },
    );
  }
  const plan: Plan = { kind: 'merge', from: [unit], into: successor };
  const planned = { plan, at, readModel };
  const { token } = await previewReorganisation(tx, tenant, { ...planned, now });
  return reorganise(tx, change, { ...planned, reason, token });
}
