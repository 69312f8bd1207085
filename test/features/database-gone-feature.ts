import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { findPostgresPrograms, startPostgresServer } from '../../scripts/postgres-server.mjs';
import type { PostgresServer } from '../../scripts/postgres-server.mjs';
import type { Cluster } from '../crash/cluster.js';
import { itLostAndRepeatedNothing, tellRun } from '../crash/expectations.js';
import type { RunResult } from '../crash/result.js';
import { readResult } from '../crash/result.js';
import { runLoad } from '../crash/run.js';
import { testServerUrl } from '../helpers/database.js';
import { describeUnless } from '../helpers/needs.js';

const MINUTE_MS = 60_000;

const lack = testServerUrl === undefined ? 'needs PostgreSQL' : lackOfPrograms();

function lackOfPrograms(): string | undefined {
  return findPostgresPrograms() ? undefined : 'needs the programs of PostgreSQL';
}

/** What a request was answered while the database was away. */
interface Refusal {
  request: string;
  status: number;
  type: string | null;
  retryAfter: string | null;
  code: string;
}

describeUnless(lack, 'Feature: PostgreSQL is away for a while', function () {
  this.timeout(10 * MINUTE_MS);
  const refusals: Refusal[] = [];
  let server: PostgresServer;
  let result: RunResult;

  before('Given two nodes under load, when their database stops twice and comes back', async () => {
    server = await startPostgresServer();
    const run = await runLoad({
      databaseUrl: server.url,
      nodes: 2,
      rounds: 2,
      seed: Date.now() % 1_000_000,
      disturb: async (cluster, random) => {
        await cluster.allServe();
        await delay(1000 + random.below(1500));
        await server.pause();
        await delay(500);
        refusals.push(...(await ask(cluster)));
        await delay(500 + random.below(1000));
        await server.resume();
      },
    });
    tellRun(run);
    result = await readResult(run);
  });

  after(async () => {
    await result?.db.close();
    await server?.stop();
  });

  it('then every request meanwhile is answered by a problem that says to come again', () => {
    expect(refusals).to.have.length(2 * 4);
    for (const { request, ...told } of refusals) {
      expect(told, request).to.deep.equal({
        status: 503,
        type: 'application/problem+json',
        retryAfter: '1',
        code: 'database_unavailable',
      });
    }
  });

  it('and the nodes go on without a restart', () => {
    expect(result.run.kills).to.deep.equal({ serving: 0, starting: 0 });
    expect(result.run.exitCodes).to.deep.equal([0, 0]);
  });

  itLostAndRepeatedNothing(() => result);
});

/** A read, a write, one of each API, and the probe that a balancer asks. */
async function ask(cluster: Cluster): Promise<Refusal[]> {
  const draft = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust' };
  const requests: [method: string, path: string, body?: object][] = [
    ['GET', '/api/tasks'],
    ['POST', '/api/inquiries', draft],
    ['POST', '/v2/user-tasks/search', {}],
    ['GET', '/healthz'],
  ];
  const headers = {
    authorization: `Basic ${Buffer.from('agent:demo').toString('base64')}`,
    'content-type': 'application/json',
  };
  return Promise.all(
    requests.map(async ([method, path, body]) => {
      const url = `${await cluster.url()}${path}`;
      const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      const response = await fetch(url, sent);
      const problem = (await response.json()) as { code?: string; title?: string };
      return {
        request: `${method} ${path}`,
        status: response.status,
        type: response.headers.get('content-type')?.split(';')[0] ?? null,
        retryAfter: response.headers.get('retry-after'),
        code: problem.code ?? problem.title ?? '',
      };
    }),
  );
}
