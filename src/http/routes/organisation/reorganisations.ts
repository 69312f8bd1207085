import { z } from 'zod';
import { InvalidError } from '../../../kernel/errors.js';
import { endUnit } from '../../../tasks/reorganise/end-unit.js';
import type { Plan } from '../../../tasks/reorganise/plan.js';
import type { Reorganisation } from '../../../tasks/reorganise/reorganise.js';
import {
  getReorganisation,
  previewReorganisation,
  readReorganisations,
  reorganise,
  undoReorganisation,
} from '../../../tasks/reorganise/reorganise.js';
import { defineRoute } from '../../route.js';
import { changeBy } from '../change-by.js';
import { dateTime, id } from '../parameters.js';
import { login, namesGiven, reason, timeOr, unitCode, when } from './schemas.js';

const tags = ['organisation'];
const address = z.email().max(200).nullable().default(null);
const target = z.union([
  unitCode,
  z.strictObject({
    code: unitCode,
    names: namesGiven,
    parent: unitCode,
    email: address,
    managerEmail: address,
  }),
]);

const plan = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('merge'),
    from: z.array(unitCode).min(1).max(50),
    into: target,
  }),
  z.strictObject({
    kind: z.literal('split'),
    from: unitCode,
    into: z
      .array(
        z.strictObject({
          unit: target,
          services: z.array(z.string().min(1).max(20)).max(200).default([]),
          members: z.array(login).max(2000).default([]),
        }),
      )
      .min(2)
      .max(20),
  }),
  z.strictObject({ kind: z.literal('move'), unit: unitCode, parent: unitCode }),
]);

const named = z.object({
  group: z.string(),
  of: z.string().meta({ description: 'Decision or process id.' }),
  version: z.int(),
  at: z.string().meta({ description: 'Row of the table, or element of the model.' }),
});

const affected = z
  .object({
    rules: z.array(named),
    models: z.array(named),
    services: z.array(z.string()),
    unitsBelow: z.array(z.string()),
    memberships: z.array(
      z.object({ username: z.string(), unit: z.string().nullable(), role: z.string() }),
    ),
    substitutes: z.array(z.object({ username: z.string(), substitute: z.string() })),
    mailAddresses: z.array(z.string()),
    openCases: z.int(),
    openTasks: z.int(),
    deadlines: z.object({ overdue: z.int(), within30Days: z.int(), next: dateTime.nullable() }),
  })
  .meta({ id: 'Affected', description: 'What names these units or hangs on them.' });

const reorganisation = z
  .object({
    id: z.string(),
    kind: z.enum(['merge', 'split', 'move']),
    reason: z.string(),
    status: z.enum(['planned', 'running', 'done', 'undone']),
    effectiveAt: dateTime,
    createdBy: z.string(),
    createdAt: dateTime,
    cases: z.int().meta({ description: 'How many open cases have moved.' }),
    tasks: z.int().meta({ description: 'How many open tasks have moved.' }),
    endedAt: dateTime.nullable(),
  })
  .meta({ id: 'Reorganisation' });

function present(one: Reorganisation): z.input<typeof reorganisation> {
  return {
    ...one,
    kind: one.plan.kind,
    effectiveAt: one.effectiveAt.toISOString(),
    createdAt: one.createdAt.toISOString(),
    endedAt: one.endedAt?.toISOString() ?? null,
  };
}

const make = defineRoute({
  method: 'POST',
  path: '/api/reorganisations',
  name: 'reorganise',
  permission: 'organisation.reorganise',
  summary: 'Merge, split or move units',
  description:
    'First with `dryRun`: the answer says what is affected, with a token. Then the same with that ' +
    'token and a reason: refused with 409 when the world is another meanwhile. Units and memberships ' +
    'are dated at once; open cases and tasks move in batches when the time has come, each with a ' +
    'trace. Old codes keep their meaning: tables and models may go on naming them.',
  tags,
  body: z.strictObject({
    plan,
    effectiveAt: when,
    dryRun: z.boolean().default(false),
    reason: reason.optional(),
    token: z.string().max(100).optional(),
  }),
  returns: z.object({
    affected: affected.optional(),
    token: z.string().optional(),
    reorganisation: reorganisation.optional(),
  }),
  failures: ['conflict'],
  example: {
    as: 'admin',
    body: { plan: { kind: 'merge', from: ['GEO'], into: 'BYGG' }, dryRun: true },
  },
  async run(request) {
    const { tx, principal, body, now, services } = request;
    const readModel = services.engine.model.bind(services.engine);
    const at = timeOr(body.effectiveAt, now);
    if (at < now) throw missing('effectiveAt', 'has passed');
    const asked = { plan: body.plan as Plan, at, now, readModel };
    if (body.dryRun) return previewReorganisation(tx, principal.tenant, asked);
    if (body.token === undefined) throw missing('token', 'comes from a dry run');
    if (body.reason === undefined) throw missing('reason', 'must be given');
    const { token, reason: why } = body;
    const done = await reorganise(tx, changeBy(request), { ...asked, token, reason: why });
    return { reorganisation: present(done) };
  },
});

function missing(path: string, why: string): InvalidError {
  return new InvalidError('invalid_request', 'The request is not valid.', {
    details: [{ path: `body.${path}`, reason: why }],
  });
}

const end = defineRoute({
  method: 'POST',
  path: '/api/units/{code}/end',
  name: 'endUnit',
  permission: 'organisation.reorganise',
  summary: 'End a unit, and say who takes over',
  description:
    'Cases, tasks, services and people go to the successor, as in a merger of one. Without a ' +
    'successor it is refused with 409, which says what hangs on the unit.',
  tags,
  params: z.strictObject({ code: unitCode }),
  body: z.strictObject({ successor: unitCode.optional(), effectiveAt: when, reason }),
  returns: reorganisation,
  failures: ['not_found', 'conflict'],
  example: {
    as: 'admin',
    params: { code: 'PVO' },
    body: { successor: 'DOK', effectiveAt: '2067-01-01T00:00:00+01:00', reason: 'Slås sammen' },
  },
  async run(request) {
    const { tx, params: own, body, now, services } = request;
    const readModel = services.engine.model.bind(services.engine);
    const at = timeOr(body.effectiveAt, now);
    if (at < now) throw missing('effectiveAt', 'has passed');
    const { successor, reason: why } = body;
    const asked = { unit: own.code, successor, at, reason: why, readModel };
    return present(await endUnit(tx, changeBy(request), asked));
  },
});

const list = defineRoute({
  method: 'GET',
  path: '/api/reorganisations',
  name: 'listReorganisations',
  permission: 'organisation.read',
  summary: 'What has been merged, split and moved, the latest first',
  tags,
  returns: z.object({ items: z.array(reorganisation) }),
  example: { as: 'manager' },
  run: async ({ tx, principal }) => ({
    items: (await readReorganisations(tx, principal.tenant)).map(present),
  }),
});

const params = z.strictObject({ id });
const exampleParams = { id: '912726453915746304' };

const get = defineRoute({
  method: 'GET',
  path: '/api/reorganisations/{id}',
  name: 'getReorganisation',
  permission: 'organisation.read',
  summary: 'How far a reorganisation has come',
  tags,
  params,
  returns: reorganisation,
  failures: ['not_found'],
  example: { as: 'manager', params: exampleParams },
  run: async ({ tx, principal, params: own }) =>
    present(await getReorganisation(tx, principal.tenant, own.id)),
});

const undo = defineRoute({
  method: 'POST',
  path: '/api/reorganisations/{id}/undo',
  name: 'undoReorganisation',
  permission: 'organisation.reorganise',
  summary: 'Call a reorganisation off',
  description: 'Until its first batch. After that, make another one that goes back.',
  tags,
  params,
  returns: reorganisation,
  failures: ['not_found', 'conflict'],
  example: { as: 'admin', params: exampleParams },
  run: async (request) =>
    present(await undoReorganisation(request.tx, changeBy(request), request.params.id)),
});

/** Merging, splitting and moving. */
export const reorganisationRoutes = [make, end, list, get, undo];
