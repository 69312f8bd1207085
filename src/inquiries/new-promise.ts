import { addDuration, parseDuration } from '../calendar/duration.js';
import { addWorkingDays } from '../calendar/working-days.js';
import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import { getInquiry } from './inquiries.js';

/** Where a service promises nothing, as for a new case: forvaltningsloven § 11 a third paragraph. */
const WITHOUT_PROMISE = 'P1M';

/** When a case that is taken up again is to be answered: its service's promise, counted from now. */
export async function promiseFromNow(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  now: Date,
): Promise<Date> {
  const inquiry = await getInquiry(tx, tenant, inquiryId);
  const service = await findService(tx, tenant, inquiry.service);
  if (service?.guarantee) return addWorkingDays(now, service.guarantee.workingDays);
  return addDuration(now, parseDuration(WITHOUT_PROMISE));
}
