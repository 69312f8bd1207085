import { expect } from 'chai';
import supertest from 'supertest';
import { followServiceCase, openServiceCase } from '../../helpers/service-case.js';
import type { ServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

/** Said nowhere else, so that it is found wherever it leaks. */
const CANARY = 'Faktura-77-Kanarifugl';
/** The clerk sees the front desk's tasks too, but may not take them. */
const STAFF = ['agent', 'clerk'];
const EMAIL = 'gebyr@example.no';
const CORRECTED = { amountBefore: 4200, amountAfter: 2100, invoiceCorrected: true };

describe('Feature: questions about fees and property tax', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  /** The front desk cannot answer, and sends it to the unit. */
  const forward = async (one: ServiceCase) => {
    const desk = (await one.open()).find((id) => id.endsWith('_svar1'));
    await one.complete(desk ?? 'svar1', { firstLineResult: 'forward' });
    return one;
  };
  const ask = async (channel: string, answers: object) =>
    forward(await openServiceCase(apps, { channel, service: 'AVGIFT', answers }, STAFF));
  const call = async (text: string) => {
    const body = {
      channel: 'phone',
      party: { name: 'Kari Kanarifugl', email: EMAIL },
      questions: [{ service: 'AVGIFT', text }],
    };
    const { body: contact } = await apps.as('agent').post('/api/contacts', body).expect(201);
    await apps.runDue();
    const { reference } = contact.questions[0].inquiry;
    return forward(followServiceCase(apps, reference, STAFF, EMAIL));
  };

  it('Given a wrong invoice sent by the web form, when everything is late, then the unit is reminded, the citizen’s answer awaited and the invoice corrected, and no process knows whose it was', async () => {
    const request = supertest(apps.next()).post('/fjordvik/form/AVGIFT');
    const opened = new Date(apps.clock().getTime() - HOUR).toISOString();
    const fields = { opened, partyName: 'Kari Kanarifugl', partyEmail: EMAIL, text: CANARY };
    const filled = { ...fields, matter: 'wrongInvoice', feeType: 'water', invoiceNumber: CANARY };
    for (const [name, value] of Object.entries(filled)) void request.field(name, value);
    await request.expect(303);
    await apps.runDue();
    const { body } = await apps.as('agent').get('/api/inquiries?channel=form').expect(200);
    const one = followServiceCase(apps, body.items[0].reference, STAFF, EMAIL);
    await forward(one);

    await apps.pass(4 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    await one.complete('avg_slaopp', { finding: 'missing', missing: 'Målerstanden' });
    expect(one.told().at(-1)).to.contain('Målerstanden');
    const path = `/api/inquiries/${one.reference}`;
    expect((await apps.as('agent').get(path).expect(200)).body.status).to.equal('awaitingCitizen');
    const said = { kind: 'received', channel: 'phone', text: 'Den er 1234.' };
    await apps.as('agent').post(`${path}/messages`, said).expect(201);
    await apps.runDue();
    await one.complete('avg_slaopp', { finding: 'wrong' });
    await one.complete('avg_beregn', { ...CORRECTED, caseNote: CANARY });
    await one.close('completed');
    for (const table of ['process_instance', 'step_log', 'job', 'user_task', 'event']) {
      const found = await apps.db.query(
        `SELECT 1 FROM ${table} AS t WHERE to_jsonb(t)::text ~ $1`,
        ['Kanarifugl|gebyr@example'],
      );
      expect(found, table).to.deep.equal([]);
    }
  });

  it('Given a call about nothing in particular, when nobody sorts it within four hours, then it is escalated, and still explained', async () => {
    const one = await call('Hvorfor er gebyret så høyt?');
    await apps.pass(4 * HOUR);
    expect(await one.escalations()).to.equal(1);
    await one.complete('avg_sorter', { matter: 'question', feeType: 'water' });
    await one.complete('avg_slaopp', { finding: 'right' });
    await one.close('answered');
    expect(one.told().join()).to.contain('Her er svaret.');
  });

  it('Given a citizen who sends nothing, when two weeks pass, then what is known is explained', async () => {
    const one = await ask('portal', { matter: 'wrongInvoice' });
    await one.complete('avg_slaopp', { finding: 'missing', missing: 'Fakturaen' });
    expect(await one.open()).not.to.include('avg_slaopp');
    await apps.pass(15 * DAY);
    await one.complete('avg_slaopp', { finding: 'right' });
    await one.close('answered');
  });

  it('Given a claim that somebody else made, then it is forwarded and the citizen told', async () => {
    const one = await ask('email', { matter: 'question', feeType: 'other' });
    await one.complete('avg_slaopp', { finding: 'elsewhere' });
    await one.close('forwarded');
    expect(one.told().join()).to.match(/sendt videre/);
  });

  it('Given a wish for instalments, when nobody considers it within four working days, then the unit is reminded; it is agreed on or refused', async () => {
    const one = await ask('phone', { matter: 'instalment' });
    await apps.pass(8 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    await one.complete('avg_avdrag', { agreement: 'yes', instalments: 3, caseNote: CANARY });
    await one.close('completed');
    const other = await ask('phone', { matter: 'instalment' });
    await other.complete('avg_avdrag', { agreement: 'no', caseNote: CANARY });
    await other.close('rejected');
  });

  it('Given a complaint about the tax in time, when it is not considered in fifteen working days, then it is escalated, and the appeals board has it', async () => {
    const noticeOn = apps.clock().toISOString().slice(0, 10);
    const one = await ask('email', { matter: 'taxComplaint', feeType: 'tax', noticeOn });
    await apps.pass(30 * DAY);
    expect(await one.escalations()).to.equal(1);
    await one.complete('avg_klage', { ruling: 'no', caseNote: CANARY });
    await one.close('forwarded');
    expect(one.told().join()).to.contain('Klagen din er sendt videre');
  });

  it('Given a complaint about the tax that is right, then the tax is changed by a decision', async () => {
    const one = await ask('email', { matter: 'taxComplaint', feeType: 'tax' });
    await one.complete('avg_klage', { ruling: 'yes', caseNote: CANARY });
    await one.complete('avg_skatt_rett', { ...CORRECTED, caseNote: CANARY });
    await one.close('completed');
    expect(one.told().join()).to.contain('Vedtak i saken din');
  });

  it('Given a complaint after more than six weeks, then special reasons decide, and its dismissal tells of the right to complain', async () => {
    const late = { matter: 'taxComplaint', feeType: 'tax', noticeOn: '2025-12-01' };
    const admitted = await ask('email', late);
    await admitted.complete('avg_for_sent', { admitted: 'yes', caseNote: CANARY });
    expect(await admitted.open()).to.include('avg_klage');
    const one = await ask('email', late);
    await one.complete('avg_for_sent', { admitted: 'no', caseNote: CANARY });
    await one.close('rejected');
    expect(one.told().join()).to.contain('Avslag i saken din').and.match(/klage/);
  });
});
