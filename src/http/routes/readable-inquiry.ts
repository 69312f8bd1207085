import { can } from '../../access/policy.js';
import type { Principal } from '../../access/principal.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import { getInquiryByReference } from '../../inquiries/inquiries.js';
import { NotFoundError } from '../../kernel/errors.js';
import type { RouteRequest } from '../route.js';

/** The inquiry of that reference, when the asker may read it. @throws NotFoundError */
export async function inquiryOf(
  { tx, principal }: Pick<RouteRequest, 'tx' | 'principal'>,
  typed: string,
): Promise<Inquiry> {
  const inquiry = await getInquiryByReference(tx, principal.tenant, typed);
  if (can(principal, 'inquiries.read', inquiry)) return inquiry;
  throw new NotFoundError('inquiry_not_found', 'There is no inquiry with this reference.');
}

/** What the policy says of one inquiry, as a filter for many; nothing for who may see all. */
export function visibleTo(
  principal: Principal,
): { units: readonly string[]; registeredBy: string } | undefined {
  if (can(principal, 'inquiries.read', {})) return undefined;
  return { units: principal.units, registeredBy: principal.username };
}
