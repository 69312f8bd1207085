import { expect } from 'chai';
import supertest from 'supertest';
import { followServiceCase, openServiceCase, tellProcess } from '../../helpers/service-case.js';
import type { ServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

/** Said nowhere else, so that it is found wherever it leaks. */
const ADDRESS = 'Kanarifuglveien 7';
const EMAIL = 'dunk@example.no';
const STAFF = ['caseworker', 'agent'];
const BROKEN = {
  requesterRole: 'owner',
  orderType: 'broken',
  waste: 'residual',
  currentLitres: 140,
  newLitres: 140,
  propertyAddress: ADDRESS,
};
const LARGER = { ...BROKEN, orderType: 'change', newLitres: 240 };

describe('Feature: a bin is ordered', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const order = (answers: object, channel = 'phone') =>
    openServiceCase(apps, { channel, service: 'DUNK', answers }, STAFF);
  const deliver = async (one: ServiceCase, binLitres: string) => {
    const deliveryDate = new Date(apps.clock().getTime() + 2 * DAY).toISOString().slice(0, 10);
    await one.complete('dunk_kjoreliste', { deliveryDate, binLitres });
    return () => tellProcess(apps, one.reference, 'bin-order.delivered');
  };
  const read = async ({ reference }: ServiceCase) =>
    (await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200)).body;

  it('Given a broken bin ordered by the web form, when its delivery is late, then it is escalated, delivered free, and no process knows where', async () => {
    const request = supertest(apps.next()).post('/fjordvik/form/DUNK');
    const opened = new Date(apps.clock().getTime() - HOUR).toISOString();
    const fields = { opened, partyName: 'Kari Kanarifugl', partyEmail: EMAIL, ...BROKEN };
    for (const [name, value] of Object.entries(fields)) void request.field(name, String(value));
    await request.expect(303);
    await apps.runDue();
    const { body } = await apps.as('agent').get('/api/inquiries?channel=form').expect(200);
    const one = followServiceCase(apps, body.items[0].reference, STAFF, EMAIL);
    const delivered = await deliver(one, '140');
    await apps.pass(15 * DAY);
    expect(await one.escalations()).to.equal(1);
    await delivered();
    await one.close('completed');
    expect(one.told().join()).to.contain('Her er svaret.');
    for (const table of ['process_instance', 'step_log', 'job', 'user_task', 'event']) {
      const found = await apps.db.query(
        `SELECT 1 FROM ${table} AS t WHERE to_jsonb(t)::text ~ $1`,
        [`Kanarifugl|${EMAIL}`],
      );
      expect(found, table).to.deep.equal([]);
    }
  });

  it('Given a call for a larger bin, when its price is accepted, then it is delivered and the fee updated', async () => {
    const body = {
      channel: 'phone',
      party: { name: 'Kari Kanarifugl', email: EMAIL },
      questions: [{ service: 'DUNK', text: 'Større dunk', answers: LARGER }],
    };
    const { body: contact } = await apps.as('agent').post('/api/contacts', body).expect(201);
    await apps.runDue();
    const { reference } = contact.questions[0].inquiry;
    const one = followServiceCase(apps, reference, STAFF, EMAIL);
    await one.complete('dunk_pris', { priceAccepted: true });
    await (
      await deliver(one, '240')
    )();
    await one.complete('dunk_gebyr_inn', { feeUpdated: true, feeFrom: '2026-07-01' });
    await one.close('completed');
  });

  it('Given a price that is not accepted, then the order is withdrawn', async () => {
    const one = await order(LARGER, 'email');
    await one.complete('dunk_pris', { priceAccepted: false });
    await one.close('withdrawn');
  });

  it('Given a tenant, when the owner consents after a week, then the promise has moved by the days nobody could do anything', async () => {
    const one = await order({ ...BROKEN, requesterRole: 'tenant' });
    const before = await read(one);
    expect(before.status).to.equal('awaitingCitizen');
    await apps.pass(7 * DAY);
    await tellProcess(apps, one.reference, 'bin-order.consent');
    const { status, expectedBy } = await read(one);
    expect(status).to.equal('inProgress');
    expect(Date.parse(expectedBy) - Date.parse(before.expectedBy)).to.be.at.least(5 * DAY);
    const delivered = await deliver(one, '140');
    await apps.pass(9 * DAY);
    expect(await one.escalations()).to.equal(0);
    await apps.pass(14 * DAY);
    expect(await one.escalations()).to.equal(1);
    await delivered();
    await one.close('completed');
  });

  it('Given a tenant without the owner’s consent, when fourteen days pass, then the order is withdrawn', async () => {
    const one = await order({ ...BROKEN, requesterRole: 'tenant' });
    await apps.pass(15 * DAY);
    await one.close('withdrawn');
  });
});
