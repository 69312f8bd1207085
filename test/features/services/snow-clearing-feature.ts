import { expect } from 'chai';
import type { ServiceCase } from '../../helpers/service-case.js';
import { openServiceCase, tellProcess } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

/** Far enough from each other that none is taken for another's duplicate. */
let places = 0;
const place = () => ({ latitude: 59.2 + places++ * 0.02, longitude: 10.95 });

describe('Feature: snow clearing and gritting', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const report = (answers: object, location: object = place(), channel = 'form') =>
    openServiceCase(apps, { channel, service: 'BROYTING', answers, location }, ['caseworker']);
  const message = (name: string, one: ServiceCase) => tellProcess(apps, one.reference, name);

  it('Given a road that is not cleared, when the duty officer sends the plough, then it is cleared and the citizen told', async () => {
    const one = await report({ kind: 'notCleared', roadClass: 'main', schoolRoad: true });
    expect(await one.open()).to.deep.equal(['sno_prioriter']);
    await one.complete('sno_prioriter', { measure: 'order' });
    const { body } = await apps.as('caseworker').get('/api/beats?service=BROYTING').expect(200);
    expect(body.items[0]).to.include({ beat: 'rode-4', cases: 1, points: 65, recent: 1 });
    await message('snow-clearing.done', one);
    await one.close('completed');
    expect(one.told().join()).to.contain('Her er svaret.');
  });

  it('Given a report in season that nobody looks at, when two hours pass, then it is escalated; and the order is chased after its hours', async () => {
    const one = await report({ kind: 'slippery', roadClass: 'bus', hill: true }, place(), 'phone');
    await apps.pass(2 * HOUR);
    expect(await one.escalations()).to.equal(1);
    await one.complete('sno_prioriter', { measure: 'order' });
    expect(one.reminders()).to.equal(0);
    await apps.pass(3 * HOUR);
    expect(one.reminders()).to.be.greaterThan(0);
    await message('snow-clearing.done', one);
    await one.close('completed');
  });

  it('Given a road within the standard, when it is triaged, then the citizen is told so', async () => {
    const one = await report({ kind: 'bank', roadClass: 'residential' });
    await one.complete('sno_prioriter', { measure: 'standard', caseNote: 'Brøytes i natt.' });
    await one.close('rejected');
  });

  it('Given a county road, when it is reported, then it goes to its owner and the citizen is told', async () => {
    const one = await report({ kind: 'notCleared', roadCategory: 'F' });
    await one.close('forwarded');
    expect(one.told().join()).to.contain('sendt videre');
  });

  it('Given a place that was reported before, when a neighbour reports it, then the neighbour follows the main case', async () => {
    const spot = place();
    const first = await report({ kind: 'notCleared' }, spot);
    const near = { latitude: spot.latitude + 0.0015, longitude: spot.longitude };
    const second = await report({ kind: 'notCleared' }, near, 'phone');
    await second.close('linked');
    expect(second.told().join()).to.contain(first.reference);
    await first.complete('sno_prioriter', { measure: 'order' });
    await message('snow-clearing.done', first);
    await first.close('completed');
  });

  it('Given several streets of one beat, when the beat is reported done, then all are answered together, whoever has looked at them', async () => {
    const district = { district: 'havna' };
    const untouched = await report({ kind: 'notCleared' }, { ...place(), ...district });
    const ordered = await report({ kind: 'notCleared' }, { ...place(), ...district });
    const elsewhere = await report({ kind: 'notCleared' }, place());
    await ordered.complete('sno_prioriter', { measure: 'order' });
    const done = { service: 'BROYTING', beat: 'rode-2', text: 'Havna er brøytet og strødd.' };
    const { body } = await apps.as('caseworker').post('/api/beats/done', done).expect(200);
    expect(body).to.deep.equal({ answered: 2, left: 0 });
    await apps.runDue();
    for (const one of [untouched, ordered]) {
      expect(await one.open()).to.deep.equal([]);
      await one.close('completed');
      expect(one.told().join()).to.contain('Havna er brøytet og strødd.');
    }
    expect(await elsewhere.open()).to.deep.equal(['sno_prioriter']);
    await apps.as('clerk').post('/api/beats/done', done).expect(403);
  });

  it('Given a summer’s day, when a report comes, then there is no duty and a day to look at it', async () => {
    await apps.pass(120 * DAY);
    const one = await report({ kind: 'damage', roadClass: 'main' });
    await apps.pass(3 * HOUR);
    expect(await one.escalations()).to.equal(0);
    await apps.pass(DAY);
    expect(await one.escalations()).to.equal(1);
  });
});
