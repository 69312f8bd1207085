import { z } from 'zod';
import { defineRoute } from '../../route.js';
import { ownTenant, tenantIdOf } from './tenant.js';
import { key, tenantId, variables } from './values.js';

const broadcast = defineRoute({
  method: 'POST',
  path: '/v2/signals/broadcast',
  name: 'broadcastSignal',
  permission: 'messages.publish',
  summary: 'Broadcast a signal',
  description:
    'Everybody who waits for it goes on, and every process that begins with it is started, each ' +
    'in a step of its own right after the answer. A signal is not kept for those who come later.',
  tags: ['messages'],
  body: z.strictObject({
    signalName: z.string().min(1).max(256),
    variables: variables.default({}),
    tenantId: tenantId.optional(),
  }),
  returns: z.object({ signalKey: key, tenantId }),
  example: { as: 'owner', body: { signalName: 'office.closed' } },
  async run({ tx, principal, body, services }) {
    const tenant = ownTenant(principal, body.tenantId);
    const { signalName: name } = body;
    const signal = { name, variables: body.variables, by: principal.username };
    const signalKey = await services.engine.broadcastSignal(tx, tenant, signal);
    return { signalKey, tenantId: tenantIdOf(tenant) };
  },
});

/** Signals to everybody. */
export const signalRoutes = [broadcast];
