import type { Subject } from '../access/policy.js';
import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import type { Inquiry } from './inquiries.js';

/**
 * What the access rules ask of what was said in a case. Health data and what is confidential, data
 * class P4, are for the unit that has the case only (forvaltningsloven § 13, personvernforordningen
 * art. 9); the others see its status.
 */
export async function contentSubject(
  tx: Tx,
  tenant: string,
  { service: code, unit, registeredBy }: Inquiry,
): Promise<Subject> {
  const service = await findService(tx, tenant, code);
  return {
    unit: unit ?? service?.unit ?? null,
    registeredBy,
    restricted: service?.dataClass === 'P4',
  };
}
