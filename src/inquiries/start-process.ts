import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

interface Start {
  variables: JsonObject;
  by: string;
  instanceId: Id;
}

/** What intake needs of the engine. */
export interface StartPort {
  start(tx: Tx, tenant: string, start: Start & { processId: string }): Promise<unknown>;
  startByMessage(tx: Tx, tenant: string, start: Start & { name: string }): Promise<unknown>;
}

/** Starts a process by its id: with the message it begins with, when it begins with one. */
export async function startProcess(
  tx: Tx,
  tenant: string,
  engine: StartPort,
  { processId, ...start }: Start & { processId: string },
): Promise<void> {
  const [subscription] = await tx.query<{ name: string }>(
    `SELECT name FROM start_subscription
     WHERE tenant_id = $1 AND process_id = $2 AND kind = 'message'`,
    [tenant, processId],
  );
  if (subscription) await engine.startByMessage(tx, tenant, { ...start, name: subscription.name });
  else await engine.start(tx, tenant, { ...start, processId });
}
