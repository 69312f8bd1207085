import { expect } from 'chai';
import express from 'express';
import supertest from 'supertest';
import type { Tx } from '../../src/db/tx.js';
import { answerErrors } from '../../src/http/errors.js';
import { probeRouter } from '../../src/http/probes.js';
import { createLogger } from '../../src/kernel/log.js';

describe('the probes', () => {
  const state = { accepting: true, database: true };
  const db: Tx = {
    query: () =>
      state.database ? Promise.resolve([]) : Promise.reject(new Error('connection refused')),
  };
  const app = express();
  app.use(probeRouter({ db, isAccepting: () => state.accepting }));
  app.use(
    answerErrors(createLogger({ level: 'silent' }), () => ({ word: (one) => one, indent: 0 })),
  );

  afterEach(() => {
    state.accepting = true;
    state.database = true;
  });

  const statuses = async () => [
    (await supertest(app).get('/healthz')).status,
    (await supertest(app).get('/readyz')).status,
  ];

  it('say yes when it serves', async () => {
    expect(await statuses()).to.deep.equal([200, 200]);
  });

  it('send no more to a node that is being stopped, though it lives', async () => {
    state.accepting = false;
    expect(await statuses()).to.deep.equal([200, 503]);
  });

  it('say no when the database does not answer', async () => {
    state.database = false;
    expect(await statuses()).to.deep.equal([503, 503]);
    const { body } = await supertest(app).get('/healthz');
    expect(body.code).to.equal('database_unavailable');
  });
});
