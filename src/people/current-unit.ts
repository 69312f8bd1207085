import type { Tx } from '../db/tx.js';
import { readOrganisation } from './organisation.js';
import { meaningOf } from './successors.js';
import { findUnit } from './units.js';

/**
 * The code of the unit that a code means now: itself, or what came after it for that service. Tables
 * and models may go on naming a unit that has been merged or split. Undefined when there is none.
 */
export async function currentUnit(
  tx: Tx,
  tenant: string,
  code: string,
  { now, service }: { now: Date; service?: string },
): Promise<string | undefined> {
  if (await findUnit(tx, tenant, code, now)) return code;
  return meaningOf(await readOrganisation(tx, tenant), code, now, service ?? null);
}
