import { z } from 'zod';
import { can, demand } from '../../../access/policy.js';
import type { Principal, Role } from '../../../access/principal.js';
import { ROLES } from '../../../access/principal.js';
import { ForbiddenError } from '../../../kernel/errors.js';
import { addMembership, endMemberships, findMembership } from '../../../people/memberships.js';
import { holds, lockOrganisation, readOrganisation } from '../../../people/organisation.js';
import { leave } from '../../../tasks/leave.js';
import { defineRoute } from '../../route.js';
import { changeBy } from '../change-by.js';
import { dateTime, id } from '../parameters.js';
import { login, membership, presentMembership, timeOr, unitCode, when } from './schemas.js';

const tags = ['organisation'];

/** What a manager may make somebody in the own unit; the other roles reach beyond it. */
const GIVEN_BY_MANAGERS: readonly Role[] = ['caseworker', 'keyUser'];

const list = defineRoute({
  method: 'GET',
  path: '/api/memberships',
  name: 'listMemberships',
  permission: 'organisation.read',
  summary: 'Who works where, in which role',
  description: 'Those that hold now, or at the time asked for; `role=keyUser` finds key users.',
  tags,
  query: z.strictObject({
    unit: unitCode.optional(),
    username: login.optional(),
    role: z.enum(ROLES).optional(),
    at: dateTime.optional(),
    all: z.enum(['true', 'false']).optional().meta({ description: 'Past and planned ones too.' }),
  }),
  returns: z.object({ items: z.array(membership) }),
  example: { as: 'manager', query: { unit: 'VEI' } },
  async run({ tx, principal, query, now }) {
    const { memberships } = await readOrganisation(tx, principal.tenant);
    const at = timeOr(query.at, now);
    const items = memberships.filter(
      (one) =>
        (query.unit === undefined || one.unit === query.unit) &&
        (query.username === undefined || one.username === query.username) &&
        (query.role === undefined || one.role === query.role) &&
        (query.all === 'true' || holds(one, at)),
    );
    return { items: items.map(presentMembership) };
  },
});

const add = defineRoute({
  method: 'POST',
  path: '/api/memberships',
  name: 'addMembership',
  permission: 'organisation.change',
  summary: 'Give somebody a role in a unit',
  description:
    'Managers make caseworkers and key users of their own unit; administrators do it all.',
  tags,
  body: z.strictObject({
    username: login,
    unit: unitCode.nullable().default(null),
    role: z.enum(ROLES),
    from: when,
    to: dateTime.optional(),
  }),
  returns: membership,
  status: 201,
  failures: ['conflict'],
  example: { as: 'manager', body: { username: 'clerk', unit: 'VEI', role: 'caseworker' } },
  async run(request) {
    const { tx, principal, body, now } = request;
    requireMayGive(principal, body);
    const from = timeOr(body.from, now);
    const to = body.to === undefined ? null : timeOr(body.to, now);
    return presentMembership(await addMembership(tx, changeBy(request), { ...body, from, to }));
  },
});

const end = defineRoute({
  method: 'POST',
  path: '/api/memberships/{id}/end',
  name: 'endMembership',
  permission: 'organisation.change',
  summary: 'End a membership',
  description: 'Refused where a unit would be left without anybody, or without a leader.',
  tags,
  params: z.strictObject({ id }),
  body: z.strictObject({ at: when }),
  returns: membership,
  failures: ['not_found', 'conflict'],
  example: { as: 'manager', params: { id: '912726453915746304' }, body: {} },
  async run(request) {
    const { tx, principal, params, body, now } = request;
    const organisation = await lockOrganisation(tx, principal.tenant);
    const own = findMembership(organisation, params.id);
    requireMayGive(principal, own);
    await endMemberships(tx, changeBy(request), organisation, [own], timeOr(body.at, now));
    const after = await readOrganisation(tx, principal.tenant);
    return presentMembership(findMembership(after, params.id));
  },
});

const leaves = defineRoute({
  method: 'POST',
  path: '/api/staff/{username}/leave',
  name: 'leave',
  permission: 'organisation.reorganise',
  summary: 'Somebody leaves the municipality',
  description:
    'What was done stays under the name. Open tasks go back to the queue they came from. Where ' +
    'nobody else would be left, name a successor.',
  tags,
  params: z.strictObject({ username: login }),
  body: z.strictObject({ at: when, successor: login.optional() }),
  returns: z.object({ ended: z.int(), tasksReturned: z.int() }),
  failures: ['not_found', 'conflict'],
  example: {
    as: 'admin',
    params: { username: 'caseworker' },
    body: { at: '2067-01-01T00:00:00+01:00', successor: 'clerk' },
  },
  async run(request) {
    const { tx, params, body, now } = request;
    const leaving = { ...params, ...body, at: timeOr(body.at, now) };
    return leave(tx, changeBy(request), leaving);
  },
});

function requireMayGive(
  principal: Principal,
  { unit, role }: { unit: string | null; role: Role },
): void {
  demand(principal, 'organisation.change', { unit });
  if (can(principal, 'organisation.reorganise') || GIVEN_BY_MANAGERS.includes(role)) return;
  throw new ForbiddenError(
    'role_not_yours_to_give',
    `Only an administrator decides who is ${role}.`,
  );
}

/** Who works where. */
export const membershipRoutes = [list, add, end, leaves];
