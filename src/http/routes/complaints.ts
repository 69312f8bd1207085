import { z } from 'zod';
import { COMPLAINT_KINDS, fileComplaint } from '../../inquiries/complaints.js';
import { toView } from '../../inquiries/view.js';
import { defineRoute } from '../route.js';
import { changeBy } from './change-by.js';
import { channel, inquirySummary } from './inquiry-schemas.js';
import { dateTime } from './parameters.js';
import { inquiryOf } from './readable-inquiry.js';

const file = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/complaints',
  name: 'fileComplaint',
  permission: 'inquiries.register',
  summary: 'Register an appeal, or a complaint about the service',
  description:
    'Becomes a case of its own, from the same party, with a reference and deadlines of its own. An ' +
    'appeal goes to the unit that decided, and on to the appeal body if that unit upholds its ' +
    'decision; a complaint is looked into by the service centre.',
  tags: ['inquiries'],
  params: z.strictObject({ reference: z.string().max(60) }),
  body: z.strictObject({
    kind: z
      .enum(COMPLAINT_KINDS)
      .meta({ description: 'Against a decision (klage på vedtak), or about the service.' }),
    channel,
    text: z.string().trim().min(1).max(8000).meta({ description: 'What should change, and why.' }),
    ownWords: z.boolean().optional(),
    receivedAt: dateTime.optional().meta({ description: 'When it came in, if earlier than now.' }),
  }),
  returns: inquirySummary,
  status: 201,
  location: ({ reference }) => `/api/inquiries/${reference}`,
  failures: ['not_found'],
  example: {
    as: 'agent',
    params: { reference: '26-K3F9-2XQ7' },
    body: { kind: 'appeal', channel: 'letter', text: 'Jeg mener at vedtaket er feil.' },
  },
  async run(request) {
    const { tx, body, services, now } = request;
    const about = await inquiryOf(request, request.params.reference);
    const change = changeBy(request);
    const { kind, channel: on, text, ownWords, receivedAt } = body;
    const complaint = { kind, channel: on, text, ownWords, receivedAt };
    return toView(await fileComplaint(tx, change, about, complaint, services.registerInquiry), now);
  },
});

/** Appeals and complaints. */
export const complaintRoutes = [file];
