import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';

/** That somebody looked a person up, and what for; not who was looked up. */
interface LookUp {
  id: Id;
  register: string;
  purpose: string;
  /** The case that it was for. */
  inquiryId: Id;
  by: string;
  at: Date;
}

/** GDPR art. 5 (2) and 32: who looked for what purpose can be shown afterwards. */
export async function recordLookUp(tx: Tx, tenant: string, lookUp: LookUp): Promise<void> {
  await tx.query(
    `INSERT INTO register_look_up (tenant_id, id, register, purpose, inquiry_id, by_login, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tenant, lookUp.id, lookUp.register, lookUp.purpose, lookUp.inquiryId, lookUp.by, lookUp.at],
  );
}

/** Every look-up of the case's person, oldest first. */
export async function readLookUps(tx: Tx, tenant: string, inquiryId: Id): Promise<LookUp[]> {
  return tx.query<LookUp>(
    `SELECT id, register, purpose, inquiry_id AS "inquiryId", by_login AS by, at
     FROM register_look_up WHERE tenant_id = $1 AND inquiry_id = $2 ORDER BY id`,
    [tenant, inquiryId],
  );
}
