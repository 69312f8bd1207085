import { expect } from 'chai';
import { open311Client, reportOnStreet } from '../../helpers/open311.js';
import { expectNoTraceOf, tellProcess } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

const SINGLE = { fault: 'dark', place: 'road', roadCategory: 'K' };
const ORDER = {
  contractor: 'lighting',
  orderDue: '2026-03-06',
  orderText: 'Bytt lampen utenfor Gatelangs.',
};

describe('Feature: a street light out of order', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const report = (attributes: Record<string, string>, email: string, more: object = {}) =>
    reportOnStreet(apps, 'GATELYS', attributes, { email, ...more });

  it('Given a loose wire, when nobody secures it within 24 hours, then it is escalated, and after three working days the repair is chased', async () => {
    const wire = { fault: 'wire', place: 'road', poleNumber: 'A-17' };
    const description = 'Ledningen henger ned ved Gatelangs 9';
    const one = await report(wire, 'ledning@example.no', { description });
    expect(await one.open()).to.deep.equal(['lys_sikre']);
    await apps.pass(23 * HOUR);
    expect(await one.escalations()).to.equal(0);
    await apps.pass(2 * HOUR);
    expect(await one.escalations()).to.equal(1);
    await one.complete('lys_sikre', { secured: 'powerOff', caseNote: 'Strømmen er av.' });
    await one.complete('lys_vurder', { measure: 'repair', caseNote: 'Gatelangs: ny kabel.' });
    await one.complete('lys_ordre', ORDER);
    expect(one.reminders()).to.equal(0);
    await apps.pass(3 * DAY);
    expect(one.reminders()).to.equal(1);
    await tellProcess(apps, one.reference, 'street-light.done');
    await one.close('completed');
    const { service_requests: found } = await open311Client(apps).get(`requests/${one.reference}`);
    expect(found.request[0].status).to.equal('closed');
    expect(one.told().join()).to.contain('Her er svaret.');
    await expectNoTraceOf(apps, ['Gatelangs', 'ledning@example.no', 'henger ned', 'Strømmen er']);
  });

  it('Given one dark lamp, when three working days pass, then nobody is chased before ten have', async () => {
    const one = await report(SINGLE, 'en@example.no');
    await one.complete('lys_vurder', { measure: 'repair', caseNote: 'Pære.' });
    await one.complete('lys_ordre', ORDER);
    await apps.pass(7 * DAY);
    expect(one.reminders()).to.equal(0);
    await apps.pass(8 * DAY);
    // The case's own clock reminds at eight working days, the process at ten.
    expect(one.reminders()).to.equal(2);
    await tellProcess(apps, one.reference, 'street-light.done');
    await one.close('completed');
  });

  it('Given a dark crossing, when it is reported, then it is urgent, and mended in time nobody is chased', async () => {
    const one = await report({ ...SINGLE, place: 'crossing' }, 'felt@example.no');
    const { body } = await apps.as('caseworker').get(`/api/tasks?inquiry=${one.reference}`);
    const received = apps.clock().getTime();
    const dueIn = new Date(body.items[0].dueAt).getTime() - received;
    expect(dueIn).to.be.within(3 * DAY, 6 * DAY);
    await one.complete('lys_vurder', { measure: 'repair', caseNote: 'Sikring.' });
    await one.complete('lys_ordre', ORDER);
    await tellProcess(apps, one.reference, 'street-light.done');
    await one.close('completed');
    await apps.pass(20 * DAY);
    expect(one.reminders()).to.equal(0);
  });

  for (const [measure, outcome] of [
    ['plan', 'answered'],
    ['reject', 'rejected'],
  ] as const) {
    it(`Given a flickering lamp, when the unit says “${measure}”, then the case ends as ${outcome} with an answer`, async () => {
      const one = await report({ ...SINGLE, fault: 'flickering' }, `${measure}@example.no`);
      await one.complete('lys_vurder', { measure, caseNote: 'Sett på stedet.' });
      await one.close(outcome);
      expect(one.told().join()).to.contain('Her er svaret.');
    });
  }

  it('Given a lamp on a county road, when it is reported, then it goes to its owner and the reporter is told', async () => {
    const one = await report({ ...SINGLE, roadCategory: 'F' }, 'fylke@example.no');
    await one.close('forwarded');
    expect(one.told().join()).to.contain('sendt videre');
  });

  it('Given a lamp reported before, when a neighbour reports it, then the neighbour follows the first and hears its answer', async () => {
    const first = await report(SINGLE, 'forst@example.no', { lat: '59.4000' });
    const second = await report(SINGLE, 'nabo@example.no', { lat: '59.4001' });
    await second.close('linked');
    expect(second.told().join()).to.contain(first.reference);
    await first.complete('lys_vurder', { measure: 'reject', caseNote: 'Lyser.' });
    await first.close('rejected');
    expect(second.told().join()).to.contain('Her er svaret.');
  });
});
