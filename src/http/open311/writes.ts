import type { Request, Response } from 'express';
import type { Open311Client } from '../../channels/open311/clients.js';
import { findClientByKey } from '../../channels/open311/clients.js';
import { Open311Error } from '../../channels/open311/open311-error.js';
import type { Sent } from '../../channels/open311/report.js';
import { fieldOf } from '../../channels/open311/report.js';
import { takeReport } from '../../channels/open311/take-report.js';
import { takeUpdate } from '../../channels/open311/take-update.js';
import type { WireList } from '../../channels/open311/wire.js';
import type { Tx } from '../../db/tx.js';
import { MAX_FILE_BYTES } from '../../inquiries/attachments.js';
import { readUrlEncoded } from '../body.js';
import { keepingFaults } from '../keeping-faults.js';
import { readMultipart } from '../multipart.js';
import { tenantOf } from './jurisdiction.js';
import { queryText } from './request-query.js';
import type { Open311Runtime } from './runtime.js';

type Written = { root: string; value: WireList; status: number };

/** POST requests: a report becomes an inquiry. */
export async function postReport(
  runtime: Open311Runtime,
  request: Request,
  response: Response,
): Promise<Written> {
  const { services } = runtime;
  const sent = await readSent(request, response);
  const { inquiry } = await writing(runtime, request, sent, (tx, tenant, client) =>
    takeReport(tx, tenant, client, sent, services),
  );
  const item = { service_request_id: inquiry.reference, service_notice: null, account_id: null };
  return { root: 'service_requests', value: { item: 'request', items: [item] }, status: 201 };
}

/** POST servicerequestupdates: what somebody says on a report. */
export async function postUpdate(
  runtime: Open311Runtime,
  request: Request,
  response: Response,
): Promise<Written> {
  const sent = await readSent(request, response);
  const { updateId } = await writing(runtime, request, sent, (tx, tenant, client) =>
    takeUpdate(tx, tenant, client, sent.fields, runtime.services.dialogue),
  );
  const value = { item: 'request_update', items: [{ update_id: updateId }] };
  return { root: 'service_request_updates', value, status: 201 };
}

async function writing<T>(
  runtime: Open311Runtime,
  request: Request,
  { fields }: Sent,
  work: (tx: Tx, tenant: string, client: Open311Client) => Promise<T>,
): Promise<T> {
  const { db, wake } = runtime;
  const named = (name: string) => fieldOf(fields, name) ?? queryText(request, name);
  const tenant = await tenantOf(db, named('jurisdiction_id'));
  const key = named('api_key');
  const result = await keepingFaults(runtime, () =>
    db.inTransaction(async (tx) => {
      const client = key === undefined ? undefined : await findClientByKey(tx, tenant, key);
      if (!client) throw new Open311Error(403, 'Missing or Invalid API Key');
      return work(tx, tenant, client);
    }),
  );
  wake();
  return result;
}

async function readSent(request: Request, response: Response): Promise<Sent> {
  if (request.is('multipart/form-data')) {
    const { entries, files } = await readMultipart(request, MAX_FILE_BYTES);
    return { fields: entries, files };
  }
  return { fields: await readUrlEncoded(request, response), files: [] };
}
