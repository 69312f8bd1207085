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

/** A unit with its time; null is without beginning, or without an end. */
export interface DatedUnit extends Unit {
  validFrom: Date | null;
  /** First instant at which it is no more. */
  validTo: Date | null;
}

/**
 * Writes the organisation: units that are known are changed, others added, none removed, since old
 * inquiries name them. A parent is one of them, or one of `known`. Every wrong unit is reported at
 * once.
 * @throws InvalidError 'units_invalid'
 */
export async function loadUnits(
  tx: Tx,
  tenant: string,
  drafts: readonly UnitDraft[],
  known: readonly string[] = [],
): Promise<Unit[]> {
  const units = checkUnits(drafts, known);
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

/** Every unit there has been, by code; or those that are valid at an instant. */
export async function readUnits(tx: Tx, tenant: string, at?: Date): Promise<DatedUnit[]> {
  return tx.query<DatedUnit>(`${SELECT} WHERE tenant_id = $1 AND ${VALID} ORDER BY code`, [
    tenant,
    at ?? null,
  ]);
}

/** The unit of that code, ended ones too; or only if it is valid at an instant. */
export async function findUnit(
  tx: Tx,
  tenant: string,
  code: string,
  at?: Date,
): Promise<DatedUnit | undefined> {
  const [unit] = await tx.query<DatedUnit>(
    `${SELECT} WHERE tenant_id = $1 AND ${VALID} AND code = $3`,
    [tenant, at ?? null, code],
  );
  return unit;
}

const SELECT = `SELECT code, names, parent_code AS parent, email, manager_email AS "managerEmail",
  valid_from AS "validFrom", valid_to AS "validTo" FROM unit`;

const VALID = `($2::timestamptz IS NULL OR ((valid_from IS NULL OR valid_from <= $2)
  AND (valid_to IS NULL OR $2 < valid_to)))`;

function checkUnits(drafts: readonly UnitDraft[], known: readonly string[]): Unit[] {
  const parsed = z.array(unitSchema).safeParse(drafts);
  const reasons: InvalidReason[] = (parsed.error?.issues ?? []).map((issue) => ({
    path: issue.path.join('.'),
    reason: issue.message,
  }));
  const codes = drafts.map(({ code }) => code);
  for (const [at, { code, parent }] of drafts.entries()) {
    if (codes.indexOf(code) !== at)
      reasons.push({ path: `${at}.code`, reason: `${code} is twice` });
    if (parent && (parent === code || ![...codes, ...known].includes(parent))) {
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
