import { z } from 'zod';
import type { Tx } from '../db/tx.js';
import type { InvalidReason } from '../kernel/errors.js';
import { InvalidError } from '../kernel/errors.js';
import { normaliseEmail } from './contact.js';

const email = z
  .string()
  .refine((text) => normaliseEmail(text) !== undefined, 'is not an e-mail address');

const unitSchema = z.strictObject({
  code: z.string().regex(/^[A-ZÆØÅ0-9_-]{2,20}$/, 'must be 2 to 20 capital letters or digits'),
  names: z.strictObject({ nb: z.string().min(1), nn: z.string().min(1), en: z.string().min(1) }),
  parent: z.string().nullable().default(null),
  /** Where the unit reads its mail: an address of the unit, nobody's own. */
  email: email.nullable().default(null),
  managerEmail: email.nullable().default(null),
});

/** A part of the municipality (norsk: virksomhet) that inquiries are routed to. */
export type Unit = z.infer<typeof unitSchema>;
export type UnitDraft = z.input<typeof unitSchema>;

/**
 * Writes the organisation: units that are known are changed, others added, none removed, since old
 * inquiries name them. Every wrong unit is reported at once.
 * @throws InvalidError 'units_invalid'
 */
export async function loadUnits(
  tx: Tx,
  tenant: string,
  drafts: readonly UnitDraft[],
): Promise<Unit[]> {
  const units = checkUnits(drafts);
  for (const { code, names, parent, email: address, managerEmail } of units) {
    await tx.query(
      `INSERT INTO unit (tenant_id, code, names, parent_code, email, manager_email)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, code) DO UPDATE SET names = excluded.names,
         parent_code = excluded.parent_code, email = excluded.email,
         manager_email = excluded.manager_email`,
      [tenant, code, names, parent, address, managerEmail],
    );
  }
  return units;
}

/** Every unit, by code. */
export async function readUnits(tx: Tx, tenant: string): Promise<Unit[]> {
  return tx.query<Unit>(`${SELECT} WHERE tenant_id = $1 ORDER BY code`, [tenant]);
}

export async function findUnit(tx: Tx, tenant: string, code: string): Promise<Unit | undefined> {
  const [unit] = await tx.query<Unit>(`${SELECT} WHERE tenant_id = $1 AND code = $2`, [
    tenant,
    code,
  ]);
  return unit;
}

const SELECT = `SELECT code, names, parent_code AS parent, email, manager_email AS "managerEmail"
  FROM unit`;

function checkUnits(drafts: readonly UnitDraft[]): Unit[] {
  const parsed = z.array(unitSchema).safeParse(drafts);
  const reasons: InvalidReason[] = (parsed.error?.issues ?? []).map((issue) => ({
    path: issue.path.join('.'),
    reason: issue.message,
  }));
  const codes = drafts.map(({ code }) => code);
  for (const [at, { code, parent }] of drafts.entries()) {
    if (codes.indexOf(code) !== at)
      reasons.push({ path: `${at}.code`, reason: `${code} is twice` });
    if (parent && (parent === code || !codes.includes(parent))) {
      reasons.push({ path: `${at}.parent`, reason: `there is no other unit ${parent}` });
    }
  }
  if (!parsed.success || reasons.length > 0) {
    throw new InvalidError('units_invalid', 'The units are not as they should be.', {
      details: reasons,
    });
  }
  return parsed.data;
}
