import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: of those who do the same at once, one wins', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  async function openTask(): Promise<{ id: string; reference: string }> {
    const body = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust' };
    const { reference } = (await apps.as('agent').post('/api/inquiries', body).expect(201)).body;
    await apps.runDue();
    const found = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    return { id: found.body.items[0].id, reference };
  }

  const both = async (path: string, logins: readonly string[], body: object) => {
    const answers = await Promise.all(logins.map((login) => apps.as(login).post(path, body)));
    return answers.map(({ status, body: said }) => [status, said.code]).sort();
  };

  it('two who take a task: the other gets a conflict', async () => {
    const { id } = await openTask();
    const answers = await both(`/api/tasks/${id}/claim`, ['caseworker', 'manager'], {});
    expect(answers).to.deep.equal([
      [200, undefined],
      [409, 'task_claimed'],
    ]);
  });

  it('two windows that complete a task: it is completed once', async () => {
    const { id, reference } = await openTask();
    await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    const body = { answers: { priceAccepted: false } };
    const logins = ['caseworker', 'caseworker', 'caseworker', 'caseworker'];
    const answers = await both(`/api/tasks/${id}/complete`, logins, body);
    expect(answers).to.deep.equal([
      [200, undefined],
      [409, 'task_not_open'],
      [409, 'task_not_open'],
      [409, 'task_not_open'],
    ]);
    await apps.runDue();
    const next = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    expect(next.body.items).to.have.lengthOf(1);
  });

  it('two desks that register the same person: one party', async () => {
    const body = {
      channel: 'visit',
      service: 'VEIHULL',
      text: 'Hull',
      party: { name: 'Ola Eksempel', phone: '+4790000000' },
    };
    const answers = await both('/api/inquiries', ['agent', 'caseworker'], body);
    expect(answers.map(([status]) => status)).to.deep.equal([201, 201]);
    const parties = await apps.db.query('SELECT 1 FROM party WHERE phone = $1', ['+4790000000']);
    expect(parties).to.have.lengthOf(1);
  });
});
