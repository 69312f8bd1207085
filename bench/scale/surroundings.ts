import type { Tx } from '../../src/db/tx.js';
import { TENANT } from '../durable-cases.js';
import { externalJob, messageWait } from './models.js';
import type { EngineNode } from './open-node.js';

/**
 * What stands beside the waiting cases in a municipality: for each an inquiry of its unit, somebody
 * who waits for a message with a key of its own, and a job for external workers. The last two are
 * rows only; a few more, really started, can be moved.
 */
export async function surround(node: EngineNode, round: number): Promise<Surroundings> {
  const { bulk } = node;
  await bulk.query('ANALYZE');
  for (const sql of [INQUIRIES, SUBSCRIPTIONS, JOBS]) await bulk.query(sql, [TENANT]);
  await node.deploy([messageWait, externalJob]);
  const keys: string[] = [];
  for (let number = 0; number < MOVABLE; number += 1) {
    const key = `${round}-${number}`;
    await node.start(messageWait.processId, { inquiryId: key });
    await node.start(externalJob.processId, {});
    keys.push(key);
  }
  await settleTables(bulk);
  return { keys };
}

export interface Surroundings {
  /** Correlation keys that a case really waits by. */
  keys: string[];
}

const MOVABLE = 15;

/** Takes it all away again, so that more waiting cases take its room. */
export async function clearSurroundings({ bulk }: EngineNode): Promise<void> {
  await bulk.query('TRUNCATE inquiry, message_subscription');
  await bulk.query(`DELETE FROM job WHERE tenant_id = $1 AND kind = 'external'`, [TENANT]);
  await settleTables(bulk);
}

/** What autovacuum does in its own time, before it can disturb the measuring. */
export async function settleTables(bulk: Tx): Promise<void> {
  await bulk.query('VACUUM (ANALYZE)');
  await bulk.query('CHECKPOINT');
}

const INQUIRIES = `INSERT INTO inquiry (tenant_id, id, reference, service_code, unit_code, channel,
    own_words, identified, status, priority, received_at, registered_at, registered_by, expected_by,
    changed_at, answers, instance_id)
  SELECT tenant_id, instance_id, 'SCALE-' || instance_id, 'DUNK', candidate_groups[1], 'phone', false,
    false, 'inProgress', 50, created_at, created_at, 'agent', created_at + interval '10 days',
    created_at, '{}', instance_id
  FROM user_task WHERE tenant_id = $1 AND state = 'created'`;

const SUBSCRIPTIONS = `INSERT INTO message_subscription (tenant_id, id, kind, instance_id,
    execution_id, element_id, process_id, name, correlation_key, created_at)
  SELECT tenant_id, id, 'message', id, 'answer_0123456789', 'answer', 'answered', 'answer',
    'waits-' || id, started_at
  FROM process_instance WHERE tenant_id = $1 AND process_id = 'five' AND status = 'active'`;

const JOBS = `INSERT INTO job (tenant_id, id, instance_id, execution_id, element_id, kind, type,
    payload, available_at, retries, created_at)
  SELECT tenant_id, id, id, 'outside_0123456789', 'outside', 'external', 'outside',
    '{"headers":{}}', started_at, 3, started_at
  FROM process_instance WHERE tenant_id = $1 AND process_id = 'five' AND status = 'active'`;
