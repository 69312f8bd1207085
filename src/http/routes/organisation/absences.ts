import { z } from 'zod';
import { can, demand } from '../../../access/policy.js';
import type { Principal } from '../../../access/principal.js';
import { ForbiddenError } from '../../../kernel/errors.js';
import { addAbsence, endAbsence, findAbsence } from '../../../people/absences.js';
import type { Organisation } from '../../../people/organisation.js';
import { lockOrganisation, membershipsOf, readOrganisation } from '../../../people/organisation.js';
import { defineRoute } from '../../route.js';
import { changeBy } from '../change-by.js';
import { dateTime, id } from '../parameters.js';
import { absence, login, presentAbsence } from './schemas.js';

const tags = ['organisation'];

const list = defineRoute({
  method: 'GET',
  path: '/api/absences',
  name: 'listAbsences',
  permission: 'organisation.read',
  summary: 'Who is away, now or later, and who does the work meanwhile',
  tags,
  query: z.strictObject({ username: login.optional() }),
  returns: z.object({ items: z.array(absence) }),
  example: { as: 'caseworker' },
  async run({ tx, principal, query, now }) {
    const { absences } = await readOrganisation(tx, principal.tenant);
    const items = absences.filter(
      (one) => one.to > now && (query.username === undefined || one.username === query.username),
    );
    return { items: items.map(presentAbsence) };
  },
});

const add = defineRoute({
  method: 'POST',
  path: '/api/absences',
  name: 'addAbsence',
  permission: 'absences.change',
  summary: 'Say who will be away, and who stands in',
  description:
    'Assigned tasks stay assigned; the substitute sees and may complete them, and it is recorded ' +
    'for whom. A substitute who is away too is stood in for in turn. Circles are refused.',
  tags,
  body: z.strictObject({
    username: login.optional().meta({ description: 'Oneself when left out.' }),
    substitute: login,
    from: dateTime,
    to: dateTime,
  }),
  returns: absence,
  status: 201,
  failures: ['conflict'],
  example: {
    as: 'caseworker',
    body: {
      substitute: 'clerk',
      from: '2029-07-02T06:00:00Z',
      to: '2029-07-20T15:00:00Z',
    },
  },
  async run(request) {
    const { tx, principal, body } = request;
    const username = body.username ?? principal.username;
    requireMayReport(
      principal,
      await lockOrganisation(tx, principal.tenant),
      username,
      request.now,
    );
    const [from, to] = [new Date(body.from), new Date(body.to)];
    const draft = { username, substitute: body.substitute, from, to };
    return presentAbsence(await addAbsence(tx, changeBy(request), draft));
  },
});

const end = defineRoute({
  method: 'POST',
  path: '/api/absences/{id}/end',
  name: 'endAbsence',
  permission: 'absences.change',
  summary: 'Somebody is back before time',
  tags,
  params: z.strictObject({ id }),
  returns: absence,
  failures: ['not_found'],
  example: { as: 'caseworker', params: { id: '912726453915746304' } },
  async run(request) {
    const { tx, principal, params, now } = request;
    const organisation = await lockOrganisation(tx, principal.tenant);
    const own = findAbsence(organisation, params.id);
    requireMayReport(principal, organisation, own.username, now);
    return presentAbsence({ ...own, to: await endAbsence(tx, changeBy(request), own) });
  },
});

function requireMayReport(
  principal: Principal,
  organisation: Organisation,
  username: string,
  now: Date,
): void {
  const units = membershipsOf(organisation, username, now).map(({ unit }) => unit);
  const isLed = [null, ...units].some((unit) =>
    can(principal, 'absences.change', { unit, assignee: username }),
  );
  if (isLed) return;
  demand(principal, 'absences.change');
  throw new ForbiddenError('absence_not_yours', 'That is for that person or the unit’s leader.');
}

/** Absences and substitutes. */
export const absenceRoutes = [list, add, end];
