import { expect } from 'chai';
import { EntitySchema } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import type { Db } from '../../src/db/database.js';
import { openDatabase } from '../../src/db/database.js';
import { UnavailableError } from '../../src/kernel/errors.js';
import {
  createServerDatabase,
  emptyTables,
  secondNodeDatabase,
  testDatabase,
  testServerUrl,
} from '../helpers/database.js';
import { itWith } from '../helpers/needs.js';

describe('database', () => {
  let db: Db;

  before(async () => {
    db = await testDatabase();
  });

  it('gives every type back as it came', async () => {
    const at = new Date('2026-03-29T01:30:00.123Z');
    const [row] = await db.query(
      `SELECT $1::bigint AS id, $2::timestamptz AS at, $3::jsonb AS object, $4::jsonb AS list,
        $5::text[] AS names, $6::bytea AS bytes, $7::boolean AS flag, $8::numeric AS amount,
        $9::date AS day, $10::integer AS count, $11::bigint[] AS ids, $12::text AS nothing`,
      [
        '9223372036854775807',
        at,
        { a: [1, { b: 'æøå' }], c: null },
        JSON.stringify([1, 'to']),
        ['Bø', 'a,"b"', ''],
        Buffer.from([0, 1, 255]),
        true,
        '12345678901234567890.10',
        '2026-05-17',
        42,
        ['1', '9223372036854775806'],
        null,
      ],
    );
    expect(row).to.deep.equal({
      id: '9223372036854775807',
      at,
      object: { a: [1, { b: 'æøå' }], c: null },
      list: [1, 'to'],
      names: ['Bø', 'a,"b"', ''],
      bytes: Buffer.from([0, 1, 255]),
      flag: true,
      amount: '12345678901234567890.10',
      day: '2026-05-17',
      count: 42,
      ids: ['1', '9223372036854775806'],
      nothing: null,
    });
  });

  it('counts days in UTC, wherever the machine stands', async () => {
    const [row] = await db.query(`SELECT '2026-01-01T23:30:00Z'::timestamptz::date AS day`);
    expect(row).to.deep.equal({ day: '2026-01-01' });
  });

  it('carries large values whole, from several clients at once', async () => {
    const echo = async (letter: string) => {
      const text = letter.repeat(300_000);
      const [row] = await db.query<{ text: string }>('SELECT $1::text AS text', [text], {
        name: 'echo_text',
      });
      return row?.text === text;
    };
    const letters = Array.from({ length: 24 }, (_, i) => String.fromCharCode(97 + i));
    expect(await Promise.all(letters.map(echo))).to.deep.equal(letters.map(() => true));
  });

  it('reports an SQL error with its SQLSTATE', async () => {
    const error = await db.query('SELECT 1 / $1::integer', [0]).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(Error).with.property('code', '22012');
  });

  it('serves entities for administration reads', async () => {
    const nodes = new EntitySchema<{ number: number }>({
      name: 'Node',
      tableName: 'node',
      columns: { number: { type: 'integer', primary: true } },
    });
    const server = testServerUrl && (await createServerDatabase(testServerUrl));
    const where = server ? { databaseUrl: server.url } : {};
    const own = await openDatabase({ migrations, entities: [nodes], ...where });
    expect(await own.dataSource.getRepository(nodes).count()).to.equal(1024);
    await own.close();
    if (server) await server.drop();
  });

  it('has run every migration once, in order', async () => {
    const done = await db.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    expect(done.map(({ name }) => name)).to.deep.equal(migrations.map(({ name }) => name));
  });

  it('is emptied for the next test file, but for migrations and nodes', async () => {
    await db.query('CREATE TABLE leftover (id integer)');
    await db.query('INSERT INTO leftover VALUES (1)');
    await emptyTables(db);
    expect(await db.query('SELECT * FROM leftover')).to.deep.equal([]);
    expect(await db.query('SELECT number FROM node')).to.have.length(1024);
    await db.query('DROP TABLE leftover');
  });

  itWith('postgres', 'gives each node its own number', async () => {
    const second = await secondNodeDatabase();
    expect(second.node).not.to.equal(db.node);
    for (const { node } of [db, second]) expect(node).to.be.within(0, 1023);
  });

  it('says that a server cannot be reached', async () => {
    const opening = openDatabase({ migrations, databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
    const error = await opening.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UnavailableError);
    expect(error).to.have.property('code', 'database_unavailable');
  });
});
