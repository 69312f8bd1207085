import { parseDateTime } from '../calendar/date-time.js';
import { addDuration, parseDuration } from '../calendar/duration.js';
import { endOfDay, toLocal } from '../calendar/oslo-time.js';
import { addWorkingDays } from '../calendar/working-days.js';
import type { ServicePackage } from '../catalogue/package.js';

/** When an inquiry should be answered: what was promised, and what the law says. */
export interface Deadlines {
  expectedBy: Date;
  statutoryBy: Date | null;
}

/**
 * Nobody waits longer than this without a word, even where a service promises nothing: the month of
 * forvaltningsloven § 11 a third paragraph, which the Ombud asks for as good practice elsewhere too.
 */
const WITHOUT_PROMISE = 'P1M';

/**
 * Both deadlines, counted from the day the inquiry came in. A case may bring its own promise, which
 * then counts instead of the service's.
 */
export function deadlinesOf(
  service: Pick<ServicePackage, 'guarantee' | 'statutory'>,
  receivedAt: Date,
  own?: string,
): Deadlines {
  const statutoryBy = statutoryDeadline(service, receivedAt);
  if (own !== undefined) return { expectedBy: ownDeadline(own), statutoryBy };
  if (service.guarantee) {
    return { expectedBy: addWorkingDays(receivedAt, service.guarantee.workingDays), statutoryBy };
  }
  const expectedBy = statutoryBy ?? addDuration(receivedAt, parseDuration(WITHOUT_PROMISE));
  return { expectedBy, statutoryBy };
}

/** A bare date is kept by answering on that day, as when working days are counted. */
function ownDeadline(own: string): Date {
  const date = parseDateTime(own);
  return own.includes('T') ? date : endOfDay(toLocal(date));
}

/** A law that was not in force when the inquiry came in sets no deadline for it. */
function statutoryDeadline(
  { statutory }: Pick<ServicePackage, 'statutory'>,
  receivedAt: Date,
): Date | null {
  if (!statutory) return null;
  const { duration, validFrom, validTo } = statutory;
  const begun = parseDateTime(validFrom).getTime() <= receivedAt.getTime();
  const ended = validTo ? parseDateTime(validTo).getTime() <= receivedAt.getTime() : false;
  return begun && !ended ? addDuration(receivedAt, parseDuration(duration)) : null;
}
