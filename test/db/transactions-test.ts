import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import type { Tx } from '../../src/db/tx.js';
import { UnavailableError } from '../../src/kernel/errors.js';
import { testDatabase } from '../helpers/database.js';
import { itWith } from '../helpers/needs.js';

describe('transactions', () => {
  let db: Db;

  before(async () => {
    db = await testDatabase();
    await db.query('CREATE TABLE account (id integer PRIMARY KEY, amount integer NOT NULL)');
  });

  beforeEach(async () => {
    await db.query('DELETE FROM account');
    await db.query('INSERT INTO account VALUES (1, 100), (2, 100)');
  });

  after(() => db.query('DROP TABLE account'));

  const amounts = async (tx: Tx = db) => {
    const rows = await tx.query<{ amount: number }>('SELECT amount FROM account ORDER BY id');
    return rows.map(({ amount }) => amount);
  };
  const add = (tx: Tx, id: number, amount: number) =>
    tx.query('UPDATE account SET amount = amount + $2 WHERE id = $1', [id, amount]);

  it('commit what they did, and return what they made', async () => {
    const result = await db.inTransaction(async (tx) => {
      await add(tx, 1, -30);
      await add(tx, 2, 30);
      return amounts(tx);
    });
    expect(result).to.deep.equal([70, 130]);
    expect(await amounts()).to.deep.equal([70, 130]);
  });

  it('leave nothing behind when the work fails', async () => {
    const failure = new Error('changed my mind');
    const work = db.inTransaction(async (tx) => {
      await add(tx, 1, -30);
      throw failure;
    });
    expect(await work.catch((error: unknown) => error)).to.equal(failure);
    expect(await amounts()).to.deep.equal([100, 100]);
  });

  it('do not see or undo each other when they overlap', async () => {
    const enough = { started: 0 };
    const run = (id: number, fail: boolean) =>
      db.inTransaction(async (tx) => {
        enough.started += 1;
        await add(tx, id, 1);
        const seen = await amounts(tx);
        await add(tx, id, 1);
        if (fail) throw new Error('roll back');
        return seen;
      });
    const work = [run(1, true), run(2, false), run(1, true), run(2, false)];
    const outcomes = await Promise.allSettled(work);
    expect(outcomes.map(({ status }) => status)).to.deep.equal([
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') expect(outcome.value[0]).to.equal(100);
    }
    expect(enough.started).to.equal(4);
    expect(await amounts()).to.deep.equal([100, 104]);
  });

  it('lose no update under many clients', async () => {
    const one = () =>
      db.inTransaction(async (tx) => {
        const [row] = await tx.query<{ amount: number }>(
          'SELECT amount FROM account WHERE id = 1 FOR UPDATE',
          [],
          { name: 'lock_account' },
        );
        await tx.query('UPDATE account SET amount = $1 WHERE id = 1', [row!.amount + 1]);
      });
    await Promise.all(Array.from({ length: 40 }, one));
    expect(await amounts()).to.deep.equal([140, 100]);
  });

  it('say that nothing was committed when a failed query was ignored', async () => {
    const work = db.inTransaction(async (tx) => {
      await add(tx, 1, 5);
      await tx.query('INSERT INTO account VALUES (1, 0)').catch(() => {});
    });
    expect(await work.catch(String)).to.include('nothing was committed');
    expect(await amounts()).to.deep.equal([100, 100]);
  });

  it('wait for a query that nobody awaited, and commit it', async () => {
    const seen = await db.inTransaction(async (tx) => {
      void add(tx, 1, -30);
      void add(tx, 2, 30);
      return 'not awaited';
    });
    expect(seen).to.equal('not awaited');
    await db.inTransaction(async (tx) => void add(tx, 1, -1));
    expect(await amounts()).to.deep.equal([69, 130]);
  });

  it('fail with what a query failed of that nobody awaited', async () => {
    const insert = (tx: Tx) => tx.query('INSERT INTO account VALUES (1, 0)');
    const last = db.inTransaction(async (tx) => {
      await add(tx, 1, 5);
      void insert(tx);
    });
    expect(await last.catch(String)).to.include('account_pkey');
    const first = db.inTransaction(async (tx) => {
      void insert(tx);
      await add(tx, 1, 5);
    });
    expect(await first.catch(String)).to.include('account_pkey');
    const only = db.inTransaction(async (tx) => void insert(tx));
    expect(await only.catch(String)).to.include('account_pkey');
    expect(await amounts()).to.deep.equal([100, 100]);
  });

  it('commit nothing when a value of an unawaited query could not even be sent', async () => {
    const round: Record<string, unknown> = {};
    round['self'] = round;
    const work = db.inTransaction(async (tx) => {
      await add(tx, 1, 5);
      void tx.query('SELECT $1::jsonb', [round]);
    });
    expect(await work.catch(String)).to.include('circular');
    expect(await amounts()).to.deep.equal([100, 100]);
  });

  it('refuse a query after their end, when the connection is somebody else’s', async () => {
    const kept = await db.inTransaction(async (tx) => tx);
    expect(await kept.query('SELECT 1').catch(String)).to.include('transaction has ended');
  });

  it('answer a locking query awaited outside them with a clear error, and go on', async () => {
    const work = db.inTransaction(async (tx) => {
      await add(tx, 1, 5);
      await add(db, 1, 5);
    });
    const error = await work.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UnavailableError).with.property('code', 'database_busy');
    const hint = db.kind === 'embedded' ? 'awaited inside a transaction' : 'lock timeout';
    expect(String(error)).to.include(hint);
    expect(await amounts()).to.deep.equal([100, 100]);
  });

  itWith('postgres', 'are tried again when two of them block each other', async () => {
    const runs = { count: 0 };
    let bothRun = () => {};
    const both = new Promise<void>((resolve) => {
      bothRun = resolve;
    });
    const move = (from: number, to: number) =>
      db.inTransaction(async (tx) => {
        await add(tx, from, -10);
        if (++runs.count === 2) bothRun();
        await both;
        await add(tx, to, 10);
      });
    await Promise.all([move(1, 2), move(2, 1)]);
    expect(runs.count).to.be.greaterThan(2);
    expect(await amounts()).to.deep.equal([100, 100]);
  });
});
