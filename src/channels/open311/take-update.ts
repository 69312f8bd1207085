import { parseDateTime } from '../../calendar/date-time.js';
import type { Tx } from '../../db/tx.js';
import type { DialoguePorts } from '../../inquiries/dialogue-ports.js';
import { receiveMessage } from '../../inquiries/dialogue.js';
import { getInquiryByReference } from '../../inquiries/inquiries.js';
import { InvalidError, NotFoundError } from '../../kernel/errors.js';
import type { Open311Client } from './clients.js';
import { Open311Error } from './open311-error.js';
import type { SentFields } from './report.js';
import { fieldOf, mediaUrls } from './report.js';
import { loginOf } from './take-report.js';

/** What reporters' words for a status say to whoever reads the message. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  FIXED: 'Melderen sier at det er i orden.',
  CLOSED: 'Melderen regner meldingen som avsluttet.',
  REOPEN: 'Melderen ber om at saken åpnes igjen.',
  CANCELLED: 'Melderen trekker meldingen.',
};

/**
 * Takes what somebody says on a report (the update extension, POST servicerequestupdates) as a
 * message on its case, once. Resolves to our number of it.
 * @throws Open311Error
 */
export async function takeUpdate(
  tx: Tx,
  tenant: string,
  client: Open311Client,
  fields: SentFields,
  ports: DialoguePorts,
): Promise<{ updateId: string }> {
  const reference = fieldOf(fields, 'service_request_id', 'customer_reference');
  if (reference === undefined) throw new Open311Error(400, 'service_request_id was not provided');
  const number = fieldOf(fields, 'update_id');
  if (number === undefined) throw new Open311Error(400, 'update_id was not provided');
  const status = fieldOf(fields, 'status')?.toUpperCase() ?? '';
  const said = [
    fieldOf(fields, 'description') ?? '',
    STATUS_WORDS[status] ?? '',
    ...mediaUrls(fields),
  ].filter((line) => line !== '');
  if (said.length === 0) throw new Open311Error(400, 'description was not provided');
  const inquiry = await findReported(tx, tenant, client, reference);
  const key = `${loginOf(client)}:${number.slice(0, 100)}`;
  await receiveMessage(
    tx,
    tenant,
    {
      inquiryId: inquiry.id,
      channel: 'form',
      subject: null,
      body: said.join('\n\n'),
      receivedAt: timeOf(fields) ?? ports.clock(),
      idempotencyKey: key,
      by: loginOf(client),
    },
    ports,
  );
  return { updateId: number };
}

/** Only what the client has reported itself is open to it. */
async function findReported(tx: Tx, tenant: string, { id }: Open311Client, reference: string) {
  try {
    const inquiry = await getInquiryByReference(tx, tenant, reference);
    const [own] = await tx.query(
      `SELECT 1 FROM open311_request WHERE tenant_id = $1 AND inquiry_id = $2 AND client_id = $3`,
      [tenant, inquiry.id, id],
    );
    if (own) return inquiry;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  throw new Open311Error(404, 'service_request_id provided was not found');
}

function timeOf(fields: SentFields): Date | undefined {
  try {
    const text = fieldOf(fields, 'updated_datetime');
    return text === undefined ? undefined : parseDateTime(text);
  } catch (error) {
    if (error instanceof InvalidError) return undefined;
    throw error;
  }
}
