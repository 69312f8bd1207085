import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import pg from 'pg';
import { startPostgresServer } from '../../scripts/postgres-server.mjs';
import { describeWith } from '../helpers/needs.js';

const SCRIPT = new URL('../../scripts/postgres-server.mjs', import.meta.url).href;

/** A program that starts a server, tells its address, and waits. */
const OWNER = `
  const { startPostgresServer } = await import(${JSON.stringify(SCRIPT)});
  console.log((await startPostgresServer()).url);
  setInterval(() => {}, 1000);
`;

async function accepts(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe('a throw-away PostgreSQL server', () => {
  it('says what is wrong when it cannot start', async () => {
    let problem: unknown;
    await startPostgresServer({ programs: '/no/such/folder' }).catch((error: unknown) => {
      problem = error;
    });
    expect(problem).to.be.instanceOf(Error).with.property('message').that.contains('initdb');
  });

  describeWith('postgres programs', 'that is installed', () => {
    it('answers on loopback until it is stopped', async () => {
      const server = await startPostgresServer();
      const client = new pg.Client(server.url);
      await client.connect();
      const { rows } = await client.query("SELECT lower('ÆØÅ') AS lower, current_setting('fsync')");
      expect(rows).to.deep.equal([{ lower: 'æøå', current_setting: 'off' }]);
      await client.end();
      await server.stop();
      expect(await accepts(server.url)).to.be.false;
    });

    it('keeps its address and its data when it is away for a while', async () => {
      const server = await startPostgresServer();
      const run = async (sql: string) => {
        const client = new pg.Client(server.url);
        await client.connect();
        const { rows } = await client.query(sql);
        await client.end();
        return rows as unknown[];
      };
      await run('CREATE TABLE kept AS SELECT 1 AS number');
      await server.pause();
      expect(await accepts(server.url)).to.be.false;
      await server.resume();
      expect(await run('SELECT number FROM kept')).to.deep.equal([{ number: 1 }]);
      await server.pause();
      await server.stop();
    });

    it('ends with a program that was killed', async () => {
      const owner = spawn(process.execPath, ['--input-type=module', '--eval', OWNER], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(owner.stdout, 'data')) as [Buffer];
      const url = line.toString().trim();
      expect(await accepts(url)).to.be.true;
      owner.kill('SIGKILL');
      while (await accepts(url));
    });

    it('is durable where that is what is measured', async () => {
      const server = await startPostgresServer({ durable: true });
      const client = new pg.Client(server.url);
      await client.connect();
      const { rows } = await client.query('SHOW fsync');
      expect(rows).to.deep.equal([{ fsync: 'on' }]);
      await client.end();
      await server.stop();
    });
  });
});
