import { z } from 'zod';
import {
  MAX_FILE_BYTES,
  getAttachment,
  readAttachments,
  storeAttachment,
} from '../../inquiries/attachments.js';
import { InvalidError } from '../../kernel/errors.js';
import type { MultipartForm } from '../multipart.js';
import { defineRoute, download } from '../route.js';
import { demandContent } from './inquiry-detail.js';
import { dateTime, id } from './parameters.js';
import { inquiryOf } from './readable-inquiry.js';

const reference = z.string().max(60);

const attachment = z
  .object({
    id: z.string(),
    filename: z.string(),
    mediaType: z.string().nullable().meta({ description: 'By its bytes; null when refused.' }),
    size: z.int().meta({ description: 'In bytes.' }),
    hash: z.string().nullable().meta({ description: 'SHA-256; null when refused.' }),
    refusal: z
      .enum(['empty', 'too_large', 'type_not_allowed', 'case_full'])
      .nullable()
      .meta({ description: 'Why a file that came by mail was not taken.' }),
    addedAt: dateTime,
    addedBy: z.string(),
  })
  .meta({ id: 'Attachment' });

const form = z.custom<MultipartForm>(
  (value) => typeof value === 'object' && value !== null && 'files' in value,
);

/** The files of an inquiry. */
export const attachmentRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/inquiries/{reference}/attachments',
    name: 'listAttachments',
    permission: 'inquiries.read',
    summary: 'The files of an inquiry',
    tags: ['messages'],
    params: z.strictObject({ reference }),
    returns: z.object({ items: z.array(attachment) }),
    failures: ['not_found'],
    example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' } },
    async run(request) {
      const { tx, principal } = request;
      const inquiry = await inquiryOf(request, request.params.reference);
      await demandContent(request, inquiry);
      const items = await readAttachments(tx, principal.tenant, inquiry.id);
      return { items: items.map((one) => ({ ...one, addedAt: one.addedAt.toISOString() })) };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/inquiries/{reference}/attachments',
    name: 'addAttachment',
    permission: 'inquiries.read',
    summary: 'Add a file to an inquiry',
    description:
      'One file of at most 15 MB: a picture, a film, a sound or a document. What it is counts by ' +
      'its bytes; programs and archives are refused.',
    tags: ['messages'],
    params: z.strictObject({ reference }),
    consumes: 'multipart/form-data',
    fileLimit: MAX_FILE_BYTES,
    body: form,
    returns: attachment,
    status: 201,
    failures: ['not_found'],
    example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' }, body: { files: [] } },
    async run(request) {
      const { tx, principal, body, services, now } = request;
      const inquiry = await inquiryOf(request, request.params.reference);
      const [file] = body.files;
      if (!file) throw new InvalidError('attachment_missing', 'The form has no file.');
      const { name: filename, type: declaredType, content: bytes } = file;
      const by = principal.username;
      const given = { inquiryId: inquiry.id, filename, declaredType, bytes, by };
      const options = { newId: services.newId, now };
      const stored = await storeAttachment(tx, principal.tenant, given, options);
      return { ...stored, addedAt: stored.addedAt.toISOString() };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/inquiries/{reference}/attachments/{id}',
    name: 'downloadAttachment',
    permission: 'inquiries.read',
    summary: 'A file of an inquiry, to be saved',
    tags: ['messages'],
    params: z.strictObject({ reference, id }),
    returns: download,
    produces: 'application/octet-stream',
    failures: ['not_found'],
    example: { as: 'agent', params: { reference: '26-K3F9-2XQ7', id: '912726453915746304' } },
    async run(request) {
      const { tx, principal, params } = request;
      const inquiry = await inquiryOf(request, params.reference);
      await demandContent(request, inquiry);
      return getAttachment(tx, principal.tenant, { inquiryId: inquiry.id, id: params.id });
    },
  }),
];
