import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import { suggestServices } from '../../catalogue/suggest-services.js';
import { evaluateDecision } from '../../decisions/evaluate-decision.js';
import { readDecisionModel } from '../../decisions/read-decision-model.js';
import { readContent } from '../../inquiries/content.js';
import type { AskTable } from '../../inquiries/routing/back-test.js';
import { backTest } from '../../inquiries/routing/back-test.js';
import { readRuleFigures } from '../../inquiries/routing/rule-figures.js';
import { rerouteInquiry } from '../../tasks/reroute.js';
import type { RouteRequest } from '../route.js';
import { defineRoute } from '../route.js';
import { presentInquiry } from './inquiry-detail.js';
import { inquiryDetail } from './inquiry-schemas.js';
import { dateTime } from './parameters.js';
import { inquiryOf } from './readable-inquiry.js';
import { serviceSuggestions } from './service-words.js';

const params = z.strictObject({ reference: z.string().max(60) });
const exampleParams = { reference: '26-K3F9-2XQ7' };

const reroute = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/reroute',
  name: 'rerouteInquiry',
  permission: 'inquiries.reroute',
  summary: 'Send a case on to another unit',
  description:
    'Its open tasks go to that unit’s queue. It counts against the rule that had put it where it ' +
    'was, so that the table’s owner sees which rows are wrong.',
  tags: ['routing'],
  params,
  body: z.strictObject({ unit: z.string().max(20) }),
  returns: inquiryDetail,
  failures: ['not_found', 'conflict'],
  example: { as: 'agent', params: exampleParams, body: { unit: 'VEI' } },
  async run(request) {
    const { tx, principal, params: own, body, services } = request;
    const inquiry = await inquiryOf(request, own.reference);
    const asked = { inquiryId: inquiry.id, unit: body.unit };
    return presentInquiry(request, await rerouteInquiry(tx, principal, asked, services));
  },
});

const suggestions = defineRoute({
  method: 'GET',
  path: '/api/inquiries/{reference}/suggestions',
  name: 'suggestForInquiry',
  permission: 'inquiries.read',
  summary: 'Which services an inquiry may be about',
  tags: ['routing'],
  params,
  returns: serviceSuggestions,
  failures: ['not_found'],
  example: { as: 'agent', params: exampleParams },
  async run(request) {
    const { tx, principal, params: own, services } = request;
    const { id } = await inquiryOf(request, own.reference);
    const { subject, text } = await readContent(tx, principal.tenant, id);
    const said = `${subject ?? ''}\n${text ?? ''}`;
    const vocabulary = await services.vocabulary();
    return { items: await suggestServices(tx, principal.tenant, said, vocabulary) };
  },
});

const ruleFigures = z
  .object({
    decision: z.string(),
    rule: z.string().meta({ description: '`catalogue` where no row matched.' }),
    routed: z.int(),
    rerouted: z.int(),
    wrongRate: z.number().meta({ description: 'Share that was sent on, 0 to 1.' }),
    corrections: z
      .array(
        z.object({
          from: z.string(),
          to: z.string(),
          service: z.string(),
          district: z.string().nullable(),
          cases: z.int(),
        }),
      )
      .meta({ description: 'Where they went instead, the commonest first.' }),
  })
  .meta({ id: 'RuleFigures' });

const figures = defineRoute({
  method: 'GET',
  path: '/api/routing/rules',
  name: 'listRuleFigures',
  permission: 'routing.read',
  summary: 'How often each routing rule was wrong',
  tags: ['routing'],
  query: z.strictObject({
    receivedFrom: dateTime.optional(),
    receivedBefore: dateTime.optional(),
  }),
  returns: z.object({ items: z.array(ruleFigures) }),
  example: { as: 'owner' },
  async run({ tx, principal, query, now }) {
    const period = {
      from: parseDateTime(query.receivedFrom ?? '1970-01-01T00:00:00Z'),
      before: query.receivedBefore ? parseDateTime(query.receivedBefore) : later(now),
    };
    return { items: await readRuleFigures(tx, principal.tenant, period) };
  },
});

const tried = z
  .object({
    cases: z.int(),
    same: z.int(),
    moved: z.int(),
    corrected: z.int().meta({
      description: 'Of the moved: persons had sent them on to where the table now puts them.',
    }),
    failed: z.record(z.string(), z.int()).meta({ description: 'By the error’s code.' }),
    unknownUnits: z.array(z.string()),
    rules: z.record(z.string(), z.int()).meta({ description: 'How often each row decided.' }),
    list: z
      .array(
        z.object({
          reference: z.string(),
          service: z.string(),
          district: z.string().nullable(),
          from: z.string().nullable(),
          to: z.string().nullable(),
          responsible: z.boolean(),
          rule: z.string(),
        }),
      )
      .meta({ description: 'The newest of the moved, 200 at most.' }),
  })
  .meta({ id: 'BackTest' });

const backTestRoute = defineRoute({
  method: 'POST',
  path: '/api/routing/back-test',
  name: 'backTestRouting',
  permission: 'routing.test',
  summary: 'Try a changed routing table on the last cases',
  description:
    'How many would go elsewhere, and which. Without `dmn`, the table that runs now is tried. ' +
    'Nothing is changed.',
  tags: ['routing'],
  writes: false,
  body: z.strictObject({
    decision: z.string().max(200).default('ruting'),
    dmn: z.string().max(1_000_000).optional().meta({ description: 'The changed table’s XML.' }),
    cases: z.int().min(1).max(5000).default(1000),
    services: z.array(z.string().max(20)).max(100).optional(),
  }),
  returns: tried,
  failures: ['not_found'],
  example: { as: 'owner', body: { decision: 'ruting', cases: 100 } },
  async run(request) {
    const { tx, principal, body } = request;
    const { cases, services: only } = body;
    return backTest(tx, principal.tenant, await tableOf(request), { cases, services: only });
  },
});

type Asked = Pick<RouteRequest, 'tx' | 'principal' | 'services' | 'now'>;

async function tableOf({
  tx,
  principal: { tenant },
  services: { engine },
  now,
  body: { decision, dmn },
}: Asked & { body: { decision: string; dmn?: string | undefined } }): Promise<AskTable> {
  if (dmn === undefined) return (question) => engine.decide(tx, tenant, decision, question);
  const model = await readDecisionModel(dmn);
  return async (question) => evaluateDecision(model, decision, question, { now });
}

/** Clocks of two nodes are never quite alike. */
function later(now: Date): Date {
  return new Date(now.getTime() + 86_400_000);
}

/** Where cases go, and whether they belonged there. */
export const routingRoutes = [reroute, suggestions, figures, backTestRoute];
