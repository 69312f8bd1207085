import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';
import { offerWatched } from '../helpers/watched-case.js';

const draft = { channel: 'email', service: 'DUNK', text: 'Dunken er knust' };
const basis = 'Formannskapet, sak 12/26';

describe('Feature: a case’s clock is paused, moved and explained', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let reference: string;

  before(async () => {
    apps = await startTwoApps();
    await offerWatched(apps, { statutory: null });
    reference = await register();
  });
  after(() => apps.stop());

  async function register(): Promise<string> {
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    await apps.runDue();
    return body.reference;
  }
  const path = (action = '') => `/api/inquiries/${reference}/deadlines${action}`;
  const change = (action: string, body?: object) =>
    apps.as('caseworker').post(path(`/${action}`), body);
  const explained = async () => (await apps.as('agent').get(path()).expect(200)).body;
  const timers = () =>
    apps.db.query<{ at: Date }>(
      `SELECT available_at AS at FROM job WHERE element_id = 'frist_tid' ORDER BY at`,
    );

  it('Given a case, then each day from receipt is explained in two languages', async () => {
    const { deadlines, paused } = await explained();
    expect(paused).to.equal(null);
    expect(deadlines).to.have.lengthOf(1);
    const [{ days, ...guarantee }] = deadlines;
    expect(guarantee).to.include({ deadline: 'guarantee', dueAt: '2026-03-16T22:59:59.999Z' });
    expect(guarantee.rule).to.deep.equal({ nb: '10 virkedager', en: '10 working days' });
    expect(days).to.have.lengthOf(15);
    expect(days[5]).to.deep.include({
      date: '2026-03-07',
      as: 'off',
      nb: 'teller ikke: lørdag',
      en: 'not counted: Saturday',
    });
  });

  it('when the clock is paused from outside, then the running timer lets go of the date', async () => {
    expect((await timers())[0]?.at.toISOString()).to.equal('2026-03-13T07:00:00.000Z');
    await apps.as('agent').post(path('/pause'), { reason: 'awaitingCitizen' }).expect(403);
    const { body } = await change('pause', { reason: 'awaitingCitizen' }).expect(200);
    expect(body.pausedAt).to.equal('2026-03-02T09:00:00.000Z');
    await apps.runDue();
    expect((await timers())[0]?.at.getUTCFullYear()).to.equal(9000);
    await apps.pass(20 * DAY);
    const seen = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
    expect(seen.body).to.include({ status: 'awaitingCitizen', overdue: false });
    const { body: missed } = await apps.as('manager').get('/api/sla/breaches').expect(200);
    expect(missed.items).to.deep.equal([]);
  });

  it('when it goes on, then the promise has moved by the working days it stood, and so has the timer', async () => {
    const { body } = await change('resume').expect(200);
    expect(body).to.include({ expectedBy: '2026-04-08T21:59:59.999Z', pausedAt: null });
    await apps.runDue();
    const [timer] = await timers();
    // Before the reminder comes the interim reply, which no pause moves.
    expect(timer?.at.toISOString()).to.equal('2026-03-30T21:59:59.999Z');
    const { deadlines } = await explained();
    const paused = deadlines[0].days.filter(({ as }: { as: string }) => as === 'paused');
    expect(paused).to.have.lengthOf(14);
    expect(paused[0].nb).to.contain('venter på opplysninger fra innbyggeren');
  });

  it('when it is extended for a reason, then that date counts, and an earlier one is refused', async () => {
    const extension = { until: '2026-05-04T12:00:00Z', reason: 'complex' };
    await change('extend', { ...extension, until: '2026-03-25T12:00:00Z' }).expect(400);
    const { body } = await change('extend', extension).expect(200);
    expect(body.expectedBy).to.equal('2026-05-04T12:00:00.000Z');
    const { deadlines, events } = await explained();
    expect(deadlines[0].extendedTo).to.equal('2026-05-04T12:00:00.000Z');
    const { body: status } = await apps.as('agent').get(`/api/inquiries/${reference}/status`);
    expect(status.promisedBy).to.equal('2026-05-04T12:00:00.000Z');
    expect(events.map(({ kind }: { kind: string }) => kind)).to.deep.equal([
      'START',
      'PAUSE',
      'RESUME',
      'EXTEND',
    ]);
  });

  it('Given three more cases, when a promise is shortened, then it is first shown and then done, with a trace', async () => {
    const references = [await register(), await register(), await register()];
    await apps.pass(8 * DAY);
    const body = { service: 'DUNK', guarantee: { workingDays: 3, basis } };
    const { body: shown } = await apps.as('owner').post('/api/deadlines/preview', body).expect(200);
    expect(shown).to.include({ cases: 4, moved: 3, becomeOverdue: 3 });
    expect(shown.items[0]).to.include({
      from: '2026-04-08T21:59:59.999Z',
      to: '2026-03-25T22:59:59.999Z',
      becomesOverdue: true,
    });
    expect(await apps.db.query('SELECT id FROM deadline_change')).to.have.lengthOf(0);
    await apps.as('manager').post('/api/deadlines/apply', body).expect(403);
    await apps.as('owner').post('/api/deadlines/apply', body).expect(202);
    await apps.runDue();
    const missed = (await apps.as('manager').get('/api/sla/breaches').expect(200)).body.items;
    expect(missed.map((one: { reference: string }) => one.reference)).to.have.members(references);
    expect(missed.every((one: { level: number }) => one.level === 1)).to.equal(true);
    const traces = await apps.db.query(`SELECT id FROM event WHERE kind = 'inquiry.recalculated'`);
    expect(traces).to.have.lengthOf(3);
    expect(
      await apps.db.query('SELECT moved FROM deadline_change WHERE done_at IS NOT NULL'),
    ).to.deep.equal([{ moved: 3 }]);
  });

  it('when the unit closes for a day, then open promises move by it', async () => {
    reference = await register();
    const office = [['08:00', '15:30']];
    const hours = { '1': office, '2': office, '3': office, '4': office, '5': office };
    const { expectedBy: before } = (await apps.as('agent').get(`/api/inquiries/${reference}`)).body;
    expect(before).to.equal('2026-04-07T21:59:59.999Z');
    const calendar = { validFrom: '2026-01-01', hours, closed: ['wednesdayBeforeEaster'] };
    const body = { unit: 'VAR', calendar };
    await apps.as('owner').post('/api/deadlines/apply', body).expect(202);
    await apps.pass(HOUR);
    const { deadlines } = await explained();
    expect(deadlines[0].dueAt).to.equal('2026-04-08T21:59:59.999Z');
    expect(JSON.stringify(deadlines[0].days)).to.contain('stengt onsdag før påske');
  });
});
