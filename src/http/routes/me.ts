import { z } from 'zod';
import { PERMISSIONS, can } from '../../access/policy.js';
import { ROLES } from '../../access/principal.js';
import { defineRoute } from '../route.js';

const me = z
  .object({
    username: z.string(),
    displayName: z.string(),
    tenant: z.string().meta({ description: 'The municipality.' }),
    roles: z.array(z.enum(ROLES)),
    units: z.array(z.string()),
    permissions: z
      .array(z.enum(PERMISSIONS))
      .meta({ description: 'What may be done to something at least.' }),
  })
  .meta({ id: 'Me' });

/** Who the caller is. */
export const meRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/me',
    name: 'getMe',
    permission: 'self.read',
    summary: 'Who am I, and what may I do?',
    tags: ['access'],
    returns: me,
    example: { as: 'caseworker' },
    run: ({ principal }) =>
      Promise.resolve({
        ...principal,
        roles: [...principal.roles],
        units: [...principal.units],
        permissions: PERMISSIONS.filter((permission) => can(principal, permission)),
      }),
  }),
];
