import { z } from 'zod';
import { id } from '../parameters.js';

/** A key: the id of something, as a numeric string. */
export const key = id;

/** The parameter of a path that ends in a key. */
export function keyParameter<Name extends string>(name: Name) {
  return z.strictObject({ [name]: key } as Record<Name, typeof key>);
}

export const tenantId = z.string().min(1).max(256);

/** Variables of a process: any JSON object. */
export const variables = z.record(z.string(), z.json());

/** A JSON object as it was stored. */
export const anyObject = z.record(z.string(), z.json());

/** Clients whose language has 64-bit integers send them as strings. */
export function long(least: number, most: number) {
  const reason = `must be a whole number from ${least} to ${most}`;
  return z
    .union([z.int(), z.string().regex(/^-?\d{1,15}$/)], { error: reason })
    .transform(Number)
    .refine((value) => value >= least && value <= most, reason);
}

export const dateTimeText = z.iso.datetime();

/** A time in the years that the database and the wire format share. */
export const dateTimeInput = z.iso
  .datetime({ offset: true })
  .refine((text) => {
    const year = new Date(text).getUTCFullYear();
    return year >= 1 && year <= 9999;
  }, 'is no possible time')
  .transform((text) => new Date(text).toISOString());

type Shown<T> = { [K in keyof T]: Exclude<T[K], null> | (null extends T[K] ? undefined : never) };

/** This API leaves out what is not known, instead of saying null. */
export function known<T extends object>(row: T): Shown<T> {
  const entries = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as Shown<T>;
}
