import type { Role } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { DatedUnit } from './units.js';
import { readUnits } from './units.js';

/** That somebody has a role, in a unit or (without one) in the whole municipality, for a time. */
export interface Membership {
  id: Id;
  username: string;
  unit: string | null;
  role: Role;
  from: Date;
  /** First instant at which it no longer holds; null while nobody knows. */
  to: Date | null;
}

/** That somebody is away, and who does the work meanwhile. */
export interface Absence {
  id: Id;
  username: string;
  substitute: string;
  from: Date;
  to: Date;
}

/** What an ended unit's code means from then on; with a service, for that service's cases. */
export interface Succession {
  code: string;
  service: string | null;
  successor: string;
  from: Date;
}

/** A municipality's whole organisation, past and planned, as it was read: ask it about any time. */
export interface Organisation {
  revision: string;
  units: ReadonlyMap<string, DatedUnit>;
  memberships: readonly Membership[];
  absences: readonly Absence[];
  successions: readonly Succession[];
}

export async function readOrganisation(tx: Tx, tenant: string): Promise<Organisation> {
  const revision = await readRevision(tx, tenant);
  const units = await readUnits(tx, tenant);
  return {
    revision,
    units: new Map(units.map((unit) => [unit.code, unit])),
    memberships: await tx.query<Membership>(
      `SELECT id, username, unit_code AS unit, role, valid_from AS "from", valid_to AS "to"
       FROM membership WHERE tenant_id = $1 ORDER BY id`,
      [tenant],
    ),
    absences: await tx.query<Absence>(
      `SELECT id, username, substitute, absent_from AS "from", absent_to AS "to"
       FROM absence WHERE tenant_id = $1 ORDER BY absent_from, id`,
      [tenant],
    ),
    successions: await tx.query<Succession>(
      `SELECT code, nullif(service_code, '') AS service, successor_code AS successor,
         from_at AS "from" FROM unit_successor WHERE tenant_id = $1 ORDER BY code, service_code`,
      [tenant],
    ),
  };
}

/** How often the organisation has been changed; `0` before the first time. */
export async function readRevision(tx: Tx, tenant: string): Promise<string> {
  const [row] = await tx.query<{ revision: string }>(
    'SELECT revision FROM organisation WHERE tenant_id = $1',
    [tenant],
    { name: 'organisation-revision' },
  );
  return row?.revision ?? '0';
}

/**
 * The organisation, to be changed: whoever else wants to change it waits until this transaction has
 * ended, and every node will read it anew.
 */
export async function lockOrganisation(tx: Tx, tenant: string): Promise<Organisation> {
  await tx.query(
    `INSERT INTO organisation (tenant_id, revision) VALUES ($1, 1)
     ON CONFLICT (tenant_id) DO UPDATE SET revision = organisation.revision + 1`,
    [tenant],
  );
  return readOrganisation(tx, tenant);
}

/** Whether something that begins and may end holds at an instant. */
export function holds(span: { from: Date | null; to: Date | null }, at: Date): boolean {
  return (!span.from || span.from <= at) && (!span.to || at < span.to);
}

/** What somebody is at an instant. */
export function membershipsOf(
  { memberships }: Organisation,
  username: string,
  at: Date,
): Membership[] {
  return memberships.filter((one) => one.username === username && holds(one, at));
}

/** Who is in a unit at an instant, in that role or in any. */
export function membersOf(
  { memberships }: Organisation,
  unit: string,
  at: Date,
  role?: Role,
): Membership[] {
  return memberships.filter(
    (one) => one.unit === unit && (role === undefined || one.role === role) && holds(one, at),
  );
}
