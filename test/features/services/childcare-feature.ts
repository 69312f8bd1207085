import { expect } from 'chai';
import { openServiceCase, followServiceCase } from '../../helpers/service-case.js';
import type { ServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

/** Said nowhere else, so that it is found wherever it leaks. */
const CHILD = 'Barnet Kanarifugl';
/** The clerk sees the front desk's tasks too, but may not take them. */
const STAFF = ['agent', 'clerk'];
const EMAIL = 'forelder@example.no';

describe('Feature: kindergarten and after-school care', function () {
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
  const ask = async (channel: string, answers: object) => {
    const given = { placeType: 'kindergarten', ...answers };
    return forward(
      await openServiceCase(apps, { channel, service: 'BARNEHAGE', answers: given }, STAFF),
    );
  };
  const call = async (answers: object) => {
    const body = {
      channel: 'phone',
      party: { name: 'Forelder Kanarifugl', email: EMAIL },
      questions: [{ service: 'BARNEHAGE', text: `Om ${CHILD}`, answers }],
    };
    const { body: contact } = await apps.as('agent').post('/api/contacts', body).expect(201);
    await apps.runDue();
    const { reference } = contact.questions[0].inquiry;
    return forward(followServiceCase(apps, reference, STAFF, EMAIL));
  };

  it('Given a call, when it is sorted late and answered late, then both are escalated, and the front desk answers', async () => {
    const one = await call({});
    await apps.pass(4 * HOUR);
    expect(await one.escalations()).to.equal(1);
    await one.complete('bhg_sorter', { matter: 'question', placeType: 'kindergarten' });
    await apps.pass(3 * DAY);
    expect(await one.escalations()).to.equal(2);
    await one.complete('bhg_finn', { found: true });
    await one.close('answered');
    expect(one.told().join()).not.to.contain('Her er svaret.');
  });

  it('Given a parent who asks where the application stands, when nobody looks within two working days, then the unit is reminded', async () => {
    const one = await call({ matter: 'status', childName: CHILD });
    await apps.pass(6 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    await one.complete('bhg_slaopp', { application: 'found', caseNote: CHILD });
    await one.close('answered');
    const none = await ask('email', { matter: 'status' });
    await none.complete('bhg_slaopp', { application: 'notFound', caseNote: CHILD });
    await none.close('answered');
  });

  it('Given a wish before the first of March, then it takes part in the main intake', async () => {
    const receivedAt = '2026-02-27T10:00:00Z';
    const answers = { matter: 'change', placeType: 'kindergarten', childName: CHILD };
    const draft = { channel: 'letter', service: 'BARNEHAGE', answers, receivedAt };
    const one = await forward(await openServiceCase(apps, draft, STAFF));
    await one.complete('bhg_registrer', { registered: true });
    await one.close('completed');
  });

  it('Given a wish after it, when no place is looked for in ten working days, then it is escalated; there is a place or a waiting list', async () => {
    const one = await ask('email', { matter: 'change' });
    await apps.pass(16 * DAY);
    expect(await one.escalations()).to.equal(1);
    await one.complete('bhg_plass', { place: 'yes', startsOn: '2026-05-01', endsOn: '2026-04-30' });
    await one.close('completed');
    const waiting = await ask('email', { matter: 'moved', placeType: 'afterSchool' });
    await waiting.complete('bhg_plass', { place: 'no' });
    await waiting.close('answered');
  });

  it('Given a child who may have priority, when the documents come and the decision is late, then it is escalated, decided, and no process knows the child', async () => {
    const one = await call({ matter: 'priority', ground: 'disability', childName: CHILD });
    await one.complete('bhg_vurder', { ruling: 'missing', missing: 'Sakkyndig vurdering' });
    expect(one.told().at(-1)).to.contain('Vi mangler opplysninger').and.not.contain('Sakkyndig');
    const path = `/api/inquiries/${one.reference}`;
    expect((await apps.as('agent').get(path).expect(200)).body.status).to.equal('awaitingCitizen');
    const said = { kind: 'received', channel: 'email', text: `${CHILD}: se vedlegg.` };
    await apps.as('agent').post(`${path}/messages`, said).expect(201);
    await apps.runDue();
    await apps.pass(30 * DAY);
    expect(await one.escalations()).to.equal(1);
    await one.complete('bhg_vurder', { ruling: 'granted', caseNote: CHILD });
    await one.close('completed');
    expect(one.told().join()).to.contain('Vedtak i saken din');
    for (const table of ['process_instance', 'step_log', 'job', 'user_task', 'event']) {
      const found = await apps.db.query(
        `SELECT 1 FROM ${table} AS t WHERE to_jsonb(t)::text ~ $1`,
        [`Kanarifugl|${EMAIL}`],
      );
      expect(found, table).to.deep.equal([]);
    }
  });

  it('Given that no documents come in three weeks, then priority is decided without them, and a refusal tells of the right to complain', async () => {
    const one = await ask('visit', { matter: 'priority', ground: 'sibling' });
    await one.complete('bhg_vurder', { ruling: 'missing', missing: 'Dokumentasjon' });
    expect(await one.open()).not.to.include('bhg_vurder');
    await apps.pass(22 * DAY);
    await one.complete('bhg_vurder', { ruling: 'refused', caseNote: 'Ikke grunnlag.' });
    await one.close('rejected');
    expect(one.told().join()).to.contain('Avslag i saken din').and.match(/klage/);
  });
});
