import { z } from 'zod';
import { defineRoute } from '../../route.js';
import { tenantIdOf } from './tenant.js';
import { tenantId } from './values.js';

/** Who the caller is, as clients of this API ask it. */
export const authenticationRoutes = [
  defineRoute({
    method: 'GET',
    path: '/v2/authentication/me',
    name: 'getAuthentication',
    permission: 'self.read',
    summary: 'Who am I?',
    tags: ['cluster'],
    returns: z.object({
      username: z.string(),
      displayName: z.string(),
      tenants: z.array(z.object({ tenantId, name: z.string() })),
      groups: z.array(z.string()).meta({ description: 'Codes of the units.' }),
      roles: z.array(z.string()),
      salesPlanType: z.string(),
      c8Links: z.record(z.string(), z.string()),
      canLogout: z.boolean(),
    }),
    example: { as: 'caseworker' },
    run: ({ principal: { username, displayName, tenant, units, roles } }) =>
      Promise.resolve({
        username,
        displayName,
        tenants: [{ tenantId: tenantIdOf(tenant), name: tenant }],
        groups: [...units],
        roles: [...roles],
        salesPlanType: '',
        c8Links: {},
        // Basic credentials are the browser's to forget.
        canLogout: false,
      }),
  }),
];
