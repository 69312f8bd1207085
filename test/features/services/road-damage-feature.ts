import { expect } from 'chai';
import { open311Client, reportOnStreet } from '../../helpers/open311.js';
import { expectNoTraceOf, tellProcess } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

const SHALLOW = { damage: 'hole', place: 'parking', depthCm: '2', roadCategory: 'K' };
const ORDER = {
  contractor: 'asphalt',
  orderDue: '2026-03-13',
  orderText: 'Lapp hullet utenfor Gatelangs.',
};

describe('Feature: damage to a road', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const report = (attributes: Record<string, string>, email: string, more: object = {}) =>
    reportOnStreet(apps, 'VEIHULL', attributes, { email, ...more });
  const publicStatus = async (reference: string) => {
    const { service_requests: found } = await open311Client(apps).get(`requests/${reference}`);
    return found.request[0].status;
  };

  it('Given a loose manhole cover, when nobody secures it within 24 hours, then it is escalated, and after ten working days the repair is chased', async () => {
    const loose = { damage: 'cover', place: 'carriageway', roadCategory: 'K' };
    const description = 'Kumlokket ved Gatelangs 7 ligger løst';
    const one = await report(loose, 'loft@example.no', { description });
    expect(await one.open()).to.deep.equal(['vei_sikre']);
    await apps.pass(23 * HOUR);
    expect(await one.escalations()).to.equal(0);
    await apps.pass(2 * HOUR);
    expect(await one.escalations()).to.equal(1);
    await one.complete('vei_sikre', { secured: 'plate', caseNote: 'Plate lagt ved Gatelangs.' });
    await one.complete('vei_befar', { measure: 'repair', areaM2: 1, caseNote: 'Rammen er knust.' });
    await one.complete('vei_ordre', ORDER);
    const waiting = await apps.as('agent').get(`/api/inquiries/${one.reference}`).expect(200);
    expect(waiting.body.status).to.equal('external');
    // Eight of the ten promised working days have gone: the case's own clock reminds.
    await apps.pass(12 * DAY);
    expect(one.reminders()).to.equal(1);
    await apps.pass(2 * DAY);
    expect(one.reminders()).to.equal(2);
    expect(await publicStatus(one.reference)).to.equal('open');
    await tellProcess(apps, one.reference, 'road-damage.done');
    await one.close('completed');
    expect(await publicStatus(one.reference)).to.equal('closed');
    expect(one.told().join()).to.contain('Her er svaret.');
    await expectNoTraceOf(apps, ['Gatelangs', 'loft@example.no', 'Kumlokket', 'Rammen er knust']);
  });

  it('Given a deep hole where children walk, when it is secured in time, then nobody is escalated to', async () => {
    const one = await report({ ...SHALLOW, place: 'schoolRoad', depthCm: '4' }, 'skole@example.no');
    await one.complete('vei_sikre', { secured: 'filled' });
    await apps.pass(2 * DAY);
    expect(await one.escalations()).to.equal(0);
    expect(await one.open()).to.deep.equal(['vei_befar']);
    await one.complete('vei_befar', { measure: 'repair', caseNote: 'Fylles på nytt.' });
    await one.complete('vei_ordre', ORDER);
    await tellProcess(apps, one.reference, 'road-damage.done');
    await one.close('completed');
    expect(one.reminders()).to.equal(0);
  });

  for (const [measure, outcome] of [
    ['plan', 'answered'],
    ['reject', 'rejected'],
  ] as const) {
    it(`Given a shallow hole, when the inspection says “${measure}”, then the case ends as ${outcome} with an answer`, async () => {
      const one = await report(SHALLOW, `${measure}@example.no`);
      expect(await one.open()).to.deep.equal(['vei_befar']);
      await one.complete('vei_befar', { measure, caseNote: 'Sett på stedet.' });
      await one.close(outcome);
      expect(one.told().join()).to.contain('Her er svaret.');
    });
  }

  it('Given a report without a word of description, when it is sent, then it is taken, and a person looks at it', async () => {
    const one = await report(SHALLOW, 'stum@example.no', { description: '' });
    expect(await one.open()).to.deep.equal(['klass_velg']);
  });

  for (const roadCategory of ['E', 'F', 'P']) {
    it(`Given a road of category ${roadCategory}, when it is reported, then it goes to its owner and the reporter is told`, async () => {
      const one = await report(
        { ...SHALLOW, roadCategory },
        `vei-${roadCategory.toLowerCase()}@example.no`,
      );
      await one.close('forwarded');
      expect(one.told().join()).to.contain('sendt videre');
      expect(await one.open()).to.deep.equal([]);
    });
  }

  it('Given a hole reported before, when another reports it within fifty metres, then that one follows the first and hears its answer', async () => {
    const first = await report(SHALLOW, 'forst@example.no', { lat: '59.3000' });
    const second = await report(SHALLOW, 'nabo@example.no', { lat: '59.3003' });
    const apart = await report(SHALLOW, 'langt@example.no', { lat: '59.3010' });
    await second.close('linked');
    expect(second.told().join()).to.contain(first.reference);
    expect(await apart.open()).to.deep.equal(['vei_befar']);
    await first.complete('vei_befar', { measure: 'repair', caseNote: 'Lappes.' });
    await first.complete('vei_ordre', ORDER);
    await tellProcess(apps, first.reference, 'road-damage.done');
    await first.close('completed');
    expect(second.told().join()).to.contain('Her er svaret.');
  });
});
