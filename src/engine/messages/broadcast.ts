import type { Tx } from '../../db/tx.js';
import type { DueJob } from '../../jobs/due-jobs.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { AdvanceContext } from '../advance.js';
import { insertJob } from '../insert-job.js';
import { startInstance } from '../start-instance.js';
import { command } from '../step/changes.js';

export interface SignalToBroadcast {
  name: string;
  variables: JsonObject;
  by: string;
}

/** Leaves a signal from outside to be broadcast; the id of the command is its key. */
export async function broadcastSignal(
  { ports, clock }: AdvanceContext,
  tx: Tx,
  tenant: string,
  { name, variables, by }: SignalToBroadcast,
): Promise<Id> {
  const id = ports.newId();
  await insertJob(tx, tenant, command(id, null, 'broadcast', { name, variables, by }, clock()));
  return id;
}

type Payload = {
  name: string;
  by: string;
  variables: JsonObject;
  chain?: number;
  started?: string[];
};

/**
 * Tells everybody who waits for a signal now. Processes that begin with it are started one after the
 * other, each in a transaction of its own.
 */
export async function broadcast(context: AdvanceContext, tx: Tx, job: DueJob): Promise<void> {
  const { tenant, id } = job;
  const [locked] = await tx.query<{ payload: Payload }>(
    'SELECT payload FROM job WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
    [tenant, id],
  );
  if (!locked) return;
  const { payload } = locked;
  const started = payload.started ?? (await tellWaiting(context, tx, tenant, payload));
  const [begins] = await tx.query<{ definitionId: Id; startId: string; processId: string }>(
    `SELECT definition_id AS "definitionId", element_id AS "startId", process_id AS "processId"
     FROM start_subscription WHERE tenant_id = $1 AND kind = 'signal' AND name = $2
       AND process_id <> ALL($3) ORDER BY process_id LIMIT 1`,
    [tenant, payload.name, started],
  );
  if (!begins) {
    await tx.query('DELETE FROM job WHERE tenant_id = $1 AND id = $2', [tenant, id]);
    return;
  }
  const { definitionId, startId, processId } = begins;
  const { variables, by, chain = 0 } = payload;
  await startInstance(context, tx, tenant, { definitionId, startId, variables, by, chain });
  await tx.query('UPDATE job SET payload = $3 WHERE tenant_id = $1 AND id = $2', [
    tenant,
    id,
    { ...payload, started: [...started, processId] },
  ]);
}

async function tellWaiting(
  { ports, clock }: AdvanceContext,
  tx: Tx,
  tenant: string,
  { name, variables, chain = 0 }: Payload,
): Promise<string[]> {
  const waiting = await tx.query<{ subscriptionId: Id; instanceId: Id }>(
    `SELECT id AS "subscriptionId", instance_id AS "instanceId" FROM message_subscription
     WHERE tenant_id = $1 AND kind = 'signal' AND name = $2 ORDER BY id`,
    [tenant, name],
  );
  for (const { subscriptionId, instanceId } of waiting) {
    const payload = { subscriptionId, variables, chain };
    await insertJob(tx, tenant, command(ports.newId(), instanceId, 'signal', payload, clock()));
  }
  return [];
}
