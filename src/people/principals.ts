import type { Principal, Role } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import type { Membership, Organisation } from './organisation.js';
import { membershipsOf, readOrganisation, readRevision } from './organisation.js';
import { stoodInFor } from './stand-ins.js';
import { codesMeaning } from './successors.js';

/** What a login says of somebody; everything else is the organisation's to say. */
export type Login = Pick<Principal, 'tenant' | 'username' | 'displayName'>;

/** Running the installation and owning its processes are nobody's to inherit. */
const NOT_INHERITED: ReadonlySet<Role> = new Set(['admin', 'owner']);

/**
 * What somebody is at an instant: by the memberships that hold then, and by those of everybody the
 * person stands in for. A unit counts under the codes of the units it came after, too.
 */
export function principalAt(organisation: Organisation, login: Login, at: Date): Principal {
  const { tenant, username, displayName } = login;
  const standsInFor = stoodInFor(organisation, username, at);
  const inherited = standsInFor
    .flatMap((absent) => membershipsOf(organisation, absent, at))
    .filter(({ role }) => !NOT_INHERITED.has(role));
  const all = [...membershipsOf(organisation, username, at), ...inherited];
  const codes = (some: readonly Membership[]): string[] => [
    ...new Set(
      some.flatMap(({ unit }) => (unit === null ? [] : codesMeaning(organisation, unit, at))),
    ),
  ];
  return {
    tenant,
    username,
    displayName,
    roles: [...new Set(all.map(({ role }) => role))],
    units: codes(all),
    leads: codes(all.filter(({ role }) => role === 'manager')),
    standsInFor,
  };
}

/** Keeps what was read of each municipality until somebody, on whatever node, changes it. */
export class OrganisationCache {
  readonly #kept = new Map<string, Organisation>();

  async read(tx: Tx, tenant: string): Promise<Organisation> {
    const kept = this.#kept.get(tenant);
    if (kept && kept.revision === (await readRevision(tx, tenant))) return kept;
    const read = await readOrganisation(tx, tenant);
    this.#kept.set(tenant, read);
    return read;
  }
}
