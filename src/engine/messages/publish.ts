import type { Tx } from '../../db/tx.js';
import { ConflictError, InvalidError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { AdvanceContext } from '../advance.js';
import { insertJob } from '../insert-job.js';
import { demandVariables } from '../step/variables.js';

export interface MessageToPublish {
  name: string;
  correlationKey: string;
  /** How long it waits for somebody who expects it; 0 is only those who wait already. */
  timeToLiveMs: number;
  /** The sender's own name for it: a second one is refused while the first lives. */
  messageId?: string;
  variables: JsonObject;
  by: string;
}

/** A month: longer belongs in the process, not in the mailbox. */
const LONGEST_MS = 31 * 24 * 60 * 60_000;

/** Where and when a message is stored, for whoever has no engine at hand. */
export interface PublishContext {
  newId: () => Id;
  now: Date;
}

/**
 * Stores a message; delivering it is a command of its own. Throws ConflictError
 * `message_published_before` for a message id that still lives.
 */
export function publish(
  { ports, clock, limits }: AdvanceContext,
  tx: Tx,
  tenant: string,
  message: MessageToPublish,
): Promise<Id> {
  demandVariables(message.variables, limits.variables);
  return publishMessage(tx, tenant, message, { newId: () => ports.newId(), now: clock() });
}

/** Like `publish`, for rooms that tell running processes what they have changed. */
export async function publishMessage(
  tx: Tx,
  tenant: string,
  message: MessageToPublish,
  context: PublishContext,
): Promise<Id> {
  const { name, correlationKey, timeToLiveMs, variables, by } = message;
  if (!(timeToLiveMs >= 0 && timeToLiveMs <= LONGEST_MS)) {
    throw new InvalidError(
      'time_to_live_invalid',
      'The time to live must be from 0 ms to 31 days.',
    );
  }
  const { now } = context;
  const id = context.newId();
  const stored = await tx.query(
    `INSERT INTO message (tenant_id, id, name, correlation_key, message_id, variables, published_at,
       expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, name, correlation_key, message_id) DO NOTHING RETURNING id`,
    [
      tenant,
      id,
      name,
      correlationKey,
      message.messageId ?? null,
      variables,
      now,
      new Date(now.getTime() + timeToLiveMs),
    ],
  );
  if (!stored.length) {
    throw new ConflictError('message_published_before', 'A message with this id still lives.');
  }
  await insertJob(tx, tenant, {
    id,
    instance_id: null,
    execution_id: null,
    element_id: null,
    kind: 'command',
    type: 'deliver',
    payload: { by, delivered: [] },
    available_at: now.toISOString(),
    retries: 20,
  });
  return id;
}
