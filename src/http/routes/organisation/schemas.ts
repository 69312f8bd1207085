import { z } from 'zod';
import { ROLES } from '../../../access/principal.js';
import { parseDateTime } from '../../../calendar/date-time.js';
import type { Absence, Membership } from '../../../people/organisation.js';
import type { DatedUnit } from '../../../people/units.js';
import { dateTime, names } from '../parameters.js';

export const unitCode = z.string().max(20);
export const login = z.string().min(1).max(120);

/** A time given, or now. */
export const when = dateTime
  .optional()
  .meta({ description: 'From when it holds; at once when it is left out.' });

const name = z.string().trim().min(1).max(200);

/** The same name in every language of the catalogue. */
export const namesGiven = z.strictObject({ nb: name, nn: name, en: name });

export const reason = z.string().trim().min(1).max(500);

export const unit = z
  .object({
    code: z.string(),
    names,
    parent: z.string().nullable().meta({ description: 'Code of the unit above.' }),
    email: z.string().nullable(),
    managerEmail: z.string().nullable(),
    validFrom: dateTime.nullable().meta({ description: 'Null: as long as anybody remembers.' }),
    validTo: dateTime.nullable().meta({ description: 'Null: no end is planned.' }),
  })
  .meta({ id: 'Unit' });

export const membership = z
  .object({
    id: z.string(),
    username: z.string(),
    unit: z.string().nullable().meta({ description: 'Null: in the whole municipality.' }),
    role: z.enum(ROLES),
    from: dateTime,
    to: dateTime.nullable(),
  })
  .meta({ id: 'Membership' });

export const absence = z
  .object({
    id: z.string(),
    username: z.string(),
    substitute: z.string().meta({ description: 'Sees and works the absent one’s tasks.' }),
    from: dateTime,
    to: dateTime,
  })
  .meta({ id: 'Absence' });

export function presentUnit({ validFrom, validTo, ...rest }: DatedUnit): z.input<typeof unit> {
  return {
    ...rest,
    validFrom: validFrom?.toISOString() ?? null,
    validTo: validTo?.toISOString() ?? null,
  };
}

export function presentMembership({ from, to, ...rest }: Membership): z.input<typeof membership> {
  return { ...rest, from: from.toISOString(), to: to?.toISOString() ?? null };
}

export function presentAbsence({ from, to, ...rest }: Absence): z.input<typeof absence> {
  return { ...rest, from: from.toISOString(), to: to.toISOString() };
}

export function timeOr(given: string | undefined, now: Date): Date {
  return given === undefined ? now : parseDateTime(given);
}
