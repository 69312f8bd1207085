import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import { countChasers, readChaserFigures, recordChaser } from '../../inquiries/chasers.js';
import { statusFor } from '../../inquiries/status.js';
import { LANGUAGES } from '../../people/party.js';
import { defineRoute } from '../route.js';
import { channel, status } from './inquiry-schemas.js';
import { dateTime, names } from './parameters.js';
import { inquiryOf } from './readable-inquiry.js';

const reference = z.string().max(60);
const place = z.object({
  processId: z.string(),
  elementId: z.string(),
  name: z.string().nullable().meta({ description: 'As the model names it.' }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/inquiries/{reference}/status',
  name: 'getStatus',
  permission: 'inquiries.read',
  summary: 'Where a case stands, as its citizen is told',
  description:
    'The same answer as on the citizen’s own page. Expected is when half and nine of ten like cases ' +
    'were done; where fewer than twenty are known, the promise alone.',
  tags: ['inquiries'],
  params: z.strictObject({ reference }),
  query: z.strictObject({ language: z.enum(LANGUAGES).default('nb') }),
  returns: z
    .object({
      reference: z.string(),
      status,
      milestone: names,
      since: dateTime.nullable().meta({ description: 'When it came there.' }),
      expected: z.object({ from: dateTime, to: dateTime }).nullable(),
      promisedBy: dateTime,
      late: z.boolean().meta({ description: 'Open although the promised date has passed.' }),
      waitingFor: z.enum(['citizen', 'municipality', 'other']).nullable(),
      summary: z.string().meta({ description: 'All of it in the language asked for.' }),
      chasers: z.int().meta({ description: 'How often somebody has asked about it.' }),
    })
    .meta({ id: 'CaseStatus' }),
  failures: ['not_found'],
  example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' }, query: { language: 'en' } },
  async run(request) {
    const { tx, principal, now, query, services } = request;
    const { tenant } = principal;
    const inquiry = await inquiryOf(request, request.params.reference);
    const { engine } = services;
    const readModel = engine.model.bind(engine);
    const found = await statusFor(tx, tenant, inquiry, now, query.language, readModel);
    const { expected } = found;
    return {
      ...found,
      reference: inquiry.reference,
      since: found.since?.toISOString() ?? null,
      expected: expected && { from: expected.from.toISOString(), to: expected.to.toISOString() },
      promisedBy: inquiry.expectedBy.toISOString(),
      chasers: await countChasers(tx, tenant, inquiry.id),
    };
  },
});

const chase = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/chasers',
  name: 'chaseInquiry',
  permission: 'dialogue.write',
  summary: 'Count that somebody asked how it goes',
  description:
    'The question is counted against the elements of the models at which the case stands, and the ' +
    'process is told.',
  tags: ['inquiries'],
  params: z.strictObject({ reference }),
  body: z.strictObject({ channel }),
  returns: z.object({
    id: z.string(),
    count: z.int().meta({ description: 'How often it was asked about this case by now.' }),
    places: z.array(place).meta({ description: 'Where the case stood.' }),
  }),
  status: 201,
  failures: ['not_found'],
  example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' }, body: { channel: 'phone' } },
  async run(request) {
    const { tx, principal, now, services, body } = request;
    const { tenant, username: by } = principal;
    const { id: inquiryId } = await inquiryOf(request, request.params.reference);
    const { engine, dialogue, newId } = services;
    const ports = { ...dialogue, readModel: engine.model.bind(engine) };
    const change = { tenant, by, now, newId };
    return recordChaser(tx, change, { inquiryId, channel: body.channel }, ports);
  },
});

const figures = defineRoute({
  method: 'GET',
  path: '/api/chasers',
  name: 'readChasers',
  permission: 'chasers.read',
  summary: 'Where cases stood when citizens asked again',
  description:
    'By element of the models, those asked about most first: the work that a process makes by being ' +
    'slow or silent there. The last 90 days unless asked otherwise.',
  tags: ['inquiries'],
  query: z.strictObject({
    from: dateTime.optional(),
    before: dateTime.optional(),
    service: z.string().max(20).optional().meta({ description: 'Code of the service.' }),
  }),
  returns: z.object({
    items: z.array(
      z
        .object({
          processId: z.string().nullable(),
          elementId: z
            .string()
            .nullable()
            .meta({ description: 'Null when nothing of the case waited anywhere.' }),
          chasers: z.int(),
          cases: z.int(),
          overdue: z.int().meta({ description: 'How many came after the promised date.' }),
        })
        .meta({ id: 'ChaserFigure' }),
    ),
  }),
  example: { as: 'owner', query: { service: 'DUNK' } },
  async run({ tx, principal, query, now }) {
    const { from, before, service } = query;
    const until = before === undefined ? now : parseDateTime(before);
    const period = {
      from: from === undefined ? new Date(now.getTime() - NINETY_DAYS_MS) : parseDateTime(from),
      // What is being counted just now counts, too.
      before: before === undefined ? new Date(until.getTime() + 1) : until,
      service,
    };
    return { items: await readChaserFigures(tx, principal.tenant, period) };
  },
});

const NINETY_DAYS_MS = 90 * 86_400_000;

/** How a case goes, and how often that is asked. */
export const statusRoutes = [get, chase, figures];
