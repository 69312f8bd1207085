import { DEMO_TENANTS } from '../../access/demo-users.js';
import { Open311Error } from '../../channels/open311/open311-error.js';
import type { Tx } from '../../db/tx.js';

/** Under this name the first demo municipality can be tried, with a key of the same name. */
export const DEMO_JURISDICTION = 'demo';

/**
 * The municipality that a jurisdiction is. Where an installation has only one, it need not be named.
 * @throws Open311Error 400 or 404
 */
export async function tenantOf(tx: Tx, jurisdiction: string | undefined): Promise<string> {
  if (jurisdiction === DEMO_JURISDICTION) return DEMO_TENANTS[0];
  const tenants = await tx.query<{ tenant: string }>(
    `SELECT DISTINCT tenant_id AS tenant FROM unit
     WHERE $1::text IS NULL OR tenant_id = $1 LIMIT 2`,
    [jurisdiction ?? null],
  );
  const [only] = tenants;
  if (only && tenants.length === 1) return only.tenant;
  throw jurisdiction === undefined
    ? new Open311Error(400, 'jurisdiction_id was not provided')
    : new Open311Error(404, 'jurisdiction_id provided was not found');
}
