import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Changes } from './changes.js';
import type { NewRow } from './unsaved-row.js';

/** Everything a step writes. */
export interface SavedStep {
  tenant: string;
  instanceId: Id;
  definitionId: Id;
  processId: string;
  rootId: Id;
  status: 'active' | 'completed' | 'canceled';
  /** What the row is made of when this is the first there is of it. */
  made: NewRow | undefined;
  /** The revision and stamp found, which the row must still carry. */
  stamp: Id;
  nextRevision: number;
  nextStamp: Id;
  variables: JsonObject;
  state: Buffer | null;
  now: Date;
  actor: string;
  command: JsonObject;
  changes: Changes;
}
