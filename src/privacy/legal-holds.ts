import type { Tx } from '../db/tx.js';
import { getInquiryByReference } from '../inquiries/inquiries.js';
import type { Change } from '../inquiries/lifecycle.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import { ConflictError, InvalidError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';

/** Why a case must be kept as it is although its time is out. */
export const HOLD_REASONS = ['complaint', 'lawsuit', 'audit', 'accessRequest'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** A stop for the de-identification of one case: why, by whom, until when. */
export interface LegalHold {
  id: Id;
  reference: string;
  reason: HoldReason;
  placedBy: string;
  placedAt: Date;
  until: Date;
  liftedBy: string | null;
  liftedAt: Date | null;
}

const COLUMNS = `h.id, i.reference, h.reason, h.placed_by AS "placedBy", h.placed_at AS "placedAt",
  h.until, h.lifted_by AS "liftedBy", h.lifted_at AS "liftedAt"`;

/**
 * Keeps a case from being de-identified before `until`.
 * @throws NotFoundError, InvalidError 'hold_in_past', ConflictError 'inquiry_deidentified'
 */
export async function placeHold(
  tx: Tx,
  change: Change,
  asked: { reference: string; reason: HoldReason; until: Date },
): Promise<LegalHold> {
  const { tenant, by, now, newId } = change;
  const { id: inquiryId, deidentifiedAt } = await getInquiryByReference(
    tx,
    tenant,
    asked.reference,
  );
  if (deidentifiedAt) {
    throw new ConflictError('inquiry_deidentified', 'There is nothing left of it to keep.');
  }
  if (asked.until <= now) {
    throw new InvalidError('hold_in_past', 'A hold must end in the future.', {
      details: [{ path: 'until', reason: 'must be in the future' }],
    });
  }
  const id = newId();
  await tx.query(
    `INSERT INTO legal_hold (tenant_id, id, inquiry_id, reason, placed_by, placed_at, until)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tenant, id, inquiryId, asked.reason, by, now, asked.until],
  );
  const until = asked.until.toISOString();
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.held', { reason: asked.reason, until });
  return readHold(tx, tenant, id);
}

/** @throws NotFoundError 'hold_not_found', ConflictError 'hold_lifted' */
export async function liftHold(tx: Tx, change: Change, id: Id): Promise<LegalHold> {
  const { tenant, by, now } = change;
  const hold = await readHold(tx, tenant, id);
  if (hold.liftedAt) throw new ConflictError('hold_lifted', 'The hold is lifted already.');
  const [lifted] = await tx.query<{ inquiryId: Id }>(
    `UPDATE legal_hold SET lifted_by = $3, lifted_at = $4
     WHERE tenant_id = $1 AND id = $2 AND lifted_at IS NULL RETURNING inquiry_id AS "inquiryId"`,
    [tenant, id, by, now],
  );
  if (lifted) await appendInquiryEvent(tx, change, lifted.inquiryId, 'inquiry.released');
  return readHold(tx, tenant, id);
}

/** Every hold that still counts, the one that ends first first. */
export async function readHolds(tx: Tx, tenant: string, now: Date): Promise<LegalHold[]> {
  return tx.query<LegalHold>(
    `SELECT ${COLUMNS} FROM legal_hold h
     JOIN inquiry i ON i.tenant_id = h.tenant_id AND i.id = h.inquiry_id
     WHERE h.tenant_id = $1 AND h.lifted_at IS NULL AND h.until > $2 ORDER BY h.until, h.id`,
    [tenant, now],
  );
}

export async function isOnHold(tx: Tx, tenant: string, inquiryId: Id, now: Date): Promise<boolean> {
  const held = await tx.query(
    `SELECT 1 FROM legal_hold
     WHERE tenant_id = $1 AND inquiry_id = $2 AND lifted_at IS NULL AND until > $3 LIMIT 1`,
    [tenant, inquiryId, now],
  );
  return held.length > 0;
}

async function readHold(tx: Tx, tenant: string, id: Id): Promise<LegalHold> {
  const [hold] = await tx.query<LegalHold>(
    `SELECT ${COLUMNS} FROM legal_hold h
     JOIN inquiry i ON i.tenant_id = h.tenant_id AND i.id = h.inquiry_id
     WHERE h.tenant_id = $1 AND h.id = $2`,
    [tenant, id],
  );
  if (!hold) throw new NotFoundError('hold_not_found', 'There is no hold with this id.');
  return hold;
}
