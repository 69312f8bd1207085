import { z } from 'zod';
import type { ManagedAddress } from '../../channels/inbound/change-addresses.js';
import {
  readMailAddresses,
  removeMailAddress,
  saveMailAddress,
} from '../../channels/inbound/change-addresses.js';
import { defineRoute } from '../route.js';
import { changeBy } from './change-by.js';
import { dateTime } from './parameters.js';

const params = z.strictObject({ address: z.string().max(254) });
const code = z.string().max(20).nullable().default(null);

const mailAddress = z
  .object({
    address: z.string(),
    unit: z.string().nullable(),
    service: z.string().nullable().meta({ description: 'What mail to it is about.' }),
    changedAt: dateTime.nullable(),
    changedBy: z.string().nullable(),
  })
  .meta({ id: 'MailAddress' });

const list = defineRoute({
  method: 'GET',
  path: '/api/mail-addresses',
  name: 'listMailAddresses',
  permission: 'mailAddresses.manage',
  summary: 'The addresses that mail to the municipality comes to',
  description: 'One that is no unit’s and no service’s is its own, where replies go.',
  tags: ['messages'],
  returns: z.object({ items: z.array(mailAddress) }),
  example: { as: 'admin' },
  run: async ({ tx, principal }) => ({
    items: (await readMailAddresses(tx, principal.tenant)).map(present),
  }),
});

const save = defineRoute({
  method: 'PUT',
  path: '/api/mail-addresses/{address}',
  name: 'saveMailAddress',
  permission: 'mailAddresses.manage',
  summary: 'Take mail on an address',
  description: 'Or say anew whose it is. An address is one municipality’s only.',
  tags: ['messages'],
  params,
  body: z.strictObject({ unit: code, service: code }),
  returns: mailAddress,
  failures: ['conflict'],
  example: {
    as: 'admin',
    params: { address: 'gatelys@fjordvik.example' },
    body: { service: 'GATELYS' },
  },
  async run(request) {
    const whose = { address: request.params.address, ...request.body };
    return present(await saveMailAddress(request.tx, changeBy(request), whose));
  },
});

const remove = defineRoute({
  method: 'POST',
  path: '/api/mail-addresses/{address}/remove',
  name: 'removeMailAddress',
  permission: 'mailAddresses.manage',
  summary: 'Take no more mail on an address',
  description: 'What came to it stays.',
  tags: ['messages'],
  params,
  failures: ['not_found'],
  example: { as: 'admin', params: { address: 'serv@fjordvik.example' } },
  async run(request) {
    await removeMailAddress(request.tx, changeBy(request), request.params.address);
    return undefined;
  },
});

function present(one: ManagedAddress) {
  return { ...one, changedAt: one.changedAt?.toISOString() ?? null };
}

/** Where a municipality takes mail. */
export const mailAddressRoutes = [list, save, remove];
