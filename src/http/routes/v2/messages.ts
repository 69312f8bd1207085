import { z } from 'zod';
import { defineRoute } from '../../route.js';
import { ownTenant, tenantIdOf } from './tenant.js';
import { key, long, tenantId, variables } from './values.js';

const LONGEST_LIFE_MS = 31 * 24 * 60 * 60_000;

const message = z.strictObject({
  name: z.string().min(1).max(256),
  correlationKey: z.string().max(256).default(''),
  variables: variables.default({}),
  tenantId: tenantId.optional(),
});

const publish = defineRoute({
  method: 'POST',
  path: '/v2/messages/publication',
  name: 'publishMessage',
  permission: 'messages.publish',
  summary: 'Publish a message',
  description:
    'It is kept for its time to live and handed to whoever expects it or begins to, once in each ' +
    'process.',
  tags: ['messages'],
  body: message.extend({
    timeToLive: long(0, LONGEST_LIFE_MS)
      .default(0)
      .meta({ description: 'Milliseconds, at most 31 days.' }),
    messageId: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .meta({ description: 'While a message with this id lives, a second one is refused.' }),
  }),
  returns: z.object({ messageKey: key, tenantId }),
  failures: ['conflict'],
  example: {
    as: 'owner',
    body: { name: 'road-damage.done', correlationKey: '1', timeToLive: 60_000 },
  },
  async run({ tx, principal, body, services }) {
    const tenant = ownTenant(principal, body.tenantId);
    const { name, correlationKey, timeToLive, messageId } = body;
    const messageKey = await services.engine.publish(tx, tenant, {
      name,
      correlationKey,
      timeToLiveMs: timeToLive,
      ...(messageId !== undefined && { messageId }),
      variables: body.variables,
      by: principal.username,
    });
    return { messageKey, tenantId: tenantIdOf(tenant) };
  },
});

const correlate = defineRoute({
  method: 'POST',
  path: '/v2/messages/correlation',
  name: 'correlateMessage',
  permission: 'messages.publish',
  summary: 'Hand over a message now',
  description: 'To the one that has waited longest for it, or to the process that begins with it.',
  tags: ['messages'],
  body: message,
  returns: z.object({ processInstanceKey: key, tenantId }),
  failures: ['not_found', 'conflict'],
  example: { as: 'owner', body: { name: 'road-damage.done', correlationKey: '1' } },
  async run({ tx, principal, body, services }) {
    const { tenantId: named, ...handed } = body;
    const tenant = ownTenant(principal, named);
    const asked = { ...handed, by: principal.username };
    const outcome = await services.engine.correlate(tx, tenant, asked);
    return { processInstanceKey: outcome.instanceId, tenantId: tenantIdOf(tenant) };
  },
});

/** Messages to processes. */
export const messageRoutes = [publish, correlate];
