import { z } from 'zod';
import { packageSchema } from '../../catalogue/package.js';
import { readOffered } from '../../catalogue/services.js';
import { defineRoute } from '../route.js';
import { names } from './parameters.js';

const { shape } = packageSchema;

const service = z
  .object({
    code: z.string(),
    names,
    descriptions: names,
    los: z.array(z.url()).meta({ description: 'Concepts of the national taxonomy of services.' }),
    unit: z.string().meta({ description: 'Code of the unit that owns it.' }),
    channels: shape.channels,
    guarantee: shape.guarantee.meta({ description: 'The promise, in working days.' }),
    statutory: shape.statutory.meta({ description: 'The deadline in law, with its basis.' }),
    form: z.string().nullish().meta({ description: 'The form of its intake.' }),
    process: z.string().meta({ description: 'The process that works on new cases.' }),
    variants: shape.variants,
  })
  .meta({ id: 'Service' });

/** The catalogue of what the municipality offers. */
export const serviceRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/services',
    name: 'listServices',
    permission: 'services.read',
    summary: 'The services citizens can ask about',
    description: 'Each with its promise, its deadline in law and the process that works on it.',
    tags: ['services'],
    returns: z.object({ items: z.array(service) }),
    example: { as: 'agent' },
    run: async ({ tx, principal }) => {
      const offered = await readOffered(tx, principal.tenant);
      return { items: offered.map((one) => ({ ...one, process: one.activeProcess })) };
    },
  }),
];
