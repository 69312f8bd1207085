import { z } from 'zod';

const LARGEST_ID = 2n ** 63n - 1n;

/** An id as the database has it: a positive 63-bit integer, written in decimal. */
export const id = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, 'must be an id: digits, without zeros in front')
  .refine((text) => !/^\d{1,19}$/.test(text) || BigInt(text) <= LARGEST_ID, 'is no possible id');

const range = 'must be a whole number from 1 to 200';
/** How many rows a page of a list has. */
export const limit = z.coerce
  .number(range)
  .int(range)
  .min(1, range)
  .max(200, range)
  .default(50)
  .meta({ description: 'How many at most, 1 to 200.' });

export const cursor = z
  .string()
  .max(200)
  .optional()
  .meta({ description: 'The `nextCursor` of the page before.' });

/** `true` or `false`; nothing else means yes by accident. */
export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true')
  .optional();

export const dateTime = z.iso.datetime({ offset: true });

/** The same text in the languages of the catalogue. */
export const names = z
  .object({ nb: z.string(), nn: z.string(), en: z.string() })
  .meta({ id: 'Names', description: 'The same in Norwegian bokmål, nynorsk and English.' });
