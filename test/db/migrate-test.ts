import { expect } from 'chai';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { openDatabase } from '../../src/db/database.js';
import { createServerDatabase, testServerUrl } from '../helpers/database.js';
import { describeWith } from '../helpers/needs.js';

/** These need an empty database, which the embedded one is only while it is being opened. */
describeWith('postgres', 'migrations on a server', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;

  beforeEach(async () => {
    server = await createServerDatabase(testServerUrl ?? '');
  });

  afterEach(() => server.drop());

  it('run once when three nodes start at the same time', async () => {
    const start = () => openDatabase({ migrations, databaseUrl: server.url, poolSize: 2 });
    const nodes = await Promise.all([start(), start(), start()]);
    try {
      const done = await nodes[0].query('SELECT name FROM migrations');
      expect(done).to.have.length(migrations.length);
      expect(new Set(nodes.map(({ node }) => node)).size).to.equal(3);
    } finally {
      await Promise.all(nodes.map((node) => node.close()));
    }
  });

  it('can all be undone and run again', async () => {
    const source = await new DataSource({
      type: 'postgres',
      driver: pg,
      url: server.url,
      migrations,
    }).initialize();
    const tables = async () => {
      const rows: { name: string }[] = await source.query(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
      );
      return rows.map(({ name }) => name);
    };
    try {
      await source.runMigrations();
      const before = await tables();
      for (const _ of migrations) await source.undoLastMigration();
      expect(await tables()).to.deep.equal(['migrations']);
      await source.runMigrations();
      expect(await tables()).to.deep.equal(before);
    } finally {
      await source.destroy();
    }
  });
});
