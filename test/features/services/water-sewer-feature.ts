import { expect } from 'chai';
import { openServiceCase, tellProcess } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

describe('Feature: water leaks and blocked sewers', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const call = (answers: object) =>
    openServiceCase(apps, { channel: 'phone', service: 'VANN', answers }, ['caseworker']);
  const notices = async () =>
    (await apps.as('agent').get('/api/notices?service=VANN').expect(200)).body.items;

  it('Given a street without water, when the duty officer is late, then it is escalated after two hours, the area is told, and the notice comes down with the repair', async () => {
    const one = await call({ kind: 'noWater', households: 'street' });
    expect(await one.open()).to.deep.equal(['vann_utrykning']);
    await apps.pass(2 * HOUR);
    expect(await one.escalations()).to.equal(1);
    await one.complete('vann_utrykning', { found: 'mainPipe', stopped: true });
    await one.complete('vann_vurder', { measure: 'repair', noticeKind: 'waterOff' });
    const [notice, ...others] = await notices();
    expect(others).to.deep.equal([]);
    expect(notice.texts.nb).to.contain('Vannet er stengt');
    await apps.pass(4 * DAY);
    expect(await one.escalations()).to.equal(2);
    await tellProcess(apps, one.reference, 'water-sewer.done');
    expect(await notices()).to.deep.equal([]);
    await one.close('completed');
  });

  it('Given a small leak, when nobody looks at it within a working day, then the unit is reminded, and it is planned', async () => {
    const one = await call({ kind: 'leak', households: 'one' });
    expect(await one.open()).to.deep.equal(['vann_vurder']);
    await apps.pass(4 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    await one.complete('vann_vurder', { measure: 'plan', noticeKind: 'none' });
    await one.close('answered');
  });

  it('Given a leak on a pipe of the owner’s own, when it is assessed, then the owner is told so', async () => {
    const one = await call({ kind: 'leak' });
    await one.complete('vann_vurder', { measure: 'private', noticeKind: 'none' });
    await one.close('rejected');
  });
});
