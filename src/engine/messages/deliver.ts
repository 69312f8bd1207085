import type { Tx } from '../../db/tx.js';
import type { DueJob } from '../../jobs/due-jobs.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { AdvanceContext } from '../advance.js';
import { startInstance } from '../start-instance.js';
import { handTo } from './correlate.js';

interface Message {
  name: string;
  correlation_key: string;
  variables: JsonObject;
  published_at: Date;
  expires_at: Date;
}

type Payload = { by: string; delivered: string[]; looks?: number };

/** How long after the first, second … look a message is looked at again, until it expires. */
const LOOK_AGAIN_MS = [1000, 5000, 30_000, 300_000];

/**
 * Delivers a published message to one receiver, and comes back for the next: at most one instance of
 * each process gets it, each in a transaction of its own. Subscribers wake it when they come later.
 */
export async function deliver(context: AdvanceContext, tx: Tx, job: DueJob): Promise<void> {
  // The row is locked before looking, so that a subscriber who comes meanwhile is either seen or waits.
  const [locked] = await tx.query<{ payload: Payload }>(
    'SELECT payload FROM job WHERE tenant_id = $1 AND id = $2 AND retries > 0 FOR UPDATE',
    [job.tenant, job.id],
  );
  const [message] = await tx.query<Message>(
    'SELECT * FROM message WHERE tenant_id = $1 AND id = $2',
    [job.tenant, job.id],
  );
  if (!locked || !message) return remove(tx, job);
  const { payload } = locked;
  const receiver = await findReceiver(tx, job.tenant, message, payload.delivered);
  if (receiver) {
    const taken = await hand(context, tx, job.tenant, message, receiver, payload.by);
    const delivered = taken ? [...payload.delivered, receiver.processId] : payload.delivered;
    return later(tx, job, { ...payload, delivered }, context.clock());
  }
  const now = context.clock();
  if (payload.delivered.length || message.expires_at <= now) return remove(tx, job);
  const looks = payload.looks ?? 0;
  const pause = LOOK_AGAIN_MS[looks];
  const at = pause === undefined ? message.expires_at : new Date(now.getTime() + pause);
  return later(
    tx,
    job,
    { ...payload, looks: looks + 1 },
    at < message.expires_at ? at : message.expires_at,
  );
}

interface Receiver {
  processId: string;
  subscriptionId: Id | null;
  definitionId: Id | null;
  startId: string | null;
}

async function findReceiver(
  tx: Tx,
  tenant: string,
  { name, correlation_key }: Message,
  delivered: readonly string[],
): Promise<Receiver | undefined> {
  const [receiver] = await tx.query<Receiver>(
    `(SELECT process_id AS "processId", id AS "subscriptionId", NULL::bigint AS "definitionId",
       NULL::text AS "startId"
       FROM message_subscription WHERE tenant_id = $1 AND kind = 'message' AND name = $2 AND correlation_key = $3
         AND process_id <> ALL($4) ORDER BY id LIMIT 1)
     UNION ALL
     (SELECT process_id, NULL, definition_id, element_id FROM start_subscription
       WHERE tenant_id = $1 AND kind = 'message' AND name = $2 AND process_id <> ALL($4) LIMIT 1)
     LIMIT 1`,
    [tenant, name, correlation_key, delivered],
  );
  return receiver;
}

async function hand(
  context: AdvanceContext,
  tx: Tx,
  tenant: string,
  { variables }: Message,
  { subscriptionId, definitionId, startId }: Receiver,
  by: string,
): Promise<boolean> {
  if (subscriptionId !== null) {
    const outcome = await handTo(context, tx, tenant, { subscriptionId, variables, by });
    return outcome !== undefined;
  }
  if (definitionId === null || startId === null) return false;
  await startInstance(context, tx, tenant, { definitionId, startId, variables, by });
  return true;
}

async function later(tx: Tx, job: DueJob, payload: Payload, at: Date): Promise<void> {
  await tx.query(
    'UPDATE job SET payload = $3, available_at = $4 WHERE tenant_id = $1 AND id = $2',
    [job.tenant, job.id, payload, at],
  );
}

async function remove(tx: Tx, { tenant, id }: DueJob): Promise<void> {
  await tx.query('DELETE FROM job WHERE tenant_id = $1 AND id = $2', [tenant, id]);
  await tx.query('DELETE FROM message WHERE tenant_id = $1 AND id = $2', [tenant, id]);
}
