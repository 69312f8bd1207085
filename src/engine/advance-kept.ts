import type { Tx } from '../db/tx.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import { advanceLocked } from './advance.js';
import type { AdvanceContext, Outcome } from './advance.js';
import { beforeFirst } from './step/before-first.js';
import type { Command } from './step/commands.js';

const LOCK = `WITH locked AS (SELECT FROM process_instance
    WHERE tenant_id = $1 AND id = $2 AND stamp = $3 FOR UPDATE)
  SELECT CASE WHEN count(*) = 0 THEN fail_overtaken() END FROM locked`;

/**
 * Completes a task of an instance whose engine this node still has, without asking for its row first;
 * undefined when it has not. The row is locked before the first query of a handler, else by what saves
 * the step: both fail as overtaken when anybody has moved the instance since. The transaction is then
 * run again, and the engine, taken out now, is no longer there to be trusted.
 */
export async function completeKept(
  context: AdvanceContext,
  tx: Tx,
  request: { tenant: string; actor: string; command: Command & { kind: 'complete-task' } },
): Promise<Outcome | undefined> {
  const { tenant, command } = request;
  const kept = context.cache.takeAtTask(tenant, command.taskId);
  if (!kept) return undefined;
  const { row, stamp, live } = kept;
  const lock = () => tx.query(LOCK, [tenant, row.id, stamp], { name: 'lock-kept' });
  const variables = asStored(JSON.parse(JSON.stringify(kept.variables)) as JsonObject);
  const trusted = { row, status: 'active' as const, stamp, variables, state: null, live };
  try {
    return await advanceLocked(context, tx, { ...trusted, tx: beforeFirst(tx, lock) }, request);
  } catch (error) {
    // Of what is no longer so, nobody needs to hear.
    await lock();
    throw error;
  }
}

/** The order in which jsonb gives names back, so that an expression that lists them always agrees. */
function asStored<T extends JsonValue>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(asStored) as T;
  const names = Object.keys(value).sort(byLengthThenBytes);
  return Object.fromEntries(names.map((name) => [name, asStored(value[name] ?? null)])) as T;
}

function byLengthThenBytes(a: string, b: string): number {
  return (
    Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b))
  );
}
