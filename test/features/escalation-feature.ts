import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: a deadline that passes is escalated', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const breaches = async (query = '') =>
    (await apps.as('manager').get(`/api/sla/breaches${query}`).expect(200)).body;

  it('Given an inquiry that nobody works on, when its promise has not passed, then nothing is missed', async () => {
    // The municipality's own rule: no law names bins.
    const statutory = { duration: 'P1M', basis: 'vedtak 14/26', validFrom: '2026-01-01' };
    const change = { change: { statutory }, reason: 'Kommunestyret har vedtatt en frist' };
    await apps.as('owner').patch('/api/services/DUNK', change).expect(200);
    const body = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust' };
    const registered = await apps.as('agent').post('/api/inquiries', body).expect(201);
    ({ reference } = registered.body);
    await apps.pass(14 * DAY);
    expect(registered.body.expectedBy).to.equal('2026-03-16T22:59:59.999Z');
    expect(await breaches()).to.deep.equal({
      items: [],
      nextCursor: null,
      counts: { open: 0, closedLate: 0, escalated: 0 },
    });
  });

  it('when the promised date passes, then the process escalates it and tells the manager', async () => {
    await apps.pass(DAY);
    const { items, counts } = await breaches();
    expect(items).to.have.lengthOf(1);
    expect(items[0]).to.include({
      reference,
      deadline: 'guarantee',
      dueAt: '2026-03-16T22:59:59.999Z',
      level: 1,
      closedAt: null,
      unit: 'VAR',
    });
    expect(items[0].escalatedAt).to.equal('2026-03-17T09:00:00.000Z');
    expect(counts).to.deep.equal({ open: 1, closedLate: 0, escalated: 1 });
    const told = apps.mail.received.flatMap(({ to }) => to);
    expect(told).to.include('leder.var@fjordvik.example');
    const { body } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
    expect(body).to.include({ overdue: true, priority: 70 });
    const late = await apps.as('caseworker').get('/api/inquiries?overdue=true').expect(200);
    expect(late.body.items.map((one: { reference: string }) => one.reference)).to.deep.equal([
      reference,
    ]);
  });

  it('when the deadline in law of one month passes too, then both are missed', async () => {
    await apps.pass(22 * DAY);
    const { items } = await breaches('?open=true');
    expect(items.map((one: { deadline: string }) => one.deadline)).to.deep.equal([
      'guarantee',
      'statutory',
    ]);
    expect((await breaches('?deadline=statutory')).items).to.have.lengthOf(1);
    expect((await breaches('?open=false')).items).to.have.lengthOf(0);
  });

  it('and a list is given page by page', async () => {
    const first = await breaches('?limit=1');
    expect(first.items).to.have.lengthOf(1);
    const second = await breaches(`?limit=1&cursor=${first.nextCursor}`);
    expect(second.items).to.have.lengthOf(1);
    expect(second.items[0].deadline).not.to.equal(first.items[0].deadline);
    expect(second.nextCursor).to.equal(null);
  });

  it('and managers see their units’ breaches only, agents none', async () => {
    const body = { channel: 'letter', service: 'AVGIFT', text: 'Hvorfor så dyrt?' };
    await apps.as('agent').post('/api/inquiries', body).expect(201);
    await apps.pass(60 * DAY);
    const units = (await breaches()).items.map((one: { unit: string }) => one.unit);
    expect(new Set(units)).to.deep.equal(new Set(['VAR']));
    const { body: all } = await apps.as('owner').get('/api/sla/breaches').expect(200);
    expect(all.items.map((one: { unit: string }) => one.unit)).to.include('OKO');
    await apps.as('agent').get('/api/sla/breaches').expect(403);
  });
});
