import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';
import { offerWatched } from '../helpers/watched-case.js';

const draft = {
  channel: 'email',
  service: 'DUNK',
  text: 'Når blir det vann igjen?',
  party: { name: 'Test Person', email: 'test@example.no' },
};

describe('Feature: every deadline of a case fires, and is answered', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let reference: string;

  before(async () => {
    apps = await startTwoApps();
    const law = { duration: 'P1M', basis: 'forvaltningsloven § 11 a', validFrom: '1970-01-01' };
    await offerWatched(apps, { statutory: law, silentAfter: 15 });
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    reference = body.reference;
    await apps.runDue();
  });
  after(() => apps.stop());

  /** Goes on to this day in March, April …, late in the evening in Oslo. */
  const goTo = (date: string) =>
    apps.pass(new Date(`${date}T23:30:00Z`).getTime() - apps.clock().getTime());
  const mailTo = (to: string) =>
    apps.mail.received.flatMap((one) => (one.to.includes(to) ? [one.mail] : []));
  const task = async (name: string) => {
    const { body } = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    return body.items.find((one: { name: string }) => one.name === name);
  };
  const complete = async (name: string, answers: object) => {
    const { id } = await task(name);
    await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    await apps.as('caseworker').post(`/api/tasks/${id}/complete`, { answers }).expect(200);
    await apps.runDue();
  };

  it('Given a case nobody answers, when four fifths of the promise are over, then the unit is reminded once', async () => {
    expect((await apps.as('agent').get(`/api/inquiries/${reference}`)).body).to.include({
      expectedBy: '2026-03-16T22:59:59.999Z',
      statutoryBy: '2026-04-07T21:59:59.999Z',
    });
    await goTo('2026-03-12');
    expect(mailTo('var@fjordvik.example')).to.have.lengthOf(0);
    await goTo('2026-03-15');
    expect(mailTo('var@fjordvik.example').map(({ subject }) => subject)).to.have.lengthOf(1);
  });

  it('when the promise is broken, then that is recorded, and the manager hears of it', async () => {
    await goTo('2026-03-16');
    const { body } = await apps.as('manager').get('/api/sla/breaches').expect(200);
    expect(body.items[0]).to.include({ reference, deadline: 'guarantee', level: 1 });
    expect(mailTo('leder.var@fjordvik.example')).to.have.lengthOf(1);
  });

  it('when nothing happens for fifteen working days, then the unit is asked where the case stands', async () => {
    expect(await task('Si hvor saken står')).to.equal(undefined);
    await goTo('2026-03-23');
    await complete('Si hvor saken står', { tellCitizen: true, statusText: 'Vi venter på deler.' });
    expect(mailTo('test@example.no').at(-1)?.text).to.contain('Vi venter på deler.');
    await goTo('2026-03-26');
    expect(await task('Si hvor saken står')).to.equal(undefined);
  });

  it('three working days before a month has passed, then an interim reply is due, with a reason and a date', async () => {
    await goTo('2026-03-27');
    expect(await task('Skriv foreløpig svar')).to.equal(undefined);
    await goTo('2026-03-30');
    const { id } = await task('Skriv foreløpig svar');
    await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    const { body } = await apps
      .as('caseworker')
      .post(`/api/tasks/${id}/complete`, { answers: { interimReply: true } })
      .expect(400);
    expect(body.errors).to.have.lengthOf(2);
    await complete('Skriv foreløpig svar', {
      interimReply: true,
      delayReason: 'Leverandøren er forsinket',
      promisedBy: '2026-04-15',
    });
    const reply = mailTo('test@example.no').at(-1);
    expect(reply?.text).to.contain('Leverandøren er forsinket').and.to.contain('15. april 2026');
  });

  it('when the deadline in law is broken, then it is escalated too', async () => {
    await goTo('2026-04-07');
    const { body } = await apps.as('manager').get('/api/sla/breaches?deadline=statutory');
    expect(body.items[0]).to.include({ reference, dueAt: '2026-04-07T21:59:59.999Z', level: 1 });
    expect(mailTo('leder.var@fjordvik.example')).to.have.lengthOf(2);
  });

  it('when the promised date slips, then a notice of delay is due, and again when the next one slips', async () => {
    await goTo('2026-04-14');
    expect(await task('Skriv melding om forsinkelse')).to.equal(undefined);
    await goTo('2026-04-15');
    const answers = { delayReason: 'Delene er feil', promisedBy: '2026-04-20' };
    await complete('Skriv melding om forsinkelse', answers);
    const first = mailTo('test@example.no').at(-1)?.text;
    expect(first).to.contain('15. april 2026').and.to.contain('20. april 2026');
    expect(await task('Skriv melding om forsinkelse')).to.equal(undefined);
    await goTo('2026-04-20');
    await complete('Skriv melding om forsinkelse', { ...answers, promisedBy: '2026-04-30' });
    expect(mailTo('test@example.no').at(-1)?.text).to.contain('20. april 2026');
  });

  it('and when the case is done, then its watch is over', async () => {
    await complete('Behandle saken', { outcome: 'answered' });
    await apps.pass(HOUR);
    await apps.pass(60 * DAY);
    expect(await apps.db.query('SELECT type FROM job WHERE instance_id IS NOT NULL')).to.be.empty;
    const { body } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
    expect(body).to.include({ status: 'closed', outcome: 'answered' });
    expect(body.tasks).to.deep.equal([]);
  });
});
