import { z } from 'zod';
import { demand } from '../../../access/policy.js';
import { changeUnit, createUnit, getUnit } from '../../../people/change-units.js';
import { readUnits } from '../../../people/units.js';
import { defineRoute } from '../../route.js';
import { changeBy } from '../change-by.js';
import { dateTime } from '../parameters.js';
import { namesGiven, presentUnit, timeOr, unit, unitCode, when } from './schemas.js';

const tags = ['organisation'];
const params = z.strictObject({ code: unitCode });
const address = z.email().max(200).nullable();

const list = defineRoute({
  method: 'GET',
  path: '/api/units',
  name: 'listUnits',
  permission: 'organisation.read',
  summary: 'The parts of the municipality',
  description: 'Those that are valid now, or at the time asked for; `all=true` gives old ones too.',
  tags,
  query: z.strictObject({
    at: dateTime.optional(),
    all: z.enum(['true', 'false']).optional(),
  }),
  returns: z.object({ items: z.array(unit) }),
  example: { as: 'agent' },
  async run({ tx, principal, query, now }) {
    const at = query.all === 'true' ? undefined : timeOr(query.at, now);
    return { items: (await readUnits(tx, principal.tenant, at)).map(presentUnit) };
  },
});

const get = defineRoute({
  method: 'GET',
  path: '/api/units/{code}',
  name: 'getUnit',
  permission: 'organisation.read',
  summary: 'One unit, also when it has ended',
  tags,
  params,
  returns: unit,
  failures: ['not_found'],
  example: { as: 'agent', params: { code: 'VEI' } },
  run: async ({ tx, principal, params: { code } }) =>
    presentUnit(await getUnit(tx, principal.tenant, code)),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/units',
  name: 'createUnit',
  permission: 'organisation.reorganise',
  summary: 'Make a unit',
  description: 'Until it has people of its own, whoever leads the unit above answers for it.',
  tags,
  body: z.strictObject({
    code: unitCode,
    names: namesGiven,
    parent: unitCode,
    email: address.default(null),
    managerEmail: address.default(null),
    from: when,
  }),
  returns: unit,
  status: 201,
  failures: ['conflict'],
  location: ({ code }) => `/api/units/${code}`,
  example: {
    as: 'admin',
    body: {
      code: 'SKOG',
      names: { nb: 'Skog og utmark', nn: 'Skog og utmark', en: 'Forests' },
      parent: 'TEKN',
    },
  },
  async run(request) {
    const { tx, body, now } = request;
    const draft = { ...body, from: timeOr(body.from, now) };
    return presentUnit(await createUnit(tx, changeBy(request), draft));
  },
});

const change = defineRoute({
  method: 'PATCH',
  path: '/api/units/{code}',
  name: 'changeUnit',
  permission: 'organisation.change',
  summary: 'Change what a unit is called and where its mail goes',
  description: 'Where it lies is changed by a reorganisation, which shows first what that affects.',
  tags,
  params,
  body: z
    .strictObject({
      names: namesGiven.optional(),
      email: address.optional(),
      managerEmail: address.optional(),
    })
    .refine((body) => Object.keys(body).length > 0, 'must change something'),
  returns: unit,
  failures: ['not_found'],
  example: {
    as: 'manager',
    params: { code: 'VEI' },
    body: { email: 'vei.park@fjordvik.example' },
  },
  async run(request) {
    const { tx, principal, params: own, body } = request;
    demand(principal, 'organisation.change', { unit: own.code });
    const fields = Object.fromEntries(
      Object.entries(body).filter(([, value]) => value !== undefined),
    );
    return presentUnit(await changeUnit(tx, changeBy(request), own.code, fields));
  },
});

/** The organisation's units. */
export const unitRoutes = [list, get, create, change];
