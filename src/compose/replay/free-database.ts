import { DEMO_TENANTS } from '../../access/demo-users.js';
import type { Db } from '../../db/database.js';
import { ConflictError } from '../../kernel/errors.js';

/** A node that was killed keeps its number until its lease ends. */
const OTHER_NODES = `
  SELECT count(*)::int AS count FROM node
  WHERE number <> $1 AND owner IS NOT NULL AND lease_until > now()`;

const OWN_CASES = 'SELECT count(*)::int AS count FROM inquiry WHERE tenant_id = $1';

const OTHERS_WORK = `
  SELECT count(*)::int AS count FROM job
  WHERE tenant_id <> $1 AND retries > 0 AND available_at <= $2`;

/**
 * Makes sure that a replay neither mixes with other cases nor does, on its moved clock, what others
 * wait for, and that no other node does the replay's work at its own time.
 * @throws ConflictError 'tenant_taken', 'nodes_at_work' or 'work_of_others'
 */
export async function requireFreeDatabase(
  db: Db,
  { tenant, until }: { tenant: string; until: Date },
): Promise<void> {
  const count = async (sql: string, ...values: unknown[]) =>
    (await db.query<{ count: number }>(sql, values))[0]?.count ?? 0;
  const isDemo = DEMO_TENANTS.some((demo) => demo === tenant);
  if (isDemo || (await count(OWN_CASES, tenant)) > 0) {
    const message = `The municipality ${tenant} has cases of its own; name another with --tenant.`;
    throw new ConflictError('tenant_taken', message);
  }
  if ((await count(OTHER_NODES, db.node)) > 0) {
    const message =
      'Other nodes work on this database, at the time of their own clocks. Stop them, wait five ' +
      'minutes for any that was killed, or replay in memory.';
    throw new ConflictError('nodes_at_work', message);
  }
  const others = await count(OTHERS_WORK, tenant, until);
  if (others > 0) {
    const message = `${others} timers or jobs of other municipalities fall due before the log ends.`;
    throw new ConflictError('work_of_others', `${message} Replay into another database.`);
  }
}
