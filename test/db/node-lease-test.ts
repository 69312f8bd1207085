import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import type { NodeLease } from '../../src/db/node-lease.js';
import { claimNode } from '../../src/db/node-lease.js';
import { movableClock, systemClock } from '../../src/kernel/clock.js';
import { UnavailableError } from '../../src/kernel/errors.js';
import { createLogger } from '../../src/kernel/log.js';
import { testDatabase } from '../helpers/database.js';

const OTHER = '00000000-0000-4000-8000-000000000001';

describe('node lease', () => {
  const log = createLogger({ level: 'silent' });
  let db: Db;
  let leases: NodeLease[] = [];

  before(async () => {
    db = await testDatabase();
  });

  afterEach(async () => {
    for (const lease of leases) await lease.release();
    leases = [];
    await db.query(`UPDATE node SET owner = NULL, lease_until = '-infinity' WHERE owner = $1`, [
      OTHER,
    ]);
  });

  const claim = async (clock = systemClock) => {
    const lease = await claimNode(db, log, clock);
    leases.push(lease);
    return lease;
  };
  const rowOf = async ({ node }: { node: number }) => {
    const [row] = await db.query<{ owner: string | null; seconds: number }>(
      `SELECT owner, extract(epoch FROM lease_until - now())::float AS seconds
       FROM node WHERE number = $1`,
      [node],
    );
    return row!;
  };

  it('gives everybody a number of their own', async () => {
    const claimed = await Promise.all(Array.from({ length: 12 }, () => claim()));
    const numbers = [db.node, ...claimed.map(({ node }) => node)];
    expect(new Set(numbers).size).to.equal(13);
  });

  it('lets a number rest before it comes back', async () => {
    const first = await claim();
    await first.release();
    expect((await rowOf(first)).owner).to.equal(null);
    expect((await claim()).node).not.to.equal(first.node);
  });

  it('is renewed before anything is done after a long sleep', async () => {
    const clock = movableClock(new Date());
    const lease = await claim(clock);
    await db.query('UPDATE node SET lease_until = now() WHERE number = $1', [lease.node]);
    await lease.ensure();
    expect((await rowOf(lease)).seconds).to.be.at.most(0);
    clock.advance(300_000);
    await lease.ensure();
    expect((await rowOf(lease)).seconds).to.be.greaterThan(290);
  });

  it('that was lost lets nothing more be done, and is left to its new owner', async () => {
    const clock = movableClock(new Date());
    const lease = await claim(clock);
    await db.query('UPDATE node SET owner = $2 WHERE number = $1', [lease.node, OTHER]);
    clock.advance(300_000);
    const error = await lease.ensure().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UnavailableError).with.property('code', 'node_lost');
    await lease.release();
    expect((await rowOf(lease)).owner).to.equal(OTHER);
  });

  it('is refused when all numbers are taken', async () => {
    await db.query(
      `UPDATE node SET owner = $1, lease_until = now() + interval '1 hour'
       WHERE lease_until < now()`,
      [OTHER],
    );
    const error = await claim().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UnavailableError).with.property('code', 'no_free_node');
  });
});
