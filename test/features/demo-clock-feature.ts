import { expect } from 'chai';
import supertest from 'supertest';
import { createApplication } from '../../src/compose.js';
import { readConfig } from '../../src/kernel/config.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: the demo clock shows what time brings', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const move = (body: object, login = 'admin') => apps.as(login).post('/api/demo/clock', body);

  it('moves forwards, and does at its time what falls due on the way', async () => {
    const body = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust' };
    const { body: registered } = await apps.as('agent').post('/api/inquiries', body).expect(201);
    const moved = await move({ advance: 'P1M' }).expect(200);
    expect(moved.body).to.deep.equal({ now: '2026-04-02T08:00:00.000Z' });
    const { body: breaches } = await apps.as('manager').get('/api/sla/breaches').expect(200);
    expect(breaches.items[0]).to.include({
      reference: registered.reference,
      // A month has passed, and yet it was escalated when its promise was over.
      escalatedAt: registered.expectedBy,
    });
  });

  it('is the same on every node, and after a restart', async () => {
    const times = [];
    for (let count = 0; count < 2; count += 1) {
      const body = { channel: 'visit', service: 'VEIHULL', text: 'Hull' };
      times.push((await apps.as('agent').post('/api/inquiries', body).expect(201)).body.receivedAt);
    }
    expect(new Set(times)).to.deep.equal(new Set(['2026-04-02T08:00:00.000Z']));
    const { db, clock } = apps;
    const config = readConfig({ DATA_DIR: apps.folder });
    const restarted = await createApplication({ config, db, clock });
    expect(restarted.clock().toISOString()).to.equal('2026-04-02T08:00:00.000Z');
    await restarted.stop();
  });

  it('never goes back, nor where nobody can wait for it', async () => {
    await move({ to: '2026-03-01T00:00:00Z' }).expect(400);
    await move({ advance: '-P1D' }).expect(400);
    await move({ advance: 'P100Y' }).expect(400);
    await move({ advance: 'P1D', to: '2027-01-01T00:00:00Z' }).expect(400);
    await move({ advance: 'soon' }).expect(400);
    await move({}).expect(400);
    const { body } = await move({ advance: 'PT0S' }).expect(200);
    expect(body.now).to.equal('2026-04-02T08:00:00.000Z');
  });

  it('is moved by administrators only', async () => {
    for (const login of ['agent', 'caseworker', 'manager', 'owner']) {
      await move({ advance: 'P1D' }, login).expect(403);
    }
    await supertest(apps.next()).post('/api/demo/clock').send({ advance: 'P1D' }).expect(401);
  });
});
