import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

/** What intake needs of the engine: to begin a process, at the message it begins with if it has one. */
export interface StartPort {
  start(
    tx: Tx,
    tenant: string,
    start: { processId: string; variables: JsonObject; by: string; instanceId: Id },
  ): Promise<unknown>;
}
