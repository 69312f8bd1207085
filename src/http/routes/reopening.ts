import { z } from 'zod';
import { addNote } from '../../inquiries/conversation.js';
import { unlinkFollower } from '../../inquiries/followers.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import { isOpen } from '../../inquiries/inquiry.js';
import { REOPEN_REASONS, reopenInquiry } from '../../inquiries/reopen.js';
import { runAnew } from '../../inquiries/run-anew.js';
import { toView } from '../../inquiries/view.js';
import { ConflictError } from '../../kernel/errors.js';
import { defineRoute } from '../route.js';
import type { RouteRequest } from '../route.js';
import { changeBy } from './change-by.js';
import { inquirySummary } from './inquiry-schemas.js';
import { inquiryOf } from './readable-inquiry.js';

const params = z.strictObject({ reference: z.string().max(60) });
const note = z.string().trim().min(1).max(2000).meta({ description: 'Why, for colleagues.' });

const reopen = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/reopen',
  name: 'reopenInquiry',
  permission: 'dialogue.write',
  summary: 'Open a closed inquiry again',
  description:
    'Its process runs anew with new deadlines, from routing on; when and how it was closed stays in ' +
    'its story.',
  tags: ['inquiries'],
  params,
  body: z.strictObject({ reason: z.enum(REOPEN_REASONS).exclude(['unlinked']), note }),
  returns: inquirySummary,
  failures: ['not_found', 'conflict'],
  example: {
    as: 'agent',
    params: { reference: '26-K3F9-2XQ7' },
    body: { reason: 'citizenReplied', note: 'Dunken kom aldri.' },
  },
  async run(request) {
    const { tx, body } = request;
    const inquiry = await inquiryOf(request, request.params.reference);
    if (isOpen(inquiry.status)) {
      throw new ConflictError('inquiry_open', 'This inquiry is open already.');
    }
    await reopenInquiry(tx, changeBy(request), inquiry.id, body.reason);
    return begin(request, inquiry, body.note);
  },
});

const unlink = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/unlink',
  name: 'unlinkInquiry',
  permission: 'dialogue.write',
  summary: 'Let an inquiry no longer follow another one',
  description: 'They turned out to be about different things. It is worked on by itself again.',
  tags: ['inquiries'],
  params,
  body: z.strictObject({ note }),
  returns: inquirySummary,
  failures: ['not_found', 'conflict'],
  example: {
    as: 'agent',
    params: { reference: '26-K3F9-2XQ7' },
    body: { note: 'To hull, ikke ett.' },
  },
  async run(request) {
    const { tx, body } = request;
    const inquiry = await inquiryOf(request, request.params.reference);
    await unlinkFollower(tx, changeBy(request), inquiry.id);
    return begin(request, inquiry, body.note);
  },
});

type Asked = Pick<RouteRequest, 'tx' | 'principal' | 'now' | 'services'>;

async function begin(request: Asked, { id }: Inquiry, body: string) {
  const { tx, services, now } = request;
  const change = changeBy(request);
  await addNote(tx, change, id, { subject: null, body });
  return toView(await runAnew(tx, change, id, services.engine), now);
}

/** Ways back from an end that came too early. */
export const reopeningRoutes = [reopen, unlink];
