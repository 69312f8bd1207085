import { expect } from 'chai';
import { openServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

describe('Feature: site maps and property information', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const order = (answers: object) =>
    openServiceCase(apps, { channel: 'form', service: 'SITKART', answers }, ['clerk']);
  const made = { mapDate: '2026-03-02', delivered: 'attachment' };

  it('Given an order that lacks something, when the citizen answers, then the clock goes on, the map is made, and the fee is invoiced', async () => {
    const one = await order({ product: 'siteMap', requesterRole: 'professional' });
    const missing = 'Vi trenger gårds- og bruksnummer.';
    await one.complete('kart_sjekk', { orderCheck: 'missing', missing });
    expect(one.told().join()).to.contain(missing);
    expect(await one.open()).to.deep.equal([]);
    await apps.pass(5 * DAY);
    const said = { kind: 'received', channel: 'phone', text: '12/345' };
    await apps.as('agent').post(`/api/inquiries/${one.reference}/messages`, said).expect(201);
    await apps.runDue();
    await one.complete('kart_sjekk', { orderCheck: 'ready' });
    await one.complete('kart_lag', made);
    await one.complete('kart_faktura', { invoiceSent: true, invoiceAmount: 600 });
    await one.close('completed');
  });

  it('Given that the citizen never answers, when fourteen days pass, then the order is withdrawn', async () => {
    const one = await order({ product: 'siteMap' });
    await one.complete('kart_sjekk', { orderCheck: 'missing', missing: 'Hvilken eiendom?' });
    await apps.pass(14 * DAY);
    await one.close('withdrawn');
  });

  it('Given an owner’s own property, when both working days are missed, then the unit is reminded and its manager told, and nothing is invoiced', async () => {
    const one = await order({ product: 'propertyReport', requesterRole: 'owner' });
    await apps.pass(4 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    await one.complete('kart_sjekk', { orderCheck: 'ready' });
    await apps.pass(4 * DAY);
    expect(await one.escalations()).to.equal(1);
    await one.complete('kart_lag', made);
    expect(await one.open()).not.to.include('kart_faktura');
    await one.close('completed');
  });

  it('Given a price that is not accepted, when the unit notes it, then the order is withdrawn', async () => {
    const one = await order({ product: 'siteMap' });
    await one.complete('kart_sjekk', { orderCheck: 'declined' });
    await one.close('withdrawn');
  });
});
