import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import { pauseClock, resumeClock } from './case-clock.js';
import type { Change } from './lifecycle.js';

/** What a crisis does to the clocks of its service; each of them in a transaction of its own. */
export interface Suspension {
  service: string;
  /** Runs work in a short transaction. */
  inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/**
 * Stops the clocks of all open cases of a service (forvaltningslovforskriften § 39: special
 * circumstances that are not the authority's fault). Resolves to how many it stopped.
 */
export async function suspendGuarantees(
  change: Change,
  { service, inTransaction }: Suspension,
): Promise<number> {
  const ids = await inTransaction((tx) =>
    idsOf(
      tx,
      `SELECT id FROM inquiry WHERE tenant_id = $1 AND service_code = $2 AND closed_at IS NULL
         AND paused_at IS NULL ORDER BY id`,
      [change.tenant, service],
    ),
  );
  for (const id of ids) {
    await inTransaction(async (tx) => {
      if (await isOpenCase(tx, change.tenant, id)) {
        await pauseClock(tx, change, id, 'specialCircumstances');
      }
    });
  }
  return ids.length;
}

/** Lets those clocks go on that special circumstances stopped. Resolves to how many. */
export async function resumeGuarantees(
  change: Change,
  { service, inTransaction }: Suspension,
): Promise<number> {
  const ids = await inTransaction((tx) =>
    idsOf(
      tx,
      `SELECT i.id FROM inquiry i WHERE i.tenant_id = $1 AND i.service_code = $2
         AND i.closed_at IS NULL AND i.paused_at IS NOT NULL AND 'specialCircumstances' = (
           SELECT e.reason FROM clock_event e WHERE e.tenant_id = i.tenant_id
             AND e.inquiry_id = i.id AND e.kind = 'PAUSE' ORDER BY e.id DESC LIMIT 1)
       ORDER BY i.id`,
      [change.tenant, service],
    ),
  );
  for (const id of ids) await inTransaction((tx) => resumeClock(tx, change, id));
  return ids.length;
}

async function idsOf(tx: Tx, sql: string, values: readonly string[]): Promise<Id[]> {
  const rows = await tx.query<{ id: Id }>(sql, [...values]);
  return rows.map(({ id }) => id);
}

async function isOpenCase(tx: Tx, tenant: string, id: Id): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM inquiry WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL
       FOR UPDATE`,
    [tenant, id],
  );
  return rows.length === 1;
}
