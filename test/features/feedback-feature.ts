import { expect } from 'chai';
import supertest from 'supertest';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: what a citizen thinks of the answer', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const inquiry = async (reference: string) =>
    (await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200)).body;
  const tasksOf = async (reference: string) =>
    (await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200)).body.items;

  async function complete(reference: string, answers: object): Promise<void> {
    const [{ id }] = await tasksOf(reference);
    await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    await apps.as('caseworker').post(`/api/tasks/${id}/complete`, { answers }).expect(200);
    await apps.runDue();
  }

  async function work(reference: string, answer: string): Promise<void> {
    await complete(reference, { priceAccepted: false });
    await complete(reference, { answer });
  }

  /** A case that has been answered, and the citizen's own page of it. */
  async function answered(name: string): Promise<{ reference: string; page: string }> {
    const party = { name, email: `${name.toLowerCase()}@example.no` };
    const draft = { channel: 'email', text: 'Full dunk', service: 'DUNK', party };
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    await apps.runDue();
    await work(body.reference, 'Den er tømt.');
    expect((await inquiry(body.reference)).closedAt).to.be.a('string');
    const mail = apps.mail.received.findLast(({ to }) => to[0] === party.email)!.mail;
    const [page] = /\/status\/\S+/.exec(mail.text!)!;
    return { reference: body.reference, page };
  }

  async function say(page: string, deed: string, body: object): Promise<void> {
    const asked = supertest(apps.next()).post(`${page}/${deed}`).type('form').send(body);
    expect((await asked.expect(303)).headers['location']).to.not.contain('empty');
    await apps.runDue();
  }

  it('Given a low score, then the unit decides with the citizen’s words before it, and may leave it or open it', async () => {
    const { reference, page } = await answered('Anne');
    await say(page, 'score', { score: '1', comment: 'Den er like full.' });
    expect((await inquiry(reference)).closedAt).to.be.a('string');
    const [task] = await tasksOf(reference);
    expect(task).to.include({ name: 'Vurder om saken skal åpnes igjen' });
    const said = await apps.as('agent').get(`/api/inquiries/${reference}/messages`).expect(200);
    expect(JSON.stringify(said.body)).to.contain('Den er like full.');
    await complete(reference, { reopenCase: true, assessment: 'Hun har rett.' });
    const opened = await inquiry(reference);
    expect(opened).to.include({ closedAt: null, outcome: null });
    expect(await tasksOf(reference)).to.have.lengthOf(1);
    const { body } = await apps.as('agent').get(`/api/inquiries/${reference}/deadlines`);
    expect(body.events.map(({ reason }: { reason: string }) => reason)).to.include('reopened');
    await work(reference, 'Unnskyld, nå er den tømt.');
    await apps.pass(15 * DAY);
    expect((await inquiry(reference)).closedAt).to.be.a('string');
  });

  it('Given a low score that nobody has looked at, when the citizen writes back, then the case is open at once', async () => {
    const { reference, page } = await answered('Berit');
    await say(page, 'score', { score: '2' });
    await say(page, 'message', { text: 'Kan dere se på det igjen?' });
    expect(await inquiry(reference)).to.include({ closedAt: null });
    const names = (await tasksOf(reference)).map(({ name }: { name: string }) => name);
    expect(names).to.not.include('Vurder om saken skal åpnes igjen');
  });

  it('Given a good score, then nobody is asked and the case stays closed', async () => {
    const { reference, page } = await answered('Cecilie');
    await say(page, 'score', { score: '5', comment: 'Takk!' });
    expect((await inquiry(reference)).closedAt).to.be.a('string');
    expect(await tasksOf(reference)).to.deep.equal([]);
  });
});
