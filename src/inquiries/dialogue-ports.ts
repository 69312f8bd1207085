import type { Tx } from '../db/tx.js';
import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

/** What the dialogue needs from above; `compose` passes it in. */
export interface DialoguePorts {
  clock: Clock;
  newId: () => Id;
  /** The engine's `publish`: the message reaches the process in a transaction of its own. */
  publish: (
    tx: Tx,
    tenant: string,
    message: {
      name: string;
      correlationKey: string;
      timeToLiveMs: number;
      variables: JsonObject;
      by: string;
    },
  ) => Promise<unknown>;
}
