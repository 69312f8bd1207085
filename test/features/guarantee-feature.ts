import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: another promise shows what it does to open cases before it does it', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let reference: string;
  let promised: string;
  const path = '/api/services/DUNK';
  const guarantee = { workingDays: 3, basis: 'vedtak 14/26' };
  const wanted = { change: { guarantee }, reason: 'Vedtak 14/26' };

  before('Given an open case of DUNK, five days old', async () => {
    apps = await startTwoApps();
    const body = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust' };
    reference = (await apps.as('agent').post('/api/inquiries', body).expect(201)).body.reference;
    await apps.pass(5 * DAY);
    promised = await expectedBy();
  });
  after(() => apps.stop());

  async function expectedBy(): Promise<string> {
    return (await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200)).body.expectedBy;
  }

  it('when nobody says what is to become of them, then nothing changes and the preview is shown', async () => {
    const rows = await apps.countRows();
    const { body } = await apps.as('owner').patch(path, wanted).expect(409);
    expect(body.code).to.equal('open_cases_concerned');
    expect(body.details).to.include({ cases: 1, moved: 1, becomeOverdue: 1 });
    const [item] = body.details.items;
    expect(item).to.include({ reference, deadline: 'guarantee', from: promised });
    const rule = { service: 'DUNK', guarantee };
    const shown = await apps.as('owner').post('/api/deadlines/preview', rule).expect(200);
    expect(shown.body).to.deep.equal(body.details);
    const unseen = { ...wanted, openCases: 'recount', token: 'of something else' };
    expect((await apps.as('owner').patch(path, unseen).expect(409)).body.code).to.equal(
      'world_changed',
    );
    expect(await apps.countRows()).to.deep.equal(rows);
    expect(await expectedBy()).to.equal(promised);
  });

  it('when open cases are to keep theirs, then it holds for new ones only', async () => {
    const kept = { ...wanted, openCases: 'keep' };
    const { body } = await apps.as('owner').patch(path, kept).expect(200);
    expect(body.service.guarantee).to.deep.equal(guarantee);
    await apps.runDue();
    expect(await expectedBy()).to.equal(promised);
  });

  it('when it is done as it was shown, then open dates move, each with a trace', async () => {
    const other = { change: { guarantee: { ...guarantee, workingDays: 4 } }, reason: 'Klage' };
    const { token } = (await apps.as('owner').patch(path, other).expect(409)).body.details;
    await apps
      .as('owner')
      .patch(path, { ...other, openCases: 'recount', token })
      .expect(200);
    await apps.runDue();
    expect(await expectedBy()).to.equal('2026-03-06T22:59:59.999Z');
    const traces = await apps.db.query(`SELECT 1 FROM event WHERE kind = 'inquiry.recalculated'`);
    expect(traces).to.have.lengthOf(1);
  });

  it('a rule changed for all at once is a version of the service like any other edit', async () => {
    const rule = { service: 'DUNK', guarantee: { workingDays: 6, basis: 'vedtak 15/26' } };
    const { version } = (await apps.as('owner').get(path).expect(200)).body;
    await apps.as('owner').post('/api/deadlines/apply', rule).expect(202);
    const late = await apps
      .as('owner')
      .patch(path, { ...wanted, version })
      .expect(409);
    expect(late.body.code).to.equal('service_changed');
    const { body } = await apps.as('owner').get(`${path}/history`).expect(200);
    expect(body.items.at(-1)).to.include({ changedBy: 'owner', reason: 'vedtak 15/26' });
  });

  it('what moves no open date needs no such word', async () => {
    const change = { names: { nb: 'Ny dunk', nn: 'Ny dunk', en: 'New bin' } };
    await apps.as('owner').patch(path, { change, reason: 'Klarere navn' }).expect(200);
  });
});
