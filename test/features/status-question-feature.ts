import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: questions about how a case goes', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
    const party = { name: 'Kari', email: 'kari@example.no' };
    const draft = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust', party };
    reference = (await apps.as('agent').post('/api/inquiries', draft).expect(201)).body.reference;
    await apps.runDue();
  });
  after(() => apps.stop());

  const asks = (text: string) => ({ reference, text, result: 'statusAsked' });
  const call = (...questions: object[]) =>
    apps.as('agent').post('/api/contacts', { channel: 'phone', questions });
  const chasers = async () =>
    (await apps.as('agent').get(`/api/inquiries/${reference}/status`).expect(200)).body.chasers;
  const figures = async () => (await apps.as('owner').get('/api/chasers').expect(200)).body.items;

  it('Given a call about a case, then it makes no new case and counts once against the place where the case stands', async () => {
    const { body } = await call(asks('Hvordan går det?'), asks('Når kommer den?')).expect(201);
    expect(body.questions.map((one: { result: string }) => one.result)).to.deep.equal([
      'statusAsked',
      'statusAsked',
    ]);
    expect(body.questions[0].inquiry.reference).to.equal(reference);
    await apps.runDue();
    expect(await chasers()).to.equal(1);
    const [figure, ...others] = await figures();
    expect(others).to.deep.equal([]);
    expect(figure).to.include({ processId: 'bin-order-after', chasers: 1, cases: 1 });
    const found = await apps.as('agent').get(`/api/contacts?inquiry=${reference}`).expect(200);
    expect(found.body.items).to.have.lengthOf(1);
    const said = await apps.as('agent').get(`/api/inquiries/${reference}/messages`).expect(200);
    expect(JSON.stringify(said.body)).to.contain('Når kommer den?');
  });

  it('when an e-mail asks the same at once, then it is the same question; the next day it is another', async () => {
    const mail = { kind: 'received', channel: 'email', text: 'Hvordan går det?', asksStatus: true };
    const say = (key: string) =>
      apps
        .as('agent')
        .post(`/api/inquiries/${reference}/messages`, { ...mail, idempotencyKey: key })
        .expect(201);
    await say('first');
    expect(await chasers()).to.equal(1);
    await apps.pass(24 * HOUR);
    await say('second');
    await say('second');
    expect(await chasers()).to.equal(2);
  });

  it('and a status question names its case, and only a status question does', async () => {
    await call({ text: 'Hvordan går det?', result: 'statusAsked' }).expect(400);
    await call({ ...asks('Hvordan går det?'), result: 'registered' }).expect(400);
    await call({ ...asks('Hvordan går det?'), reference: '26-AAAA-AAAA' }).expect(404);
    expect(await chasers()).to.equal(2);
  });
});
