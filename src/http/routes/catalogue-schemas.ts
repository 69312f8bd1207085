import { z } from 'zod';
import type { ServiceRecord } from '../../catalogue/change-services.js';
import { BUNDLE_FORMAT } from '../../catalogue/export-package.js';
import { packageSchema } from '../../catalogue/package.js';
import { dateTime } from './parameters.js';

export const serviceRecord = z
  .object({
    code: z.string(),
    folder: z.string().meta({ description: 'Folder of its package.' }),
    version: z.int(),
    service: packageSchema,
    retiredAt: dateTime.nullable(),
    updatedAt: dateTime,
  })
  .meta({ id: 'ServiceRecord' });

export const serviceVersion = z
  .object({
    version: z.int(),
    service: packageSchema,
    retiredAt: dateTime.nullable(),
    changedAt: dateTime,
    changedBy: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'ServiceVersion' });

/** A package, as it is given and taken. */
export const bundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  folder: z.string().max(60),
  files: z
    .array(
      z.strictObject({
        path: z.string().max(101),
        text: z.string().optional(),
        base64: z.base64().optional(),
        sha256: z.string().length(64),
      }),
    )
    .max(300),
});

export const imported = z
  .object({
    code: z.string(),
    folder: z.string(),
    isNew: z.boolean(),
    fields: z.array(z.string()).meta({ description: 'What becomes another in the catalogue.' }),
    files: z.array(
      z.object({ path: z.string(), change: z.enum(['added', 'changed', 'same', 'removed']) }),
    ),
  })
  .meta({ id: 'ImportedPackage' });

export const version = z.int().min(1).optional().meta({
  description: 'The version that was read; 409 when somebody has changed it since.',
});

export function presentService({
  package: own,
  ...record
}: ServiceRecord): z.input<typeof serviceRecord> {
  const { loaded: _loaded, retiredAt, updatedAt, ...rest } = record;
  return {
    ...rest,
    service: own,
    retiredAt: retiredAt?.toISOString() ?? null,
    updatedAt: updatedAt.toISOString(),
  };
}
