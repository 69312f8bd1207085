import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import { UnavailableError } from '../../src/kernel/errors.js';
import { secondNodeDatabase, testDatabase } from '../helpers/database.js';
import { describeWith } from '../helpers/needs.js';

/** What only a server of its own can do to a connection. */
describeWith('postgres', 'failures of a server', () => {
  let db: Db;
  let other: Db;

  before(async () => {
    db = await testDatabase();
    other = await secondNodeDatabase();
    await db.query('CREATE TABLE account (id integer PRIMARY KEY, amount integer NOT NULL)');
    await db.query('INSERT INTO account VALUES (1, 100)');
  });

  after(() => db.query('DROP TABLE account'));

  it('end a transaction whose connection is lost, and the next one works', async () => {
    const work = db.inTransaction(async (tx) => {
      await tx.query('UPDATE account SET amount = 0');
      const [own] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await other.query('SELECT pg_terminate_backend($1, 5000)', [own!.pid]);
      await tx.query('SELECT 1');
    });
    const error = await work.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UnavailableError).with.property('code', 'database_unavailable');
    const rows = await db.inTransaction((tx) => tx.query('SELECT amount FROM account'));
    expect(rows).to.deep.equal([{ amount: 100 }]);
  });

  it('do not come from a table that another node has migrated meanwhile', async () => {
    const read = () =>
      db.inTransaction((tx) => tx.query('SELECT * FROM account', [], { name: 'read_account' }));
    const readOnce = () => db.query('SELECT * FROM account', [], { name: 'read_account' });
    // On every connection of the pool, so that the next one surely has the old plan.
    await Promise.all(Array.from({ length: 10 }, read));
    await other.query(`ALTER TABLE account ADD COLUMN currency text DEFAULT 'NOK'`);
    expect(await read()).to.deep.equal([{ id: 1, amount: 100, currency: 'NOK' }]);
    await Promise.all(Array.from({ length: 10 }, read));
    await other.query('ALTER TABLE account DROP COLUMN currency');
    expect(await readOnce()).to.deep.equal([{ id: 1, amount: 100 }]);
  });
});
