import type { Duplex } from 'node:stream';
import { expect } from 'chai';
import pg from 'pg';
import type { EmbeddedServer } from '../../src/db/embedded-server.js';
import { startEmbeddedServer } from '../../src/db/embedded-server.js';
import { createLogger } from '../../src/kernel/log.js';
import { describeWith } from '../helpers/needs.js';

describeWith('embedded', 'embedded server', () => {
  let server: EmbeddedServer;
  let clients: { client: pg.Client; stream: Duplex }[] = [];

  const connect = async () => {
    const stream = server.connect();
    const client = new pg.Client({ stream: () => stream, user: 'postgres', ssl: false });
    client.on('error', () => {}); // some of these are meant to break
    await client.connect();
    clients.push({ client, stream });
    return { client, stream };
  };

  before(async () => {
    const log = createLogger({ level: 'silent' });
    server = await startEmbeddedServer({ dataDir: undefined, waitMs: 200, log });
    const { client } = await connect();
    await client.query('CREATE TABLE counter (id integer PRIMARY KEY, value integer NOT NULL)');
  });

  beforeEach(async () => {
    const { client } = await connect();
    await client.query('DELETE FROM counter');
    await client.query('INSERT INTO counter VALUES (1, 0), (2, 0), (3, 0), (4, 0)');
  });

  afterEach(async () => {
    await Promise.all(clients.map(({ client }) => client.end().catch(() => {})));
    clients = [];
  });

  after(() => server.close());

  const add = (client: pg.Client, id = 1) =>
    client.query('UPDATE counter SET value = value + 1 WHERE id = $1', [id]);
  const value = async (client: pg.Client, id = 1): Promise<number> =>
    (await client.query('SELECT value FROM counter WHERE id = $1', [id])).rows[0].value;

  it('undoes the transaction of a client that goes away', async () => {
    const [lost, other] = [await connect(), await connect()];
    await lost.client.query('BEGIN');
    await add(lost.client);
    lost.stream.destroy();
    await add(other.client);
    expect(await value(other.client)).to.equal(1);
  });

  it('undoes it also when the client goes while its statement runs', async () => {
    const [lost, other] = [await connect(), await connect()];
    const begin = lost.client.query('BEGIN; UPDATE counter SET value = 7').catch(String);
    lost.stream.destroy();
    expect(await begin).to.include('Connection terminated');
    await add(other.client);
    expect(await value(other.client)).to.equal(1);
  });

  it('lets two clients use one name for different statements', async () => {
    const [one, other] = [await connect(), await connect()];
    const ask = async ({ client }: { client: pg.Client }, text: string) =>
      (await client.query({ name: 'same', text })).rows[0].answer;
    expect(await ask(one, `SELECT 'one' AS answer`)).to.equal('one');
    expect(await ask(other, `SELECT 'other' AS answer`)).to.equal('other');
    expect(await ask(one, `SELECT 'one' AS answer`)).to.equal('one');
  });

  it('drops the statements of a client that ends', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.client.query({ name: 'gone', text: 'SELECT 1' });
    await one.client.end();
    const { rows } = await other.client.query('SELECT name FROM pg_prepared_statements');
    expect(rows.filter(({ name }) => /_gone$/.test(name))).to.deep.equal([]);
  });

  it('refuses a query that waits too long for a transaction, and goes on', async () => {
    const [owner, stray] = [await connect(), await connect()];
    await owner.client.query('BEGIN');
    await add(owner.client);
    const error = await add(stray.client).catch((reason: unknown) => reason);
    expect(error).to.have.property('code', '55P03');
    expect(String(error)).to.include('awaited inside a transaction');
    await owner.client.query('COMMIT');
    await add(stray.client);
    expect(await value(stray.client)).to.equal(2);
  });

  it('lets timers run while clients keep it busy', async () => {
    const { client } = await connect();
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 10);
    const begin = performance.now();
    while (performance.now() - begin < 300) await add(client);
    clearInterval(timer);
    expect(ticks).to.be.greaterThan(10);
  });

  it('keeps count through commits, rollbacks, errors and lost clients in any order', async () => {
    const committed = [0, 0, 0, 0, 0];
    const lane = async (id: number) => {
      let { client, stream } = await connect();
      for (let i = 0; i < 60; i++) {
        await client.query('BEGIN');
        await add(client, id);
        const end = ['COMMIT', 'COMMIT', 'ROLLBACK', 'error', 'leave'][(i * 7 + id) % 5]!;
        if (end === 'leave') {
          stream.destroy();
          ({ client, stream } = await connect());
        } else if (end === 'error') {
          await client.query('SELECT nonsense').catch(() => {});
          expect((await client.query('COMMIT')).command).to.equal('ROLLBACK');
        } else {
          await client.query(end);
          if (end === 'COMMIT') committed[id]! += 1;
        }
      }
      expect(await value(client, id)).to.equal(committed[id]);
    };
    await Promise.all([1, 2, 3, 4].map(lane));
    expect(committed.slice(1)).to.deep.equal([24, 24, 24, 24]);
  });
});
