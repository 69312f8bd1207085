import type { Tx } from '../../db/tx.js';
import { normaliseEmail } from '../../people/contact.js';

/** An address that mail to a municipality comes to. */
export interface MailAddress {
  tenant: string;
  address: string;
  /** Code of the unit or the service whose it is; null for the municipality's own. */
  unit: string | null;
  service: string | null;
}

/** Gives a municipality addresses to begin with: what people did with one of them since stays. */
export async function loadMailAddresses(
  tx: Tx,
  tenant: string,
  addresses: readonly { address: string; unit?: string | null; service?: string | null }[],
): Promise<void> {
  for (const { address, unit = null, service = null } of addresses) {
    const plain = normaliseEmail(address);
    if (plain === undefined) throw new TypeError('a mail address of ours is not one');
    await tx.query(
      `INSERT INTO mail_address (tenant_id, address, unit_code, service_code) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [tenant, plain, unit, service],
    );
  }
}

/**
 * Whose address this is, whatever stands behind a plus in it (RFC 5233): `post+26-k3f9-2xq7@…` is
 * `post@…`. A service that is offered no more is none: somebody sorts the mail. Undefined when it is
 * nobody's here.
 */
export async function findMailAddress(tx: Tx, typed: string): Promise<MailAddress | undefined> {
  const address = normaliseEmail(withoutPlusTag(typed));
  if (address === undefined) return undefined;
  const [found] = await tx.query<MailAddress>(
    `SELECT a.tenant_id AS tenant, a.address, a.unit_code AS unit, s.code AS service
     FROM mail_address a LEFT JOIN service s ON s.tenant_id = a.tenant_id
       AND s.code = a.service_code AND s.retired_at IS NULL
     WHERE a.address = $1 AND a.removed_at IS NULL`,
    [address],
  );
  return found;
}

/** The municipality's own address, where replies go; undefined when it takes no mail. */
export async function mainMailAddress(tx: Tx, tenant: string): Promise<string | undefined> {
  const [found] = await tx.query<{ address: string }>(
    `SELECT address FROM mail_address WHERE tenant_id = $1 AND unit_code IS NULL
       AND service_code IS NULL AND removed_at IS NULL ORDER BY address LIMIT 1`,
    [tenant],
  );
  return found?.address;
}

/** What stands behind the plus of an address, such as a case's reference. */
export function plusTag(address: string): string | undefined {
  return /\+([^@]*)@/.exec(address)?.[1];
}

/** The address that mail to it comes to, whatever stands behind a plus. */
export function withoutPlusTag(address: string): string {
  return address.replace(/\+[^@]*(?=@)/, '');
}

/** The address with the case's reference in it, so that a reply finds the case by itself. */
export function withPlusTag(address: string, reference: string): string {
  return address.replace('@', `+${reference.toLowerCase()}@`);
}
