import type { Tx } from '../../db/tx.js';

/**
 * Makes stored messages look again, now that somebody has begun to wait for them. It is on its way
 * when this returns; the transaction fails with it.
 */
export function wakeMessages(
  tx: Tx,
  tenant: string,
  subscriptions: readonly { name: string; correlation_key: string }[],
  now: Date,
): void {
  if (!subscriptions.length) return;
  void tx.query(
    `UPDATE job j SET available_at = $3 FROM message m
       JOIN jsonb_to_recordset($2::jsonb) AS s(name text, correlation_key text)
         ON s.name = m.name AND s.correlation_key = m.correlation_key
     WHERE m.tenant_id = $1 AND j.tenant_id = $1 AND j.id = m.id AND m.expires_at > $3
       AND j.available_at > $3`,
    [tenant, JSON.stringify(subscriptions), now],
    { name: 'wake-messages' },
  );
}
