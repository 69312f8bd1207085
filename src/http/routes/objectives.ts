import { z } from 'zod';
import { findService } from '../../catalogue/services.js';
import type { Objective, ObjectiveFigures } from '../../inquiries/objectives.js';
import {
  endObjective,
  insertObjective,
  objectiveFigures,
  PERIODS,
  readObjectives,
} from '../../inquiries/objectives.js';
import type { InvalidReason } from '../../kernel/errors.js';
import { InvalidError, NotFoundError } from '../../kernel/errors.js';
import { findUnit } from '../../people/units.js';
import { defineRoute } from '../route.js';
import type { RouteRequest } from '../route.js';
import { channel } from './inquiry-schemas.js';
import { id } from './parameters.js';

const code = z.string().max(20).nullable().default(null);

const draft = z.strictObject({
  channel: channel.nullable().default(null),
  service: code,
  unit: code,
  share: z
    .number()
    .gt(0)
    .lt(1)
    .meta({ description: 'How large a part is promised, 0.75 is 75 %.' }),
  workingDays: z.int().min(0).max(260),
  period: z.enum(PERIODS).default('month'),
  threshold: z.number().gt(0).max(10).default(1).meta({
    description: 'The part of the error budget whose use escalates; 1 is all of it.',
  }),
  leastCases: z.int().min(1).max(100_000).default(4).meta({
    description: 'Fewer cases than this in a period say nothing yet.',
  }),
  ownerUnit: z
    .string()
    .max(20)
    .default('SERV')
    .meta({ description: 'The unit whose manager answers for it.' }),
});

const objective = z
  .object({
    id: z.string(),
    ...z.object(draft.shape).shape,
    figures: z
      .object({
        periodStart: z.iso.date(),
        cases: z.int().meta({ description: 'That came in in the period.' }),
        kept: z.int(),
        missed: z.int(),
        open: z.int().meta({ description: 'Not answered, with time left.' }),
        keptShare: z.number().nullable(),
        budget: z.number().meta({ description: 'How many of these cases may be missed.' }),
        burnt: z.number().meta({ description: 'How much of the budget is used; 1 is all.' }),
      })
      .meta({ description: 'Of the present period; counts only.' }),
  })
  .meta({ id: 'Objective' });

const example = { channel: 'email', share: 0.75, workingDays: 4 } as const;

const list = defineRoute({
  method: 'GET',
  path: '/api/objectives',
  name: 'listObjectives',
  permission: 'breaches.read',
  summary: 'Promises to everybody, and how they are kept',
  tags: ['deadlines'],
  returns: z.object({ items: z.array(objective) }),
  example: { as: 'manager' },
  async run({ tx, principal: { tenant }, now }) {
    const items = [];
    for (const one of await readObjectives(tx, tenant)) {
      items.push(present(one, await objectiveFigures(tx, tenant, one, now)));
    }
    return { items };
  },
});

const create = defineRoute({
  method: 'POST',
  path: '/api/objectives',
  name: 'createObjective',
  permission: 'deadlines.rule',
  summary: 'Promise something of all cases of a channel, service or unit',
  description:
    'Such as: of e-mails, 75 % answered within four working days. When the error budget of a ' +
    'period is used, a process asks the manager of its unit for a measure, once in the period.',
  tags: ['deadlines'],
  body: draft,
  returns: objective,
  status: 201,
  example: { as: 'owner', body: example },
  async run(request) {
    const { tx, principal, body, now, services } = request;
    await requireKnown(request);
    const made: Objective = { ...body, id: services.newId() };
    const { tenant, username: by } = principal;
    await insertObjective(tx, tenant, made, { by, now });
    return present(made, await objectiveFigures(tx, tenant, made, now));
  },
});

const end = defineRoute({
  method: 'POST',
  path: '/api/objectives/{id}/end',
  name: 'endObjective',
  permission: 'deadlines.rule',
  summary: 'Promise it no longer',
  tags: ['deadlines'],
  params: z.strictObject({ id }),
  failures: ['not_found'],
  example: { as: 'owner', params: { id: '912825782319972352' } },
  async run({ tx, principal: { tenant }, params, now }) {
    if (await endObjective(tx, tenant, params.id, now)) return undefined;
    throw new NotFoundError('objective_not_found', 'There is no such objective.');
  },
});

/** Promises to whole populations. */
export const objectiveRoutes = [list, create, end];

async function requireKnown({
  tx,
  principal: { tenant },
  body: { service, unit, ownerUnit },
}: Pick<RouteRequest<z.ZodUndefined, z.ZodUndefined, typeof draft>, 'tx' | 'principal' | 'body'>) {
  const reasons: InvalidReason[] = [];
  for (const [path, value] of Object.entries({ unit, ownerUnit })) {
    if (value !== null && !(await findUnit(tx, tenant, value))) {
      reasons.push({ path, reason: 'is no unit' });
    }
  }
  if (service !== null && !(await findService(tx, tenant, service))) {
    reasons.push({ path: 'service', reason: 'is no service' });
  }
  if (reasons.length === 0) return;
  throw new InvalidError('objective_invalid', 'The objective is not as it should be.', {
    details: reasons,
  });
}

function present(one: Objective, figures: ObjectiveFigures) {
  return { ...one, figures };
}
