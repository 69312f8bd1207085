import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import { secondNodeDatabase, testDatabase } from '../helpers/database.js';
import { itWith } from '../helpers/needs.js';

describe('listening', () => {
  let db: Db;

  before(async () => {
    db = await testDatabase();
  });

  const notify = (channel: string, payload: string, fail = false) =>
    db.inTransaction(async (tx) => {
      await tx.query('SELECT pg_notify($1, $2)', [channel, payload]);
      if (fail) throw new Error('roll back');
    });

  /** Hears until `last` comes. */
  async function heardUntil(channel: string, last: string, speak: () => Promise<void>, on = db) {
    const heard: string[] = [];
    let stop = async () => {};
    await new Promise<void>((resolve, reject) => {
      const hear = (payload: string) => {
        heard.push(payload);
        if (payload === last) resolve();
      };
      on.listen(channel, hear)
        .then((end) => {
          stop = end;
          return speak();
        })
        .catch(reject);
    });
    await stop();
    return heard;
  }

  it('hears what is committed, in order, and nothing that is rolled back', async () => {
    const heard = await heardUntil('news', 'last', async () => {
      await notify('news', 'first');
      await notify('news', 'never', true).catch(() => {});
      await notify('other', 'elsewhere');
      await notify('news', 'last');
    });
    expect(heard).to.deep.equal(['first', 'last']);
  });

  it('hears another node', async () => {
    const second = await secondNodeDatabase();
    const heard = await heardUntil('news', 'hello', () => notify('news', 'hello'), second);
    expect(heard).to.deep.equal(['hello']);
  });

  it('hears nothing more after its end, while others still do', async () => {
    const ended: string[] = [];
    const end = await db.listen('news', (payload) => ended.push(payload));
    await end();
    const heard = await heardUntil('news', 'last', () => notify('news', 'last'));
    expect(heard).to.deep.equal(['last']);
    expect(ended).to.deep.equal([]);
  });

  itWith('postgres', 'hears again after its connection was lost', async () => {
    let heard = false;
    const end = await db.listen('news', () => {
      heard = true;
    });
    const killed = await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query = 'LISTEN news'`,
    );
    expect(killed).to.have.length(1);
    while (!heard) await notify('news', 'are you back?');
    await end();
  });

  it('refuses a channel that is not a plain name', async () => {
    const error = await db
      .listen('a; DROP TABLE node', () => {})
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TypeError);
  });
});
