import { z } from 'zod';
import { CLOSABLE } from '../calendar/unit-calendar.js';
import type { CalendarPeriod, UnitCalendar } from '../calendar/unit-calendar.js';
import type { Tx } from '../db/tx.js';
import { NotFoundError } from '../kernel/errors.js';
import { findUnit } from './units.js';

/** The code that stands for every unit without a calendar of its own. */
export const EVERY_UNIT = '*';

const time = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 08:00');
const span = z
  .tuple([time, time])
  .refine(([from, to]) => from < to, 'must end after it begins')
  .meta({ description: 'From and to, in Oslo; 24:00 is the end of the day.' });
const hours = z.array(span).max(6);
const date = z.iso.date();

/** A unit's opening hours and closing days from a date on. */
export const calendarSchema = z
  .strictObject({
    validFrom: date,
    validTo: date
      .nullable()
      .default(null)
      .meta({ description: 'The first day on which it no longer holds; null while it does.' }),
    hours: z
      .partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7', 'holiday']), hours)
      .meta({ description: 'By weekday from Monday (1) to Sunday (7), and on public holidays.' }),
    closed: z
      .array(z.enum(CLOSABLE))
      .default([])
      .meta({ description: 'Days on which it is closed every year.' }),
    closedOn: z
      .array(date)
      .max(200)
      .default([])
      .meta({ description: 'Days on which it is closed once.' }),
    movesToWorkingDay: z
      .boolean()
      .default(true)
      .meta({
        description:
          'Whether a deadline in law that ends on a day off moves to the next working day ' +
          '(domstolloven § 149, by analogy).',
      }),
  })
  .refine(
    ({ validFrom, validTo }) => validTo === null || validFrom < validTo,
    'must end after it begins',
  )
  .refine(
    ({ hours: week }) => Object.values(week).some((spans) => spans.length > 0),
    'must open at some time',
  )
  .meta({ id: 'CalendarPeriod' });

/**
 * The periods of a unit's calendar, oldest first: its own, or else those of every unit. None at all
 * means office hours on weekdays.
 */
export async function readUnitCalendar(
  tx: Tx,
  tenant: string,
  unit: string | null,
): Promise<UnitCalendar> {
  const rows = await tx.query<{ unit: string; calendar: CalendarPeriod }>(
    `SELECT unit_code AS unit, calendar FROM unit_calendar
     WHERE tenant_id = $1 AND unit_code IN ($2, $3) ORDER BY valid_from`,
    [tenant, unit ?? EVERY_UNIT, EVERY_UNIT],
  );
  const own = rows.filter((row) => row.unit !== EVERY_UNIT);
  return (own.length > 0 ? own : rows).map(({ calendar }) => calendar);
}

/**
 * Writes a period of a unit's calendar. The period before it ends where this one begins, those that
 * begin within it are replaced.
 * @throws NotFoundError 'unit_not_found'
 */
export async function saveUnitCalendar(
  tx: Tx,
  tenant: string,
  unit: string,
  period: CalendarPeriod,
  { by, now }: { by: string; now: Date },
): Promise<void> {
  if (unit !== EVERY_UNIT && !(await findUnit(tx, tenant, unit))) {
    throw new NotFoundError('unit_not_found', `There is no unit ${unit}.`);
  }
  const { validFrom, validTo } = period;
  await tx.query(
    `DELETE FROM unit_calendar WHERE tenant_id = $1 AND unit_code = $2 AND valid_from >= $3
       AND ($4::date IS NULL OR valid_from < $4)`,
    [tenant, unit, validFrom, validTo],
  );
  await tx.query(
    `UPDATE unit_calendar SET valid_to = $3::date,
       calendar = jsonb_set(calendar, '{validTo}', to_jsonb($4::text))
     WHERE tenant_id = $1 AND unit_code = $2 AND valid_from < $3::date
       AND (valid_to IS NULL OR valid_to > $3::date)`,
    [tenant, unit, validFrom, validFrom],
  );
  await tx.query(
    `INSERT INTO unit_calendar (tenant_id, unit_code, valid_from, valid_to, calendar, changed_by,
       changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tenant, unit, validFrom, validTo, period, by, now],
  );
}

/** The calendar as it would be with this period in it. */
export function withPeriod(calendar: UnitCalendar, period: CalendarPeriod): UnitCalendar {
  const { validFrom, validTo } = period;
  const kept = calendar
    .filter((one) => one.validFrom < validFrom || (validTo !== null && one.validFrom >= validTo))
    .map((one) =>
      one.validFrom < validFrom && (one.validTo === null || one.validTo > validFrom)
        ? { ...one, validTo: validFrom }
        : one,
    );
  return [...kept, period];
}
