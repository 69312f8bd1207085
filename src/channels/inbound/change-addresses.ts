import { findService } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import type { Change } from '../../inquiries/lifecycle.js';
import { ConflictError, InvalidError, NotFoundError } from '../../kernel/errors.js';
import { normaliseEmail } from '../../people/contact.js';
import { findUnit } from '../../people/units.js';
import type { MailAddress } from './addresses.js';

/** An address as who administers it sees it. */
export interface ManagedAddress extends Omit<MailAddress, 'tenant'> {
  /** Null of one that came with the installation. */
  changedAt: Date | null;
  changedBy: string | null;
}

const COLUMNS = `address, unit_code AS unit, service_code AS service, changed_at AS "changedAt",
  changed_by AS "changedBy"`;

/** The addresses that mail to a municipality comes to now. */
export function readMailAddresses(tx: Tx, tenant: string): Promise<ManagedAddress[]> {
  return tx.query<ManagedAddress>(
    `SELECT ${COLUMNS} FROM mail_address WHERE tenant_id = $1 AND removed_at IS NULL
     ORDER BY address`,
    [tenant],
  );
}

/**
 * Gives the municipality an address, or says anew whose it is.
 * @throws InvalidError 'mail_address_invalid', ConflictError 'mail_address_taken' when another
 * municipality here has it
 */
export async function saveMailAddress(
  tx: Tx,
  { tenant, by, now }: Change,
  { address, unit, service }: Pick<MailAddress, 'address' | 'unit' | 'service'>,
): Promise<ManagedAddress> {
  const plain = await checked(tx, tenant, { address, unit, service });
  // Two municipalities that ask for one address at once take turns.
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [plain]);
  const taken = await tx.query(
    `SELECT 1 FROM mail_address WHERE address = $1 AND tenant_id <> $2 AND removed_at IS NULL`,
    [plain, tenant],
  );
  if (taken.length > 0) {
    throw new ConflictError('mail_address_taken', 'Somebody else takes mail on this address.');
  }
  await tx.query(
    `INSERT INTO mail_address (tenant_id, address, unit_code, service_code, changed_at, changed_by)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, address) DO UPDATE SET unit_code = excluded.unit_code,
       service_code = excluded.service_code, changed_at = excluded.changed_at,
       changed_by = excluded.changed_by, removed_at = NULL`,
    [tenant, plain, unit, service, now, by],
  );
  return { address: plain, unit, service, changedAt: now, changedBy: by };
}

/**
 * Takes an address away: mail to it is refused from now on.
 * @throws NotFoundError 'mail_address_not_found'
 */
export async function removeMailAddress(
  tx: Tx,
  { tenant, by, now }: Change,
  address: string,
): Promise<void> {
  const removed = await tx.query(
    `UPDATE mail_address SET removed_at = $3, changed_at = $3, changed_by = $4
     WHERE tenant_id = $1 AND address = $2 AND removed_at IS NULL RETURNING address`,
    [tenant, normaliseEmail(address) ?? '', now, by],
  );
  if (removed.length > 0) return;
  throw new NotFoundError('mail_address_not_found', 'Mail to this address is not taken here.');
}

async function checked(
  tx: Tx,
  tenant: string,
  { address, unit, service }: Pick<MailAddress, 'address' | 'unit' | 'service'>,
): Promise<string> {
  const plain = normaliseEmail(address);
  const details = [];
  if (plain === undefined) details.push({ path: 'address', reason: 'is not an e-mail address' });
  // What stands behind a plus is a case's number (RFC 5233), never part of an address of ours.
  if (address.includes('+')) details.push({ path: 'address', reason: 'must have no plus in it' });
  if (unit !== null && service !== null) {
    details.push({ path: 'service', reason: 'an address is a unit’s or a service’s' });
  }
  if (unit !== null && !(await findUnit(tx, tenant, unit))) {
    details.push({ path: 'unit', reason: 'is no unit of this municipality' });
  }
  if (service !== null && !(await findService(tx, tenant, service))) {
    details.push({ path: 'service', reason: 'is no service of this municipality' });
  }
  if (plain !== undefined && details.length === 0) return plain;
  throw new InvalidError('mail_address_invalid', 'Mail cannot be taken on this address.', {
    details,
  });
}
