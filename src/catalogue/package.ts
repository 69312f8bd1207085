import { z } from 'zod';
import { parseDuration } from '../calendar/duration.js';
import { isLocalDate } from '../calendar/local-date.js';
import { MAX_WORKING_DAYS } from '../calendar/working-days.js';

const text = z.string().trim().min(1, 'must not be empty');
const names = z.strictObject({ nb: text, nn: text, en: text });

const duration = z.string().refine(isDuration, 'must be an ISO 8601 duration such as P1M');
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
    .strictObject({ workingDays: z.number().int().min(0).max(MAX_WORKING_DAYS), basis: text })
    .nullable(),
  /** The deadline in law. */
  statutory: z
    .strictObject({
      duration,
      basis: text,
      validFrom: date,
      validTo: date.nullable().optional(),
    })
    .nullable(),
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

function isDate(given: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(given);
  if (!match) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return isLocalDate({ year, month, day });
}
