import type { Tx } from '../db/tx.js';
import { NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Channel, Outcome, Status } from './inquiry.js';
import { readReference } from './reference.js';

/** The facts of an inquiry: nothing in them says who it is from or what was said. */
export interface Inquiry {
  id: Id;
  reference: string;
  service: string;
  /** Code of the unit that has it; null until it is routed. */
  unit: string | null;
  channel: Channel;
  district: string | null;
  gridCell: string | null;
  ownWords: boolean;
  identified: boolean;
  status: Status;
  /** 0 to 100; 50 is ordinary. */
  priority: number;
  receivedAt: Date;
  registeredAt: Date;
  registeredBy: string;
  expectedBy: Date;
  statutoryBy: Date | null;
  /** What an interim reply or a delay notice promised last. */
  promisedBy: Date | null;
  /** Since when its clock has stood still. */
  pausedAt: Date | null;
  /** When its status changed last. */
  changedAt: Date;
  routing: JsonObject | null;
  /** Person-free answers to its forms, by key. */
  answers: JsonObject;
  instanceId: Id | null;
  duplicateOf: Id | null;
  closedAt: Date | null;
  outcome: Outcome | null;
  archivedAt: Date | null;
  archiveReference: string | null;
  deidentifiedAt: Date | null;
}

const COLUMN_OF: Readonly<Record<keyof Inquiry, string>> = {
  id: 'id',
  reference: 'reference',
  service: 'service_code',
  unit: 'unit_code',
  channel: 'channel',
  district: 'district',
  gridCell: 'grid_cell',
  ownWords: 'own_words',
  identified: 'identified',
  status: 'status',
  priority: 'priority',
  receivedAt: 'received_at',
  registeredAt: 'registered_at',
  registeredBy: 'registered_by',
  expectedBy: 'expected_by',
  statutoryBy: 'statutory_by',
  promisedBy: 'promised_by',
  pausedAt: 'paused_at',
  changedAt: 'changed_at',
  routing: 'routing',
  answers: 'answers',
  instanceId: 'instance_id',
  duplicateOf: 'duplicate_of',
  closedAt: 'closed_at',
  outcome: 'outcome',
  archivedAt: 'archived_at',
  archiveReference: 'archive_reference',
  deidentifiedAt: 'deidentified_at',
};

const FIELDS = Object.keys(COLUMN_OF) as (keyof Inquiry)[];

/** What a SELECT FROM inquiry lists to give rows of type `Inquiry`. */
export const INQUIRY_COLUMNS = columnsFrom('');

/** The same where the table is joined to others under the name `i`. */
export const INQUIRY_COLUMNS_OF_I = columnsFrom('i.');

function columnsFrom(table: string): string {
  return FIELDS.map((field) => `${table}${COLUMN_OF[field]} AS "${field}"`).join(', ');
}

/** Writes a new inquiry. False when its reference is taken; nothing has been written then. */
export async function insertInquiry(tx: Tx, tenant: string, inquiry: Inquiry): Promise<boolean> {
  const places = FIELDS.map((_, at) => `$${at + 2}`).join(', ');
  const columns = FIELDS.map((field) => COLUMN_OF[field]).join(', ');
  const inserted = await tx.query(
    `INSERT INTO inquiry (tenant_id, ${columns}) VALUES ($1, ${places})
     ON CONFLICT (tenant_id, reference) DO NOTHING RETURNING id`,
    [tenant, ...FIELDS.map((field) => inquiry[field])],
  );
  return inserted.length === 1;
}

/** The inquiry of that id, locked until the transaction ends. @throws NotFoundError */
export async function lockInquiry(tx: Tx, tenant: string, id: Id): Promise<Inquiry> {
  const [inquiry] = await tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS} FROM inquiry WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    [tenant, id],
  );
  return inquiry ?? notFound();
}

/** @throws NotFoundError 'inquiry_not_found' */
export async function getInquiry(tx: Tx, tenant: string, id: Id): Promise<Inquiry> {
  const [inquiry] = await tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS} FROM inquiry WHERE tenant_id = $1 AND id = $2`,
    [tenant, id],
  );
  return inquiry ?? notFound();
}

/**
 * The inquiry of that reference, however it was typed.
 * @throws NotFoundError 'inquiry_not_found'
 */
export async function getInquiryByReference(
  tx: Tx,
  tenant: string,
  typed: string,
): Promise<Inquiry> {
  const reference = readReference(typed);
  if (reference === undefined) return notFound();
  const [inquiry] = await tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS} FROM inquiry WHERE tenant_id = $1 AND reference = $2`,
    [tenant, reference],
  );
  return inquiry ?? notFound();
}

/** Changes some of an inquiry's facts. Lock it first, and let `transition` allow a new status. */
export async function updateInquiry(
  tx: Tx,
  tenant: string,
  id: Id,
  change: Partial<Omit<Inquiry, 'id' | 'reference'>>,
): Promise<void> {
  const fields = FIELDS.filter((field) => field in change);
  if (fields.length === 0) return;
  const assignments = fields.map((field, at) => `${COLUMN_OF[field]} = $${at + 3}`).join(', ');
  const values = fields.map((field) => (change as Partial<Inquiry>)[field]);
  await tx.query(`UPDATE inquiry SET ${assignments} WHERE tenant_id = $1 AND id = $2`, [
    tenant,
    id,
    ...values,
  ]);
}

function notFound(): never {
  throw new NotFoundError('inquiry_not_found', 'There is no inquiry with this reference.');
}
