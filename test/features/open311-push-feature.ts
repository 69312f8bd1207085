import { expect } from 'chai';
import supertest from 'supertest';
import { open311Client, startReportingSystem, without } from '../helpers/open311.js';
import type { ReportingSystem } from '../helpers/open311.js';
import { FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: a reporting system is told of its reports over Open311', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let client: ReturnType<typeof open311Client>;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
    client = open311Client(apps);
  });
  after(() => apps.stop());
  let system: ReportingSystem;
  before(async () => {
    system = await startReportingSystem();
    const { body } = await apps
      .as('admin')
      .post('/api/open311/clients', {
        name: 'rapport',
        push: { url: system.url, key: 'deres', jurisdiction: 'rapport' },
      })
      .expect(201);
    const fields: [string, string][] = [
      ...without('attribute[fixmystreet_id]'),
      ['attribute[fixmystreet_id]', '9'],
    ];
    const sent = new URLSearchParams([
      ['jurisdiction_id', 'demo'],
      ['api_key', body.key],
      ...fields,
    ]);
    const made = await supertest(apps.next())
      .post('/open311/v2/requests.json')
      .type('form')
      .send(sent.toString())
      .expect(201);
    reference = made.body[0].service_request_id;
  });
  after(() => system.stop());

  it('then it is told in order, after it was away, each thing once', async () => {
    system.refusals.push({ status: 503, text: 'away' });
    await apps.pass(2 * 60_000);
    expect(system.posted).to.deep.equal([]);
    await apps.pass(HOUR);
    const told = system.posted.filter((one) => one['service_request_id'] === reference);
    expect(told.length).to.be.greaterThan(0);
    expect(told[0]).to.include({
      path: '/open311/v2/servicerequestupdates.xml',
      api_key: 'deres',
      jurisdiction_id: 'rapport',
      status: 'open',
    });
    expect(told.every((one) => one['description'] !== '')).to.equal(true);
    const numbers = told.map((one) => one['update_id']);
    expect(new Set(numbers).size).to.equal(numbers.length);
    await apps.pass(HOUR);
    expect(system.posted.filter((one) => numbers.includes(one['update_id']))).to.have.length(
      numbers.length,
    );
  });

  it('then its own list of updates says the same, in the window it asks for', async () => {
    const { service_request_updates: updates } = await client.get('servicerequestupdates', {
      start_date: '2026-03-02T00:00:00Z',
      end_date: '2026-03-03T00:00:00Z',
      api_key: '',
    });
    const listed = updates.request_update.filter(
      (one: { service_request_id: string }) => one.service_request_id === reference,
    );
    expect(listed.map((one: { update_id: string }) => one.update_id)).to.deep.equal(
      system.posted
        .filter((one) => one['service_request_id'] === reference)
        .map((one) => one['update_id']),
    );
  });

  it('a revoked key reports no more', async () => {
    const { body } = await apps.as('admin').get('/api/open311/clients').expect(200);
    const [{ id }] = body.items.filter((one: { name: string }) => one.name === 'rapport');
    await apps.as('admin').post(`/api/open311/clients/${id}/revoke`).expect(200);
    const before = system.posted.length;
    await apps.pass(HOUR);
    expect(system.posted.length).to.equal(before);
  });
});
