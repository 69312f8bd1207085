import { z } from 'zod';
import { dateTime } from './parameters.js';

const words = { nb: z.string(), en: z.string() };
const date = z.iso.date();

const day = z.object({
  date,
  as: z.enum(['received', 'counted', 'off', 'paused', 'moved']),
  number: z.int().optional().meta({ description: 'Which day of the count it is.' }),
  why: z.string().optional(),
  ...words,
});

export const explained = z
  .object({
    reference: z.string(),
    receivedAt: dateTime,
    paused: z.object({ since: dateTime, reason: z.string(), ...words }).nullable(),
    deadlines: z.array(
      z.object({
        deadline: z.enum(['guarantee', 'statutory']),
        dueAt: dateTime,
        basis: z.string().meta({ description: 'The law or the decision behind it.' }),
        validFrom: date.nullable(),
        validTo: date.nullable(),
        rule: z.object(words),
        extendedTo: dateTime.nullable(),
        days: z.array(day).meta({ description: 'Empty where hours are counted.' }),
      }),
    ),
    interimReplyFrom: dateTime,
    promisedBy: dateTime.nullable(),
    watch: z.array(
      z.object({
        deadline: z.enum(['warning', 'guarantee', 'interim', 'statutory', 'promised', 'silent']),
        at: dateTime,
        reachedAt: dateTime.nullable(),
      }),
    ),
    events: z.array(
      z.object({
        kind: z.enum(['START', 'PAUSE', 'RESUME', 'EXTEND', 'PROMISE', 'RECALCULATE', 'REACHED']),
        deadline: z.string().nullable(),
        reason: z.string().nullable(),
        at: dateTime,
        dueAt: dateTime.nullable(),
        by: z.string(),
      }),
    ),
  })
  .meta({ id: 'ExplainedDeadlines' });

/** What every change of a clock answers with. */
export const caseClock = z
  .object({
    expectedBy: dateTime,
    statutoryBy: dateTime.nullable(),
    promisedBy: dateTime.nullable(),
    pausedAt: dateTime.nullable(),
  })
  .meta({ id: 'CaseClock' });
