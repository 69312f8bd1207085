import { z } from 'zod';
import { movesCalendar, parseDuration } from '../calendar/duration.js';
import { isLocalDate } from '../calendar/local-date.js';
import { MAX_WORKING_DAYS } from '../calendar/working-days.js';

const text = z.string().trim().min(1, 'must not be empty');
const names = z.strictObject({ nb: text, nn: text, en: text });

const duration = z.string().refine(isDuration, 'must be an ISO 8601 duration such as P1M');
const hours = z.string().refine(isHours, 'must be an ISO 8601 duration of hours such as PT2H');
const count = z.number().int().min(0).max(MAX_WORKING_DAYS);
const date = z.string().refine(isDate, 'must be a date such as 1970-01-01');
const identifier = z
  .string()
  .regex(/^[A-Za-z_][\w.-]*$/, 'must be a name of letters, digits, dots and dashes');

/** What a service package says of its service: `processes/<folder>/service.json`. */
export const packageSchema = z.strictObject({
  code: z.string().regex(/^[A-ZÆØÅ0-9_-]{2,20}$/, 'must be 2 to 20 capital letters or digits'),
  names,
  descriptions: names,
  /** Concepts of the national taxonomy of services. */
  los: z.array(z.url()).default([]),
  unit: text,
  /** Whether the front desk may answer at once. */
  firstLine: z.boolean(),
  answeredBy: z.enum(['unit', 'SERV']),
  channels: z.array(z.enum(['phone', 'letter', 'visit', 'fax', 'form', 'chat', 'email', 'portal'])),
  /** The promise to the citizen; null where every case brings its own deadline. */
  guarantee: z
    .strictObject({
      workingDays: count,
      /** A promise shorter than a day, which counts instead of the working days. */
      hours: z
        .strictObject({
          duration: hours,
          /** Whether they pass day and night, or only while the owner unit is open. */
          within: z.enum(['always', 'openingHours']),
        })
        .optional(),
      /** Working days after which the unit is reminded; four fifths of the time when left out. */
      remindAfter: count.optional(),
      basis: text,
    })
    .nullable(),
  /** Working days without an event after which the unit is asked for the status (10). */
  silentAfter: z.number().int().min(1).max(MAX_WORKING_DAYS).optional(),
  /** Working days that a citizen has to answer a question from staff (10). */
  citizenAnswersWithin: z.number().int().min(1).max(MAX_WORKING_DAYS).optional(),
  /** The deadline in law. */
  statutory: z
    .strictObject({
      duration,
      /** Working days, where the law counts those; they count instead of the duration. */
      workingDays: count.optional(),
      /** Whether an interim reply in time is all that the law asks for by then (§ 11 a). */
      interimReplySuffices: z.boolean().optional(),
      basis: text,
      validFrom: date,
      validTo: date.nullable().optional(),
    })
    .nullable(),
  /** Whether it may be reported over Open311, where everybody sees what is reported. */
  open311: z.boolean().optional(),
  dataClass: z.enum(['P0', 'P1', 'P2', 'P3', 'P4']),
  retention: z.strictObject({ class: z.enum(['R6', 'R24', 'RA']), duration }),
  archive: z.enum(['none', 'assess', 'journal']),
  /** The process that works on the service's cases: one of the variants, or one of another folder. */
  process: identifier,
  /** The process that receives its inquiries, where that is not the municipality's common one. */
  intakeProcess: identifier.optional(),
  variants: z
    .array(
      z.strictObject({
        id: identifier,
        file: z.string().regex(/^[\w-]+\.bpmn$/, 'must be a .bpmn file of the same folder'),
        phase: text,
      }),
    )
    .default([]),
  form: identifier.nullish(),
  volumePerYear: z.number().int().min(0),
  volumeBasis: text,
});

/** A municipal service: its names, promises, rules and processes. */
export type ServicePackage = z.infer<typeof packageSchema>;

function isDuration(given: string): boolean {
  try {
    parseDuration(given);
    return true;
  } catch {
    return false;
  }
}

function isHours(given: string): boolean {
  return isDuration(given) && !movesCalendar(parseDuration(given));
}

function isDate(given: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(given);
  if (!match) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return isLocalDate({ year, month, day });
}
