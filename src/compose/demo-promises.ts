import type { CalendarPeriod } from '../calendar/unit-calendar.js';
import { ORDINARY_PERIOD } from '../calendar/unit-calendar.js';
import type { Tx } from '../db/tx.js';
import { insertObjective } from '../inquiries/objectives.js';
import type { Id } from '../kernel/ids.js';
import { lockOrganisation } from '../people/organisation.js';
import { saveUnitCalendar } from '../people/unit-calendars.js';

/** Open late one day a week, and closed where the municipality may close. Assumed, for the demo. */
const LATE_THURSDAY: CalendarPeriod = {
  ...ORDINARY_PERIOD,
  validFrom: '2020-01-01',
  hours: { ...ORDINARY_PERIOD.hours, '4': [['08:00', '18:00']] },
  closed: ['christmasEve', 'newYearsEve'],
};

const OPEN_LATE: readonly string[] = ['SERV', 'VEI'];
const PROMISING: readonly string[] = ['SERV', 'VEI'];

/** Three of four e-mails within four working days (F005). */
const OF_MAILS = {
  channel: 'email',
  service: null,
  share: 0.75,
  workingDays: 4,
  period: 'quarter',
  threshold: 1,
  leastCases: 20,
} as const;

/**
 * Gives a demo municipality opening hours and promises to look at, once: what has been changed or
 * ended since stays so.
 */
export async function seedDemoPromises(
  tx: Tx,
  tenant: string,
  { now, newId }: { now: Date; newId: () => Id },
): Promise<void> {
  // Of nodes that start at once, one does it.
  const { units } = await lockOrganisation(tx, tenant);
  const done = await tx.query(
    `SELECT 1 FROM unit_calendar WHERE tenant_id = $1
     UNION ALL SELECT 1 FROM objective WHERE tenant_id = $1 LIMIT 1`,
    [tenant],
  );
  if (done.length > 0) return;
  const by = 'saksflyt';
  for (const unit of OPEN_LATE.filter((code) => units.has(code))) {
    await saveUnitCalendar(tx, tenant, unit, LATE_THURSDAY, { by, now });
  }
  for (const unit of PROMISING.filter((code) => units.has(code))) {
    await insertObjective(
      tx,
      tenant,
      { ...OF_MAILS, id: newId(), unit, ownerUnit: unit },
      { by, now },
    );
  }
}
