import { z } from 'zod';
import { readLookUps, recordLookUp } from '../../channels/registers/look-ups.js';
import type { RegisterAnswer } from '../../channels/registers/register.js';
import { defineRoute } from '../route.js';
import { dateTime } from './parameters.js';
import { inquiryOf } from './readable-inquiry.js';

const tags = ['registers'];
const reference = z.string().max(60);
const PURPOSES = ['answer', 'decision', 'notification'] as const;

/** What a register knows, and how far it can be trusted now. */
const answerOf = <Found extends z.ZodType>(found: Found) =>
  z.object({
    items: z.array(found),
    degraded: z
      .boolean()
      .meta({ description: 'The register does not answer: these are old, or there are none.' }),
    ageSeconds: z
      .int()
      .nullable()
      .meta({ description: 'How old it is; null where there is none.' }),
    madeUp: z.boolean().meta({ description: 'Made-up data: no register has been set up.' }),
  });

const told = <Found>({ found, ...rest }: RegisterAnswer<Found>) => ({ items: found, ...rest });

const address = z
  .object({
    text: z.string(),
    postalCode: z.string().nullable(),
    postalPlace: z.string().nullable(),
    municipality: z.string(),
    cadastre: z.string().meta({ description: 'Farm and title number.' }),
    latitude: z.number(),
    longitude: z.number(),
  })
  .meta({ id: 'RegisteredAddress' });

const organisation = z
  .object({
    number: z.string(),
    name: z.string(),
    form: z.string().meta({ description: 'FLI is an association.' }),
    bankrupt: z.boolean(),
    deletedOn: z.string().nullable(),
    postalPlace: z.string().nullable(),
  })
  .meta({ id: 'RegisteredOrganisation' });

const property = z
  .object({
    cadastre: z.string(),
    address: z.string(),
    bins: z.array(z.object({ waste: z.string(), litres: z.number(), count: z.number() })),
    collectionDay: z.int().nullable().meta({ description: 'Day of the week, 1 is Monday.' }),
    yearlyFees: z.number().nullable().meta({ description: 'In kroner.' }),
  })
  .meta({ id: 'RegisteredProperty' });

const preference = z
  .object({
    status: z.enum(['AKTIV', 'SLETTET', 'IKKE_REGISTRERT']),
    reserved: z.boolean(),
    mayBeNotified: z.boolean(),
    channel: z.enum(['digital', 'paper']),
  })
  .meta({ id: 'ContactPreference' });

const words = z.string().trim().min(2).max(200);
const DESCRIPTION =
  'Answers within seconds even when the register is down: then with what was known last, or nothing.';

const addresses = defineRoute({
  method: 'GET',
  path: '/api/registers/addresses',
  name: 'searchAddresses',
  permission: 'registers.read',
  summary: 'Addresses with these words',
  description: DESCRIPTION,
  tags,
  query: z.strictObject({
    q: words,
    municipality: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
  }),
  returns: answerOf(address),
  example: { as: 'agent', query: { q: 'storgata 1' } },
  run: async ({ query: { q, municipality }, services }) =>
    told(await services.registers.addresses.look({ words: q, municipality })),
});

const addressesNear = defineRoute({
  method: 'GET',
  path: '/api/registers/addresses/near',
  name: 'findAddressesNear',
  permission: 'registers.read',
  summary: 'Addresses around a point',
  description: DESCRIPTION,
  tags,
  query: z.strictObject({
    latitude: z.coerce.number().min(-90).max(90),
    longitude: z.coerce.number().min(-180).max(180),
    radius: z.coerce.number().min(1).max(5000).default(200).meta({ description: 'In metres.' }),
  }),
  returns: answerOf(address),
  example: { as: 'agent', query: { latitude: '59.211', longitude: '10.93' } },
  run: async ({ query, services }) => told(await services.registers.addresses.look(query)),
});

const organisations = defineRoute({
  method: 'GET',
  path: '/api/registers/organisations',
  name: 'searchOrganisations',
  permission: 'registers.read',
  summary: 'Organisations by name or number',
  description: DESCRIPTION,
  tags,
  query: z.strictObject({ q: words }),
  returns: answerOf(organisation),
  example: { as: 'agent', query: { q: '123 456 785' } },
  run: async ({ query: { q }, services }) => {
    const digits = q.replace(/\s/g, '');
    const query = /^\d{9}$/.test(digits) ? { number: digits } : { name: q };
    return told(await services.registers.organisations.look(query));
  },
});

const properties = defineRoute({
  method: 'GET',
  path: '/api/registers/properties',
  name: 'findProperty',
  permission: 'registers.read',
  summary: 'A property, its bins and fees',
  description: `${DESCRIPTION} Owners are never told.`,
  tags,
  query: z.strictObject({
    farm: z.coerce.number().int().min(1).max(99_999),
    title: z.coerce.number().int().min(1).max(99_999),
  }),
  returns: answerOf(property),
  example: { as: 'agent', query: { farm: '12', title: '31' } },
  run: async ({ query, services }) => told(await services.registers.properties.look(query)),
});

const contactPreferences = defineRoute({
  method: 'POST',
  path: '/api/inquiries/{reference}/contact-preference',
  name: 'lookUpContactPreference',
  permission: 'registers.lookUpPersons',
  summary: 'How the person of a case may be reached',
  description:
    'For a purpose, which is recorded with who asked; the number is neither stored nor logged.',
  tags,
  params: z.strictObject({ reference }),
  body: z.strictObject({
    personNumber: z.string().regex(/^\d{11}$/, 'has eleven digits'),
    purpose: z.enum(PURPOSES),
  }),
  returns: answerOf(preference),
  // What another's server takes its time for must not hold a transaction.
  writes: false,
  failures: ['not_found'],
  example: {
    as: 'agent',
    params: { reference: '26-K3F9-2XQ7' },
    body: { personNumber: '41819045079', purpose: 'notification' },
  },
  async run(request) {
    const { tx, principal, body, services, now } = request;
    const { id: inquiryId } = await inquiryOf(request, request.params.reference);
    const lookUp = { id: services.newId(), inquiryId, by: principal.username, at: now };
    const register = 'contactPreferences';
    await recordLookUp(tx, principal.tenant, { ...lookUp, register, purpose: body.purpose });
    const { personNumber } = body;
    return told(await services.registers.contactPreferences.look({ personNumber }));
  },
});

const lookUps = defineRoute({
  method: 'GET',
  path: '/api/inquiries/{reference}/look-ups',
  name: 'listLookUps',
  permission: 'inquiries.read',
  summary: 'Who looked the person of a case up, and what for',
  tags,
  params: z.strictObject({ reference }),
  returns: z.object({
    items: z.array(
      z.object({ register: z.string(), purpose: z.string(), by: z.string(), at: dateTime }),
    ),
  }),
  failures: ['not_found'],
  example: { as: 'agent', params: { reference: '26-K3F9-2XQ7' } },
  async run(request) {
    const inquiry = await inquiryOf(request, request.params.reference);
    const found = await readLookUps(request.tx, request.principal.tenant, inquiry.id);
    return { items: found.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })) };
  },
});

/** Other authorities' registers, as the desk asks them. */
export const registerRoutes = [
  addresses,
  addressesNear,
  organisations,
  properties,
  contactPreferences,
  lookUps,
];
