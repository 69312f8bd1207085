import { z } from 'zod';
import { addClient, getClient, readClients, revokeClient } from '../../channels/open311/clients.js';
import type { Open311Client } from '../../channels/open311/clients.js';
import { OPEN311_PUSH } from '../../channels/open311/push.js';
import { insertEffect } from '../../jobs/effects.js';
import { defineRoute } from '../route.js';
import { dateTime, id } from './parameters.js';

const client = z
  .object({
    id: z.string(),
    name: z.string(),
    pushUrl: z.string().nullable(),
    addedBy: z.string(),
    addedAt: dateTime,
    revokedAt: dateTime.nullable(),
  })
  .meta({ id: 'Open311Client' });

const params = z.strictObject({ id });

const list = defineRoute({
  method: 'GET',
  path: '/api/open311/clients',
  name: 'listOpen311Clients',
  permission: 'open311.manage',
  summary: 'Reporting systems that have a key',
  tags: ['open311'],
  returns: z.object({ items: z.array(client) }),
  example: { as: 'admin' },
  run: async ({ tx, principal }) => ({
    items: (await readClients(tx, principal.tenant)).map(present),
  }),
});

const add = defineRoute({
  method: 'POST',
  path: '/api/open311/clients',
  name: 'addOpen311Client',
  permission: 'open311.manage',
  summary: 'Give a reporting system a key',
  description:
    'The key is shown in this answer and nowhere else. With `push`, the system is told of every ' +
    'change of what it has reported (`POST {url}/servicerequestupdates.xml`).',
  tags: ['open311'],
  status: 201,
  body: z.strictObject({
    name: z.string().regex(/^[a-z0-9-]{2,40}$/, 'must be 2 to 40 small letters, digits or dashes'),
    push: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }).max(500),
        key: z.string().max(200).optional(),
        jurisdiction: z.string().max(200).optional(),
      })
      .optional(),
  }),
  returns: client.extend({ key: z.string() }),
  example: { as: 'admin', body: { name: 'fiksgatami' } },
  async run({ tx, principal: { tenant, username: by }, body, now, services: { newId } }) {
    const { name, push } = body;
    const target = push && {
      url: push.url,
      key: push.key ?? null,
      jurisdiction: push.jurisdiction ?? null,
    };
    const clientId = newId();
    const key = await addClient(tx, tenant, { id: clientId, name, push: target ?? null, by, now });
    if (target) {
      const effect = { type: OPEN311_PUSH, payload: { clientId }, availableAt: now, now };
      await insertEffect(tx, tenant, { id: newId(), ...effect });
    }
    return { ...present(await getClient(tx, tenant, clientId)), key };
  },
});

const revoke = defineRoute({
  method: 'POST',
  path: '/api/open311/clients/{id}/revoke',
  name: 'revokeOpen311Client',
  permission: 'open311.manage',
  summary: 'Take a key out of use',
  description: 'What it has reported stays, and is told no more.',
  tags: ['open311'],
  params,
  returns: client,
  failures: ['not_found'],
  example: { as: 'admin', params: { id: '1' } },
  async run({ tx, principal: { tenant }, params: { id: clientId }, now }) {
    await revokeClient(tx, tenant, clientId, now);
    return present(await getClient(tx, tenant, clientId));
  },
});

function present({ id: clientId, name, push, addedBy, addedAt, revokedAt }: Open311Client) {
  return {
    id: clientId,
    name,
    pushUrl: push?.url ?? null,
    addedBy,
    addedAt: addedAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

/** Who may report over Open311. */
export const open311ClientRoutes = [list, add, revoke];
