import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';
import { offerWatched } from '../helpers/watched-case.js';

describe('Feature: of e-mails, 75 % are answered within four working days', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  const references: string[] = [];

  before(async () => {
    apps = await startTwoApps();
    await offerWatched(apps);
  });
  after(() => apps.stop());

  const figures = async () =>
    (await apps.as('manager').get('/api/objectives').expect(200)).body.items.find(
      ({ ownerUnit }: { ownerUnit: string }) => ownerUnit === 'VAR',
    ).figures;
  const escalations = async () => {
    const { body } = await apps.as('caseworker').get('/api/tasks').expect(200);
    return body.items.filter(({ name }: { name: string }) => name === 'Finn årsak og tiltak');
  };
  const register = async (channel: string) => {
    const draft = { channel, service: 'DUNK', text: 'Dunken er knust' };
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    await apps.runDue();
    references.push(body.reference);
  };
  const answer = async (reference = '') => {
    const { body } = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    const { id } = body.items.find(({ name }: { name: string }) => name === 'Behandle saken');
    await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    const answers = { outcome: 'answered' };
    await apps.as('caseworker').post(`/api/tasks/${id}/complete`, { answers }).expect(200);
    await apps.runDue();
  };

  it('Given the promise, and four e-mails and a call in a month, then nothing is decided yet', async () => {
    const promise = { channel: 'email', share: 0.75, workingDays: 4, ownerUnit: 'VAR' };
    await apps.as('manager').post('/api/objectives', promise).expect(403);
    await apps
      .as('owner')
      .post('/api/objectives', { ...promise, unit: 'NONE' })
      .expect(400);
    await apps.as('owner').post('/api/objectives', promise).expect(201);
    for (const channel of ['email', 'email', 'email', 'email', 'phone']) await register(channel);
    expect(await figures()).to.deep.equal({
      periodStart: '2026-03-01',
      cases: 4,
      kept: 0,
      missed: 0,
      open: 4,
      keptShare: null,
      budget: 1,
      burnt: 0,
    });
  });

  it('when three are answered in time, then the promise is kept, and a quarter is its budget', async () => {
    for (const reference of references.slice(0, 3)) await answer(reference);
    await apps.pass(4 * DAY);
    expect(await figures()).to.include({ kept: 3, missed: 0, open: 1, keptShare: 1 });
    expect(await escalations()).to.have.lengthOf(0);
  });

  it('when the fourth is not, then the budget is used, and the unit’s manager is asked for a measure, once', async () => {
    await apps.pass(2 * DAY);
    expect(await figures()).to.include({ kept: 3, missed: 1, open: 0, keptShare: 0.75, burnt: 1 });
    expect(await escalations()).to.have.lengthOf(1);
    await apps.pass(3 * DAY);
    expect(await escalations()).to.have.lengthOf(1);
    const told = apps.mail.received.filter(({ mail }) =>
      mail.subject?.includes('Svargarantien holder ikke'),
    );
    expect(told.map(({ to }) => to)).to.deep.equal([['leder.var@fjordvik.example']]);
    expect(told[0]?.mail.text).to.contain('75 prosent').and.to.contain('1 av 4');
    expect(await apps.db.query('SELECT missed FROM objective_burn')).to.have.lengthOf(1);
  });

  it('and when the manager says nothing for five working days, then the process owner is asked', async () => {
    await apps.pass(7 * DAY);
    expect(await escalations()).to.have.lengthOf(0);
    const { body } = await apps.as('owner').get('/api/tasks').expect(200);
    expect(body.items.map(({ name }: { name: string }) => name)).to.include('Følg opp garantien');
  });
});
