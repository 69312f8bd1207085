import { randomUUID } from 'node:crypto';
import type { Clock } from '../kernel/clock.js';
import { systemClock } from '../kernel/clock.js';
import { UnavailableError } from '../kernel/errors.js';
import type { Logger } from '../kernel/log.js';
import type { Tx } from './tx.js';

/** A number that no other living node of this database has. */
export interface NodeLease {
  readonly node: number;
  /**
   * Resolves at once while the lease runs; renews it first when this process was stopped for longer.
   * @throws UnavailableError node_lost when another node has the number: ids could repeat
   */
  ensure(): Promise<void>;
  /** Stops renewing and gives the number back. */
  release(): Promise<void>;
}

const LEASE_SECONDS = 300;
const RENEW_EVERY_MS = 60_000;

/** The longest unused first: a number rests before it comes back, should a clock have gone back. */
const CLAIM = `
  UPDATE node SET owner = $1, lease_until = now() + make_interval(secs => $2)
  WHERE number = (
    SELECT number FROM node WHERE lease_until < now()
    ORDER BY lease_until, number LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING number`;
const RENEW = `
  UPDATE node SET lease_until = now() + make_interval(secs => $3)
  WHERE number = $1 AND owner = $2 RETURNING number`;
const RELEASE = `UPDATE node SET owner = NULL, lease_until = now() WHERE number = $1 AND owner = $2`;

/**
 * Claims a node number and keeps it renewed. `clock` must run with the database's, whatever time the
 * application is told: the wall clock, because a machine's monotonic one may stand while it sleeps.
 * @throws UnavailableError no_free_node when all are taken
 */
export async function claimNode(
  db: Tx,
  log: Logger,
  clock: Clock = systemClock,
): Promise<NodeLease> {
  const owner = randomUUID();
  let renewedAt = clock().getTime();
  const [claimed] = await db.query<{ number: number }>(CLAIM, [owner, LEASE_SECONDS]);
  if (!claimed) throw new UnavailableError('no_free_node', 'All node numbers are in use.');
  const node = claimed.number;

  const renew = async () => {
    const startedAt = clock().getTime();
    const rows = await db.query(RENEW, [node, owner, LEASE_SECONDS]);
    if (rows.length === 0) {
      throw new UnavailableError(
        'node_lost',
        `Node number ${node} now belongs to another process; restart this one.`,
      );
    }
    renewedAt = startedAt;
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn('the node lease was not renewed', { node, error }));
  }, RENEW_EVERY_MS).unref();

  return {
    node,
    ensure: async () => {
      if (clock().getTime() - renewedAt >= LEASE_SECONDS * 1000) await renew();
    },
    release: async () => {
      clearInterval(timer);
      await db.query(RELEASE, [node, owner]);
    },
  };
}
