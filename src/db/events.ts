import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Tx } from './tx.js';

/** What happened to a subject. Never edited and never deleted, so never with personal data. */
export interface NewEvent {
  id: Id;
  subjectType: string;
  subjectId: string;
  /** In dotted lower case, such as `inquiry.registered`. */
  kind: string;
  /** User id of staff, a machine's name, or the process that did it. */
  actor: string;
  at: Date;
  data?: JsonObject;
}

export type Event = Required<NewEvent>;

/** Appends one event in the caller's transaction, beside the change that it tells of. */
export async function appendEvent(tx: Tx, tenant: string, event: NewEvent): Promise<void> {
  const { id, subjectType, subjectId, kind, actor, at, data = {} } = event;
  await tx.query(
    `INSERT INTO event (tenant_id, id, subject_type, subject_id, kind, actor, at, data)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenant, id, subjectType, subjectId, kind, actor, at, data],
  );
}

/** The story of one subject, oldest first. */
export async function readEvents(
  tx: Tx,
  tenant: string,
  subject: { type: string; id: string },
): Promise<Event[]> {
  return tx.query<Event>(
    `SELECT id, subject_type AS "subjectType", subject_id AS "subjectId", kind, actor, at, data
     FROM event WHERE tenant_id = $1 AND subject_type = $2 AND subject_id = $3 ORDER BY at, id`,
    [tenant, subject.type, subject.id],
  );
}
