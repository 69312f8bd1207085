import { expect } from 'chai';
import type { ServiceCase } from '../../helpers/service-case.js';
import { expectNoTraceOf, openServiceCase, tellProcess } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

describe('Feature: receipt of a building application', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const apply = (more: object = {}) =>
    openServiceCase(apps, { channel: 'form', service: 'BYGGMOTTAK', ...more });
  /** Receives the application and sends its receipt. */
  async function receive(one: ServiceCase): Promise<void> {
    await one.complete('bm_bekreft');
    await one.complete('bm_kv_kontroll', { receiptCheck: 'correct' });
    await one.complete('bm_kv_godkjenn', { receiptApproval: 'correct' });
    await one.complete('bm_kv_send');
  }
  const breaches = ({ reference }: ServiceCase) =>
    apps.db.query<{ deadline: string }>(
      `SELECT b.deadline FROM breach b JOIN inquiry i ON i.tenant_id = b.tenant_id
         AND i.id = b.inquiry_id WHERE i.reference = $1`,
      [reference],
    );
  const finish = async (one: ServiceCase) => {
    await tellProcess(apps, one.reference, 'permit closed');
    await one.close('completed');
    expect(await one.open()).to.deep.equal([]);
  };

  it('Given an ordinary application, when its receipt is corrected, approved and sent, then the case goes on and is closed in time', async () => {
    const party = { name: 'Bygg Herresen', email: 'byggherre@example.no' };
    const answers = { measure: 'garage', cadastralId: '15/273' };
    const one = await apply({ party, answers, text: 'Garasjen på Herresletta' });
    const { body } = await apps.as('clerk').get(`/api/inquiries/${one.reference}`).expect(200);
    expect(body).to.include({ unit: 'BYGG', service: 'BYGGMOTTAK' });
    await one.complete('bm_bekreft');
    expect(await one.open()).to.deep.equal(['bm_kv_kontroll', 'bm_rad_behov']);
    await one.complete('bm_kv_kontroll', { receiptCheck: 'adjust' });
    await one.complete('bm_kv_rett');
    await one.complete('bm_kv_kontroll', { receiptCheck: 'correct' });
    await one.complete('bm_kv_godkjenn', { receiptApproval: 'adjust' });
    await one.complete('bm_kv_rett');
    await one.complete('bm_kv_kontroll', { receiptCheck: 'correct' });
    await one.complete('bm_kv_godkjenn', { receiptApproval: 'correct' });
    await one.complete('bm_kv_send');
    await one.complete('bm_rad_behov', { advice: [] });
    await one.complete('bm_bero', { hold: 'none' });
    await finish(one);
    await apps.pass(40 * DAY);
    expect(await breaches(one), 'the deadline went with the case').to.deep.equal([]);
    await expectNoTraceOf(apps, ['Herresen', 'byggherre@example.no', '15/273', 'Herresletta']);
  });

  it('Given that advice is needed, when all who were asked have answered, then it is decided on, and reasons for holding the case are sent', async () => {
    const one = await apply();
    await receive(one);
    await one.complete('bm_rad_behov', { advice: ['aspect-1', 'aspect-4', 'external'] });
    expect(await one.open()).to.deep.equal(['bm_rad_be_om', 'bm_rad_tema_1', 'bm_rad_tema_4']);
    await one.complete('bm_rad_tema_1');
    await one.complete('bm_rad_be_om', { adviceParty: 'party-3' });
    await one.complete('bm_rad_part_3');
    expect(await one.open()).to.deep.equal(['bm_rad_tema_4']);
    await one.complete('bm_rad_tema_4');
    await one.complete('bm_rad_behov', { advice: [] });
    await one.complete('bm_bero', { hold: 'hold' });
    await one.complete('bm_beg_lag');
    await one.complete('bm_beg_kontroll', { reasonsCheck: 'adjust' });
    await one.complete('bm_beg_rett');
    await one.complete('bm_beg_kontroll', { reasonsCheck: 'correct' });
    await one.complete('bm_beg_godkjenn');
    await one.complete('bm_beg_send');
    await finish(one);
  });

  it('Given a measure that needs no permit, when the deadline of the receipt passes, then the breach is recorded once and the letter still sent', async () => {
    const one = await apply({ channel: 'visit' });
    await receive(one);
    await apps.pass(27 * DAY);
    expect(await breaches(one)).to.deep.equal([]);
    await apps.pass(6 * DAY);
    expect(await breaches(one)).to.deep.equal([{ deadline: 'guarantee' }]);
    await one.complete('bm_rad_behov', { advice: [] });
    await one.complete('bm_bero', { hold: 'unlicensed' });
    await one.complete('bm_fri_lag');
    await one.complete('bm_fri_kontroll', { letterCheck: 'adjust' });
    await one.complete('bm_fri_rett');
    await one.complete('bm_fri_kontroll', { letterCheck: 'correct' });
    await one.complete('bm_fri_godkjenn');
    await one.complete('bm_fri_send');
    await finish(one);
    expect(await breaches(one)).to.have.length(1);
  });

  it('Given an application that is closed elsewhere, when that is told while work is open, then nothing is left to do', async () => {
    const one = await apply({ channel: 'letter' });
    expect(await one.open()).to.deep.equal(['bm_bekreft']);
    await finish(one);
  });
});
