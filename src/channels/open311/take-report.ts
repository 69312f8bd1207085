import { findForm } from '../../catalogue/forms.js';
import { findService } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import { storeOrRefuse } from '../../inquiries/attachments.js';
import { addPersonalAnswers } from '../../inquiries/content.js';
import { getInquiry } from '../../inquiries/inquiries.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import type { RegisterInquiry } from '../../inquiries/intake.js';
import type { Clock } from '../../kernel/clock.js';
import type { Id } from '../../kernel/ids.js';
import type { Open311Client } from './clients.js';
import { Open311Error } from './open311-error.js';
import type { Sent } from './report.js';
import { clientNumber, fieldOf, mediaUrls, toDraft } from './report.js';
import { isOffered } from './service-list.js';

interface TakeOptions {
  registerInquiry: RegisterInquiry;
  clock: Clock;
  newId: () => Id;
}

/** Who an Open311 client is among those who register inquiries. */
export function loginOf({ name }: Pick<Open311Client, 'name'>): string {
  return `open311:${name}`;
}

/**
 * Registers a report, once: a client that did not hear our answer sends it again under the same
 * number, and hears the first one's. Two that come at once take turns at the client's row.
 * @throws Open311Error
 */
export async function takeReport(
  tx: Tx,
  tenant: string,
  client: Open311Client,
  { fields, files }: Sent,
  options: TakeOptions,
): Promise<{ inquiry: Inquiry; isNew: boolean }> {
  const code = fieldOf(fields, 'service_code');
  if (code === undefined) throw new Open311Error(400, 'service_code was not provided');
  const number = clientNumber(fields) ?? null;
  const known = number !== null && (await findKnown(tx, tenant, client, number));
  if (known) return { inquiry: known, isNew: false };
  const service = await findService(tx, tenant, code);
  if (!service || !isOffered(service)) {
    throw new Open311Error(404, 'service_code provided was not found');
  }
  const form = service.form ? await findForm(tx, tenant, service.form) : undefined;
  const draft = toDraft(fields, code, form);
  const by = loginOf(client);
  const { inquiry } = await options.registerInquiry(tx, tenant, draft, by);
  const now = options.clock();
  const urls = mediaUrls(fields);
  if (urls.length > 0) {
    await addPersonalAnswers(tx, tenant, inquiry.id, {
      id: options.newId(),
      formId: 'open311',
      taskId: null,
      answers: { mediaUrls: urls },
      answeredBy: by,
      answeredAt: now,
    });
  }
  for (const { name, type, content } of files) {
    const file = { inquiryId: inquiry.id, filename: name, declaredType: type, bytes: content, by };
    // A picture that cannot be kept is noted with the case; the report itself must not be lost.
    await storeOrRefuse(tx, tenant, file, { newId: options.newId, now });
  }
  await tx.query(
    `INSERT INTO open311_request (tenant_id, inquiry_id, client_id, client_request_id, reported_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [tenant, inquiry.id, client.id, number, now],
  );
  return { inquiry, isNew: true };
}

async function findKnown(
  tx: Tx,
  tenant: string,
  { id }: Open311Client,
  number: string,
): Promise<Inquiry | undefined> {
  await tx.query('SELECT 1 FROM open311_client WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
    tenant,
    id,
  ]);
  const [row] = await tx.query<{ inquiryId: Id }>(
    `SELECT inquiry_id AS "inquiryId" FROM open311_request
     WHERE tenant_id = $1 AND client_id = $2 AND client_request_id = $3`,
    [tenant, id, number],
  );
  return row && getInquiry(tx, tenant, row.inquiryId);
}
