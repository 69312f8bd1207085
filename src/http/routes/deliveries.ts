import { z } from 'zod';
import { demand } from '../../access/policy.js';
import {
  DELIVERY_STATES,
  RESEND_REASONS,
  readDeliveries,
  readUndeliverable,
} from '../../channels/deliveries.js';
import type { Delivery } from '../../channels/deliveries.js';
import { readOriginal } from '../../channels/inbound/keep-mail.js';
import { resendDelivery } from '../../channels/resend.js';
import { defineRoute, download } from '../route.js';
import { changeBy } from './change-by.js';
import { dateTime, id } from './parameters.js';
import { inquiryOf } from './readable-inquiry.js';

const reference = z.string().max(60);

const delivery = z
  .object({
    id: z.string(),
    template: z.string(),
    recipient: z.string(),
    recipientUnit: z.string().nullable(),
    state: z.enum(DELIVERY_STATES).meta({
      description:
        'Queued ones are tried until a server takes them; of bounced ones a report came.',
    }),
    attempts: z.int(),
    detail: z.string().nullable().meta({ description: 'The mail server’s status code.' }),
    createdAt: dateTime,
    changedAt: dateTime,
    resentAs: z.string().nullable().meta({ description: 'Id of the delivery that followed it.' }),
    askedBy: z.string().nullable().meta({ description: 'Login of who had it sent again.' }),
    reason: z.enum(RESEND_REASONS).nullable(),
  })
  .meta({ id: 'Delivery' });

const shown = (one: Delivery) => ({
  ...one,
  createdAt: one.createdAt.toISOString(),
  changedAt: one.changedAt.toISOString(),
});

const MAX_LISTED = 200;

/** What became of the mails of an inquiry, and as what its messages came. */
export const deliveryRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/inquiries/{reference}/deliveries',
    name: 'listDeliveries',
    permission: 'inquiries.read',
    summary: 'What became of every mail of an inquiry',
    tags: ['messages'],
    params: z.strictObject({ reference }),
    returns: z.object({ items: z.array(delivery) }),
    failures: ['not_found'],
    example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' } },
    async run(request) {
      const inquiry = await inquiryOf(request, request.params.reference);
      const items = await readDeliveries(request.tx, request.principal.tenant, inquiry.id);
      return { items: items.map(shown) };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/inquiries/{reference}/deliveries/{id}/resend',
    name: 'resendDelivery',
    permission: 'dialogue.write',
    summary: 'Send a mail again',
    description:
      'One that did not arrive, or that arrived: written anew from what is known of the case now, to ' +
      'the address it has now. Who asked for it and why is kept. One that is still being tried, or ' +
      'was sent again already, is refused with 409.',
    tags: ['messages'],
    status: 202,
    params: z.strictObject({ reference, id }),
    body: z.strictObject({ reason: z.enum(RESEND_REASONS) }),
    returns: delivery,
    failures: ['not_found', 'conflict'],
    example: {
      as: 'agent',
      params: { reference: '26-K3F9-2XQ7', id: '912726453915746304' },
      body: { reason: 'notReceived' },
    },
    async run(request) {
      const { tx, principal, params, body } = request;
      const inquiry = await inquiryOf(request, params.reference);
      demand(principal, 'dialogue.write', inquiry);
      const asked = { inquiryId: inquiry.id, id: params.id, reason: body.reason };
      return shown(await resendDelivery(tx, changeBy(request), asked));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/messages/undeliverable',
    name: 'listUndeliverable',
    permission: 'inquiries.register',
    summary: 'Mails to citizens that did not arrive',
    description:
      'Refused by a server, bounced, or without an address; the oldest first, 200 of them.',
    tags: ['messages'],
    returns: z.object({
      items: z.array(delivery.extend({ reference: z.string(), unit: z.string().nullable() })),
    }),
    example: { as: 'agent' },
    async run({ tx, principal }) {
      const items = await readUndeliverable(tx, principal.tenant, MAX_LISTED);
      return { items: items.map((one) => ({ ...one, ...shown(one) })) };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/inquiries/{reference}/messages/{id}/original',
    name: 'downloadOriginalMail',
    permission: 'inquiries.read',
    summary: 'The mail that a message came as',
    description: 'Byte for byte, with what it quotes and its signature.',
    tags: ['messages'],
    params: z.strictObject({ reference, id }),
    returns: download,
    produces: 'application/octet-stream',
    failures: ['not_found'],
    example: { as: 'agent', params: { reference: '26-K3F9-2XQ7', id: '912726453915746304' } },
    async run(request) {
      const { tx, principal, params } = request;
      const inquiry = await inquiryOf(request, params.reference);
      const asked = { inquiryId: inquiry.id, messageId: params.id };
      const bytes = await readOriginal(tx, principal.tenant, asked);
      const filename = `${inquiry.reference}.eml`;
      return { filename, mediaType: 'application/octet-stream', bytes };
    },
  }),
];
