import type { Tx } from '../../db/tx.js';
import { AppError, NotFoundError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import { advance } from '../advance.js';
import type { AdvanceContext, Outcome } from '../advance.js';
import { startInstance } from '../start-instance.js';
import { demandVariables } from '../step/variables.js';

export interface MessageToCorrelate {
  name: string;
  correlationKey: string;
  variables: JsonObject;
  by: string;
}

/**
 * Hands a message to the one that has waited longest for it, or starts the process that begins with
 * it. Throws NotFoundError `message_not_expected` when nobody does.
 */
export async function correlate(
  context: AdvanceContext,
  tx: Tx,
  tenant: string,
  message: MessageToCorrelate,
): Promise<Outcome> {
  demandVariables(message.variables, context.limits.variables);
  // Whoever waited may have been served between looking and locking: then the next one is asked.
  for (let last: Id = '0'; ;) {
    const waiting = await findSubscription(tx, tenant, message, last);
    if (waiting === undefined) return startByMessage(context, tx, tenant, message);
    const outcome = await handTo(context, tx, tenant, {
      ...message,
      subscriptionId: waiting,
      isAsked: true,
    });
    if (outcome) return outcome;
    last = waiting;
  }
}

/** Moves the instance behind a subscription, or resolves to undefined when it waits no longer. */
export async function handTo(
  context: AdvanceContext,
  tx: Tx,
  tenant: string,
  message: { subscriptionId: Id; variables: JsonObject; by: string; isAsked?: boolean },
): Promise<Outcome | undefined> {
  const { subscriptionId, variables, by: actor, isAsked = false } = message;
  const command = { kind: 'message' as const, subscriptionId, variables, isAsked };
  try {
    return await advance(context, tx, { subscriptionId }, { tenant, actor, command });
  } catch (error) {
    if (error instanceof AppError && OVER.has(error.code)) return undefined;
    throw error;
  }
}

const OVER: ReadonlySet<string> = new Set([
  'wait_over',
  'instance_ended',
  'message_subscription_not_found',
]);

async function findSubscription(
  tx: Tx,
  tenant: string,
  { name, correlationKey }: MessageToCorrelate,
  after: Id,
): Promise<Id | undefined> {
  const [waiting] = await tx.query<{ id: Id }>(
    `SELECT id FROM message_subscription WHERE tenant_id = $1 AND kind = 'message' AND name = $2 AND correlation_key = $3
       AND id > $4 ORDER BY id LIMIT 1`,
    [tenant, name, correlationKey, after],
    { name: 'find-subscription' },
  );
  return waiting?.id;
}

/** Starts the process that begins with a message. Throws NotFoundError `message_not_expected`. */
async function startByMessage(
  context: AdvanceContext,
  tx: Tx,
  tenant: string,
  message: { name: string; variables: JsonObject; by: string; instanceId?: Id },
): Promise<Outcome> {
  const { name, ...start } = message;
  const [begins] = await tx.query<{ definitionId: Id; startId: string }>(
    `SELECT definition_id AS "definitionId", element_id AS "startId" FROM start_subscription
     WHERE tenant_id = $1 AND kind = 'message' AND name = $2 ORDER BY process_id LIMIT 1`,
    [tenant, name],
  );
  if (!begins) return notExpected(name);
  return startInstance(context, tx, tenant, { ...start, ...begins });
}

function notExpected(name: string): never {
  throw new NotFoundError('message_not_expected', `Nothing waits for the message "${name}".`);
}
