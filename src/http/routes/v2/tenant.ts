import { DEMO_TENANTS } from '../../../access/demo-users.js';
import type { Principal } from '../../../access/principal.js';
import { ForbiddenError } from '../../../kernel/errors.js';

/** What Camunda calls the tenant of an installation that has only one. */
const DEFAULT_TENANT_ID = '<default>';

/** The name of a municipality in this API. */
export function tenantIdOf(tenant: string): string {
  return tenant === DEMO_TENANTS[0] ? DEFAULT_TENANT_ID : tenant;
}

/** The municipality of that name; of a name that means none here, a text no municipality has. */
export function tenantOf(tenantId: string): string {
  if (tenantId === DEFAULT_TENANT_ID) return DEMO_TENANTS[0];
  return tenantId === DEMO_TENANTS[0] ? '' : tenantId;
}

/**
 * The principal's municipality, which is the only one it may name.
 * @throws ForbiddenError 'tenant_forbidden', whether the other one exists or not
 */
export function ownTenant({ tenant }: Principal, tenantId: string | undefined): string {
  if (tenantId !== undefined && tenantOf(tenantId) !== tenant) {
    throw new ForbiddenError('tenant_forbidden', `You belong to the tenant ${tenantIdOf(tenant)}.`);
  }
  return tenant;
}
