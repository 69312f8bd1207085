import { expect } from 'chai';
import { openServiceCase } from '../../helpers/service-case.js';
import type { ServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

const RESPONSIBLE = 'Ansvarlig Skjenkesen';
const FACTS = {
  orgNumber: '940039541',
  eventDate: '2026-06-01',
  eventKind: 'open',
  guests: 150,
  alcoholGroup: '2',
  hasPremises: true,
};
const DECIDED = { reasons: 'Vilkårene er oppfylt.', complaintInfo: true };

describe('Feature: one-off alcohol licences', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const apply = (changes: object = {}) =>
    openServiceCase(apps, {
      channel: 'form',
      service: 'SKJENK',
      answers: { ...FACTS, responsibleName: RESPONSIBLE, text: 'Vårfest', ...changes },
    });
  const askPolice = (one: ServiceCase) =>
    one.complete('skjenk_be', { policeAsked: true, policeDue: '2026-03-20' });
  const answer = async ({ reference }: ServiceCase) => {
    const [row] = await apps.db.query<{ id: string }>(
      'SELECT id FROM inquiry WHERE reference = $1',
      [reference],
    );
    const name = 'alcohol-licence.done';
    const message = { name, correlationKey: row?.id, variables: { policeObject: false } };
    await apps.as('admin').post('/v2/messages/correlation', message).expect(200);
    await apps.runDue();
  };
  const judge = (one: ServiceCase) =>
    one.complete('skjenk_ansvarlig', { responsibleOk: 'yes', caseNote: 'Over 20 år.' });

  it('Given a right organisation number, when the police have answered, then the licence is granted, its fee known, and no process knows who is responsible', async () => {
    const one = await apply();
    await askPolice(one);
    await answer(one);
    await judge(one);
    await one.complete('skjenk_avgjor', { decision: 'grant', ...DECIDED });
    const [charged] = await apps.db.query<{ fee: number }>(
      `SELECT (variables -> 'charge' ->> 'fee')::int AS fee FROM process_instance
       WHERE process_id = 'alcohol-licence-after'`,
    );
    expect(charged?.fee).to.equal(400);
    await one.complete('skjenk_fakturer', { feeInvoiced: true });
    await one.close('completed');
    for (const table of ['process_instance', 'step_log', 'job', 'user_task', 'event']) {
      const found = await apps.db.query(
        `SELECT 1 FROM ${table} AS t WHERE to_jsonb(t)::text LIKE $1`,
        [`%${RESPONSIBLE}%`],
      );
      expect(found, table).to.deep.equal([]);
    }
  });

  it('Given slow police, when ten working days pass, then they are reminded and the applicant has an interim reply; and a late decision is escalated', async () => {
    const one = await apply();
    await askPolice(one);
    await apps.pass(15 * DAY);
    const newDate = new Date(apps.clock().getTime() + 14 * DAY).toISOString().slice(0, 10);
    const delayReason = 'Politiet har ikke uttalt seg.';
    await one.complete('skjenk_purr', { policeChased: true, delayReason, newDate });
    expect(one.told().at(-1)).to.match(/foreløpig svar/i);
    await answer(one);
    await judge(one);
    await apps.pass(8 * DAY);
    expect(await one.escalations()).to.be.greaterThan(0);
    await one.complete('skjenk_avgjor', { decision: 'refuse', ...DECIDED });
    await one.close('rejected');
  });

  it('Given a wrong check digit, when the applicant corrects it, then the application goes on', async () => {
    const one = await apply({ orgNumber: '940039542' });
    expect(await one.open()).not.to.include('skjenk_be');
    await one.complete('skjenk_mangler', { missing: 'Rett organisasjonsnummer' });
    const body = { kind: 'received', channel: 'email', text: '940039541' };
    await apps.as('agent').post(`/api/inquiries/${one.reference}/messages`, body).expect(201);
    await apps.runDue();
    await one.complete('skjenk_rett', FACTS);
    await askPolice(one);
    expect(await one.open()).not.to.include('skjenk_mangler');
  });

  it('and without an answer in fourteen days what exists is decided on', async () => {
    const one = await apply({ hasPremises: false });
    await one.complete('skjenk_mangler', { missing: 'Avtale om stedet' });
    await apps.pass(15 * DAY);
    await askPolice(one);
    await answer(one);
    await judge(one);
    await one.complete('skjenk_avgjor', { decision: 'refuse', ...DECIDED });
    await one.close('rejected');
  });
});
