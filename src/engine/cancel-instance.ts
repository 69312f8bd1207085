import type { Tx } from '../db/tx.js';
import { ConflictError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { insertJob } from './insert-job.js';
import { command } from './step/changes.js';
import { lockInstance, requireActive } from './step/load-instance.js';
import type { LockedInstance } from './step/load-instance.js';
import type { StepPorts } from './step/step.js';

interface Cancel {
  tenant: string;
  actor: string;
  now: Date;
  newId: StepPorts['newId'];
}

/**
 * Cancels an instance that nobody called. Throws NotFoundError `instance_not_found`, ConflictError
 * `instance_ended` or `instance_called`.
 */
export async function cancelTopInstance(tx: Tx, instanceId: Id, cancel: Cancel): Promise<void> {
  const locked = await lockInstance(tx, cancel.tenant, { instanceId });
  if (!locked) return;
  requireActive(locked);
  if (locked.row.parentId !== null) {
    throw new ConflictError('instance_called', 'Cancel the process that called this one.');
  }
  await cancelInstance(tx, locked, cancel);
}

/** Ends a locked instance where it stands, with everything it waited for; called processes follow. */
export async function cancelInstance(
  tx: Tx,
  { row }: LockedInstance,
  cancel: Cancel,
): Promise<void> {
  const { tenant, actor, now, newId } = cancel;
  const key = [tenant, row.id];
  await tx.query(
    `UPDATE process_instance SET status = 'canceled', ended_at = $3, state = NULL,
       revision = revision + 1, stamp = $4 WHERE tenant_id = $1 AND id = $2`,
    [...key, now, newId()],
  );
  await tx.query(
    `UPDATE user_task SET state = 'canceled', ended_at = $3
     WHERE tenant_id = $1 AND instance_id = $2 AND state = 'created'`,
    [...key, now],
  );
  await tx.query('DELETE FROM job WHERE tenant_id = $1 AND instance_id = $2', key);
  await tx.query('DELETE FROM message_subscription WHERE tenant_id = $1 AND instance_id = $2', key);
  await tx.query(
    `UPDATE incident SET resolved_at = $3, resolution = 'canceled', resolved_by = $4
     WHERE tenant_id = $1 AND instance_id = $2 AND resolved_at IS NULL`,
    [...key, now, actor],
  );
  await cancelChildren(tx, tenant, row.id, cancel);
  await tx.query(
    `INSERT INTO step_log (tenant_id, instance_id, revision, at, actor, command, elements)
     VALUES ($1, $2, $3, $4, $5, '{"kind":"cancel"}', '[]')`,
    [...key, row.revision + 1, now, actor],
  );
}

async function cancelChildren(
  tx: Tx,
  tenant: string,
  instanceId: Id,
  { now, newId }: Cancel,
): Promise<void> {
  const children = await tx.query<{ id: Id }>(
    `SELECT id FROM process_instance WHERE tenant_id = $1 AND parent_id = $2
       AND status IN ('created', 'active')`,
    [tenant, instanceId],
  );
  for (const { id } of children)
    await insertJob(tx, tenant, command(newId(), id, 'cancel', {}, now));
}
