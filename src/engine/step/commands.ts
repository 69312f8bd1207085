import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';

/** What can move an instance. Rows are named by id; the step finds where they stand. */
export type Command =
  | { kind: 'complete-task'; taskId: Id; variables: JsonObject }
  | { kind: 'fail-task'; taskId: Id; code: string; variables: JsonObject }
  | { kind: 'timer-due'; jobId: Id; round?: JsonObject }
  /** `isAsked`: somebody waits for the answer, and can be refused. */
  | { kind: 'message'; subscriptionId: Id; variables: JsonObject; isAsked?: boolean }
  | { kind: 'job-done'; jobId: Id; variables: JsonObject }
  | { kind: 'job-error'; jobId: Id; code: string; message: string; variables: JsonObject }
  | { kind: 'child-ended'; executionId: string; variables: JsonObject }
  | { kind: 'child-failed'; executionId: string; code: string; variables: JsonObject }
  | { kind: 'child-escalated'; executionId: string; code: string; variables: JsonObject }
  | { kind: 'set-variables'; variables: JsonObject }
  | { kind: 'resolve-incident'; incidentId: Id }
  | { kind: 'skip-incident'; incidentId: Id; reason: string; variables: JsonObject };
