import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import { inquiryDraftSchema } from '../../inquiries/draft.js';
import { searchInquiries } from '../../inquiries/search.js';
import { defineRoute } from '../route.js';
import { presentInquiry } from './inquiry-detail.js';
import { channel, inquiryDetail, inquirySummary, pageOf, status } from './inquiry-schemas.js';
import { cursor, dateTime, flag, limit } from './parameters.js';
import { inquiryOf, visibleTo } from './readable-inquiry.js';

const register = defineRoute({
  method: 'POST',
  path: '/api/inquiries',
  name: 'registerInquiry',
  permission: 'inquiries.register',
  summary: 'Register an inquiry',
  description:
    'The one way in, whatever the channel. The process of its service starts at once and runs as ' +
    'far as it gets: the answer says which unit has it, why, and when a reply is promised.',
  tags: ['inquiries'],
  body: inquiryDraftSchema,
  returns: inquiryDetail.extend({
    lookalikes: z.int().meta({
      description: 'How many known parties look like this one: perhaps the same one twice.',
    }),
  }),
  status: 201,
  location: ({ reference }) => `/api/inquiries/${reference}`,
  example: {
    as: 'agent',
    body: {
      channel: 'phone',
      service: 'DUNK',
      party: { name: 'Test Person', phone: '+4799999999', email: 'test@example.no' },
      text: 'Dunken er knust',
      ownWords: false,
      location: { address: 'Storgata 1' },
    },
  },
  async run(request) {
    const { tx, principal, body, services } = request;
    const { tenant, username } = principal;
    const registered = await services.registerInquiry(tx, tenant, body, username);
    const shown = await presentInquiry(request, registered.inquiry);
    return { ...shown, lookalikes: registered.lookalikes };
  },
});

const get = defineRoute({
  method: 'GET',
  path: '/api/inquiries/{reference}',
  name: 'getInquiry',
  permission: 'inquiries.read',
  summary: 'One inquiry, with its whole story',
  description: 'A reference is found however it is typed: in lower case, without its dashes.',
  tags: ['inquiries'],
  params: z.strictObject({ reference: z.string().max(60) }),
  returns: inquiryDetail,
  failures: ['not_found'],
  example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' } },
  async run(request) {
    return presentInquiry(request, await inquiryOf(request, request.params.reference));
  },
});

const search = defineRoute({
  method: 'GET',
  path: '/api/inquiries',
  name: 'searchInquiries',
  permission: 'inquiries.read',
  summary: 'Find inquiries, the newest first',
  description:
    'Everything given must hold. The front desk finds all, others what their units have.',
  tags: ['inquiries'],
  query: z.strictObject({
    service: z.string().max(20).optional().meta({ description: 'Code of the service.' }),
    unit: z.string().max(20).optional().meta({ description: 'Code of the unit.' }),
    status: status.optional(),
    channel: channel.optional(),
    overdue: flag.meta({ description: 'Open and past the promised date, or not.' }),
    q: z.string().max(60).optional().meta({ description: 'Part of a reference.' }),
    receivedFrom: dateTime.optional(),
    receivedBefore: dateTime.optional(),
    cursor,
    limit,
  }),
  returns: pageOf(inquirySummary),
  example: { as: 'agent', query: { service: 'DUNK', limit: '10' } },
  run({ tx, principal, query, now }) {
    const { q, receivedFrom, receivedBefore, ...rest } = query;
    const filter = {
      ...rest,
      text: q,
      receivedFrom: receivedFrom === undefined ? undefined : parseDateTime(receivedFrom),
      receivedBefore: receivedBefore === undefined ? undefined : parseDateTime(receivedBefore),
      visibleTo: visibleTo(principal),
    };
    return searchInquiries(tx, principal.tenant, filter, now);
  },
});

export const inquiryRoutes = [register, search, get];
