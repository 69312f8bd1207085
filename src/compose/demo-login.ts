import { authenticateDemoUser } from '../access/demo-users.js';
import type { Principal } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import type { Clock } from '../kernel/clock.js';
import { OrganisationCache, principalAt } from '../people/principals.js';

/**
 * Knows demo users by their password; who they are is the organisation's to say. Somebody who is in
 * it nowhere, and stands in for nobody, is let in no more.
 */
export function demoLogin({ db, clock }: { db: Tx; clock: Clock }) {
  const organisations = new OrganisationCache();
  return async (username: string, password: string): Promise<Principal | undefined> => {
    const user = authenticateDemoUser(username, password);
    if (!user) return undefined;
    const organisation = await organisations.read(db, user.tenant);
    const principal = principalAt(organisation, user, clock());
    return principal.roles.length > 0 ? principal : undefined;
  };
}
