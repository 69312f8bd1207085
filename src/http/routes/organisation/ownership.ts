import { z } from 'zod';
import { readOwnership } from '../../../tasks/ownership/ownership.js';
import { defineRoute } from '../../route.js';
import { dateTime } from '../parameters.js';

/** What nobody answers for. */
export const ownershipRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/ownership',
    name: 'getOwnership',
    permission: 'ownership.read',
    summary: 'Whatever has no owner',
    description:
      'Units, services, cases, tasks, rules and models that nobody answers for: empty, as long as ' +
      'nothing is wrong. `unattended` are tasks that nobody can do today; after a day they go to ' +
      'whoever leads the unit.',
    tags: ['organisation'],
    returns: z
      .object({
        ownerless: z.array(
          z.object({
            kind: z.enum(['unit', 'service', 'case', 'task', 'rule', 'model']),
            id: z.string(),
            reason: z.enum(['nobody_leads', 'unknown_unit', 'unknown_group', 'role_vacant']),
          }),
        ),
        unattended: z.array(
          z.object({ id: z.string(), since: dateTime.nullable(), goesTo: z.array(z.string()) }),
        ),
      })
      .meta({ id: 'Ownership' }),
    example: { as: 'owner' },
    run: ({ tx, principal, now, services: { engine } }) =>
      readOwnership(tx, principal.tenant, now, engine.model.bind(engine)),
  }),
];
