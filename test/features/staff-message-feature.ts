import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: staff write to the citizen on the case', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const party = { name: 'Kari', email: 'kari@example.no' };
  const seen = async (reference: string) =>
    (await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200)).body;
  const conversation = async (reference: string) =>
    (await apps.as('agent').get(`/api/inquiries/${reference}/messages`).expect(200)).body.items;
  const mails = (text: string) =>
    apps.mail.received.filter(({ mail }) => mail.text?.includes(text));
  const say = (reference: string, body: object) =>
    apps.as('agent').post(`/api/inquiries/${reference}/messages`, body);

  async function register(service: string): Promise<string> {
    const draft = { channel: 'phone', service, text: 'Hei', party };
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    await apps.runDue();
    return body.reference;
  }

  it('Given a question to the citizen, when it is sent twice, then one mail goes out and the clock stands still until the answer', async () => {
    const reference = await register('DUNK');
    const promised = (await seen(reference)).expectedBy;
    const question = {
      kind: 'sent',
      text: 'Hvilken farge har dunken?',
      awaitsAnswer: true,
      idempotencyKey: 'q1',
    };
    const first = (await say(reference, question).expect(201)).body;
    expect(first.effect).to.equal('sending');
    const again = (await say(reference, question).expect(201)).body;
    expect(again).to.deep.equal({ id: null, effect: 'repeated' });
    await apps.runDue();
    const [sent, ...more] = mails(question.text);
    expect(more).to.deep.equal([]);
    expect(sent?.to).to.deep.equal(['kari@example.no']);
    expect(await seen(reference)).to.include({ status: 'awaitingCitizen' });
    const kept = (await conversation(reference)).filter(
      ({ body }: { body: string }) => body === question.text,
    );
    expect(kept).to.have.lengthOf(1);
    expect(kept[0]).to.include({ direction: 'out', writtenBy: 'agent', address: party.email });

    await apps.pass(7 * DAY);
    const answer = { kind: 'received', channel: 'phone', text: 'Grønn.' };
    expect((await say(reference, answer).expect(201)).body.effect).to.equal('answered');
    await apps.runDue();
    const after = await seen(reference);
    expect(after.status).to.equal('inProgress');
    expect(Date.parse(after.expectedBy)).to.be.greaterThan(Date.parse(promised));
    const { body } = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    expect(body.items.map(({ unread }: { unread: number }) => unread)).to.include(1);
    const { body: log } = await apps
      .as('agent')
      .get(`/api/inquiries/${reference}/deliveries`)
      .expect(200);
    expect(log.items.map(({ state }: { state: string }) => state)).to.include('sent');
  });

  it('Given a question without a date that nobody answers, then after two weeks the clock goes on and the unit is told', async () => {
    const reference = await register('DUNK');
    const promised = (await seen(reference)).expectedBy;
    const question = { kind: 'sent', text: 'Hvilken adresse er det?', awaitsAnswer: true };
    await say(reference, { ...question, answerBy: '2020-01-01T12:00:00Z' }).expect(400);
    await say(reference, question).expect(201);
    await apps.pass(10 * DAY);
    expect(await seen(reference)).to.include({ status: 'awaitingCitizen' });
    await apps.pass(6 * DAY);
    const after = await seen(reference);
    expect(after).to.include({ status: 'inProgress' });
    expect(Date.parse(after.expectedBy)).to.be.greaterThan(Date.parse(promised));
    const story = after.history.map(({ nb }: { nb: string }) => nb);
    expect(story).to.include('Vi fikk ikke svar fra deg i tide, og går videre med saken');
    const told = mails(`Henvendelse ${reference}`).filter(({ to }) => to[0]?.includes('var'));
    expect(told.at(-1)?.mail.text).to.contain('er ikke besvart');
  });

  it('Given a question with a date, when it is asked again, then the later date counts', async () => {
    const reference = await register('DUNK');
    const question = { kind: 'sent', text: 'Hvilken farge?', awaitsAnswer: true };
    const { expectedBy } = await seen(reference);
    const answerBy = new Date(Date.parse(expectedBy) - 10 * DAY).toISOString();
    await say(reference, { ...question, answerBy }).expect(201);
    await apps.pass(DAY);
    await say(reference, { ...question, text: 'Altså, hvilken farge?' }).expect(201);
    await apps.pass(Date.parse(answerBy) - apps.clock().getTime() + DAY);
    expect(await seen(reference)).to.include({ status: 'awaitingCitizen' });
    await apps.pass(16 * DAY);
    expect(await seen(reference)).to.include({ status: 'inProgress' });
  });

  it('Given a case whose words must not go by mail, then the citizen is told only that there is something', async () => {
    const reference = await register('PARKHC');
    await say(reference, { kind: 'sent', text: 'Legeerklæringen mangler.' }).expect(201);
    await apps.runDue();
    expect(mails('Legeerklæringen')).to.deep.equal([]);
    const told = apps.mail.received.at(-1)?.mail;
    expect(told?.subject).to.equal(`Beskjed om saken din (${reference})`);
    expect(told?.text).to.contain('/status/').and.to.contain('taushetsplikten');
  });

  it('Given a mail server that is down, then the message is kept and goes out when it is up', async () => {
    const reference = await register('DUNK');
    apps.mail.refusals.push({ at: 'data', code: 451, message: 'try later' });
    await say(reference, { kind: 'sent', text: 'Vi kommer tirsdag.' }).expect(201);
    await apps.runDue();
    expect(mails('Vi kommer tirsdag.')).to.deep.equal([]);
    await apps.pass(DAY);
    expect(mails('Vi kommer tirsdag.')).to.have.lengthOf(1);
  });
});
