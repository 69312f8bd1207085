import { expect } from 'chai';
import { openServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

describe('Feature: building guidance and case status', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const ask = (channel: string, answers: object) =>
    openServiceCase(apps, { channel, service: 'BYGG', answers });

  it('Given a small shed in line with the plan, when its owner asks by e-mail, then the rule answers and no caseworker is disturbed', async () => {
    const shed = { measure: 'freestanding', areaM2: 30, distanceM: 1.5, dwelling: 'no' };
    const one = await ask('email', { need: 'guide', ...shed, plan: 'yes' });
    const answer = one.told().find((text) => text.includes('trenger ikke å søke'));
    expect(answer).to.contain('SAK10 og pbl slik de gjelder fra 2015-07-01');
    expect((await one.open()).filter((id) => id.startsWith('bygg_'))).to.deep.equal([]);
    await one.close('answered');
  });

  it('Given a plan nobody knows, when the written guidance is late, then it is escalated and still given', async () => {
    const fence = { measure: 'fence', plan: 'unknown' };
    const one = await ask('email', { need: 'guide', ...fence });
    await one.complete('bygg_velg', { way: 'written' });
    await apps.pass(4 * DAY);
    expect(await one.escalations()).to.equal(1);
    await one.complete('bygg_skriv', { guidance: 'Gjerdet er i strid med planen.' });
    await one.close('answered');
  });

  it('Given a question about a case, when nobody looks it up within a working day, then the unit is reminded, and the deadline in law is told', async () => {
    const one = await ask('phone', { need: 'status', caseNumber: '26/1234' });
    await apps.pass(4 * DAY);
    expect(one.reminders()).to.equal(1);
    await one.complete('bygg_slaopp', {
      caseType: 'ordinary',
      completeOn: '2026-02-02',
      incomplete: 'no',
      caseNote: 'Komplett, til vurdering.',
    });
    await one.close('answered');
    const [row] = await apps.db.query<{ due: string }>(
      `SELECT variables ->> 'buildingCaseDueOn' AS due FROM process_instance
       WHERE variables ? 'buildingCaseDueOn'`,
    );
    expect(row?.due).to.equal('2026-04-27');
  });

  it('Given a case that waits for its applicant, when it is looked up, then the citizen is told so', async () => {
    const one = await ask('phone', { need: 'status' });
    await one.complete('bygg_slaopp', {
      caseType: 'simple',
      incomplete: 'yes',
      caseNote: 'Mangler nabovarsel.',
    });
    await one.close('answered');
  });

  it('Given a booked call, when its time passes, then the unit is reminded, and advice that matters is written down', async () => {
    const one = await ask('phone', { need: 'advice' });
    const appointment = new Date(apps.clock().getTime() + DAY).toISOString();
    await one.complete('bygg_velg', { way: 'call', appointment });
    await apps.pass(2 * DAY);
    expect(one.reminders()).to.equal(1);
    await one.complete('bygg_ring', { important: true });
    await one.complete('bygg_nedtegn', { oralAdvice: 'Bygg ikke nærmere enn fire meter.' });
    await one.close('answered');
  });

  it('Given a visitor, when a conference is held, then its minutes are written', async () => {
    const one = await ask('visit', { need: 'advice' });
    await one.complete('bygg_velg', { way: 'conference' });
    await one.complete('bygg_mote', { held: true, heldOn: '2026-03-12' });
    await one.complete('bygg_referat', { minutes: 'Partene ble enige om høyden.' });
    await one.close('answered');
  });

  it('Given that no conference is held within two weeks, when they pass, then it is escalated and guidance is written instead', async () => {
    const one = await ask('visit', { need: 'advice' });
    await one.complete('bygg_velg', { way: 'conference' });
    await apps.pass(14 * DAY);
    expect(await one.open())
      .to.include('bygg_skriv')
      .and.not.include('bygg_mote');
    expect(await one.escalations()).to.be.greaterThan(0);
    await one.complete('bygg_skriv', { guidance: 'Veiledning med saken.' });
    await one.close('answered');
  });
});
