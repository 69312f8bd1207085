import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const party = (name: string) => ({ name, email: `${name.toLowerCase()}@example.no` });

describe('Feature: what citizens say, in conversations and on their cases', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const inquiry = async (reference: string) =>
    (await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200)).body;

  async function finish(login: string, reference: string, answers: object): Promise<string> {
    const { body } = await apps.as(login).get(`/api/tasks?inquiry=${reference}`).expect(200);
    const [{ id, name }] = body.items;
    await apps.as(login).post(`/api/tasks/${id}/claim`).expect(200);
    await apps.as(login).post(`/api/tasks/${id}/complete`, { answers }).expect(200);
    await apps.runDue();
    return name;
  }

  it('Given a call with three questions, when the agent registers it, then each is a case of its own: one closed at once, one to call back about', async () => {
    const { body } = await apps
      .as('agent')
      .post('/api/contacts', {
        channel: 'phone',
        party: { ...party('Kari'), phone: '+4799999999' },
        startedAt: '2026-03-02T08:50:00Z',
        endedAt: '2026-03-02T08:57:00Z',
        sources: ['Tjenestebeskrivelser'],
        questions: [
          { service: 'VEIHULL', text: 'Hull i Storgata' },
          { text: 'Åpningstid?', result: 'answeredNow', answer: 'Til klokka 19.' },
          { service: 'VANN', text: 'Er vannet rent?', result: 'callBack' },
        ],
      })
      .expect(201);
    const [hole, hours, water] = body.questions;
    await apps.runDue();
    expect(hole.inquiry).to.include({ status: 'registered', service: 'VEIHULL', identified: true });
    expect(await inquiry(hours.inquiry.reference)).to.include({
      status: 'closed',
      outcome: 'answered',
      unit: 'SERV',
    });
    const waiting = await inquiry(water.inquiry.reference);
    expect(waiting.tasks[0]).to.deep.include({
      name: 'Ring innbyggeren',
      dueAt: '2026-03-03T22:59:59.999Z',
    });
    const { body: found } = await apps
      .as('agent')
      .get(`/api/contacts?inquiry=${hours.inquiry.reference}`)
      .expect(200);
    expect(found.items).to.have.lengthOf(1);
    expect(found.items[0].questions).to.have.lengthOf(3);
    await apps.as('caseworker').get('/api/contacts').expect(403);
    const name = await finish('caseworker', water.inquiry.reference, {
      callOutcome: 'answered',
      answer: 'Ja.',
    });
    expect(name).to.equal('Ring innbyggeren');
    expect(await inquiry(water.inquiry.reference)).to.include({ status: 'closed' });
  });

  it('and nothing of a conversation is registered when one of its questions is wrong', async () => {
    const before = await apps.countRows();
    const { body } = await apps
      .as('agent')
      .post('/api/contacts', {
        channel: 'visit',
        questions: [{ text: 'Hei' }, { service: 'NOPE', text: 'Hallo' }],
      })
      .expect(400);
    expect(body.errors[0]).to.include({ path: 'questions.1.service' });
    expect(await apps.countRows()).to.deep.equal(before);
  });

  it('Given a message that nobody reads, when its time is out, then the manager sees it', async () => {
    const draft = { channel: 'phone', service: 'DUNK', text: 'Knust', party: party('Ola') };
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    const path = `/api/inquiries/${body.reference}/messages`;
    const said = { kind: 'received', channel: 'phone', text: 'Nå er lokket borte også.' };
    const message = (await apps.as('agent').post(path, said).expect(201)).body;
    expect(message.effect).to.equal('unread');
    await apps.runDue();
    await apps.pass(3 * DAY);
    const unread = await apps.as('caseworker').get('/api/messages/unread?overdue=true').expect(200);
    expect(unread.body.items[0]).to.include({ id: message.id, overdue: true });
    expect(apps.mail.received.at(-1)?.to).to.deep.equal(['leder.var@fjordvik.example']);
    const { history } = await inquiry(body.reference);
    const last = history.map(({ nb }: { nb: string }) => nb);
    expect(last).to.include('En frist er brutt og meldt videre');
    await apps.as('caseworker').post(`${path}/${message.id}/read`).expect(204);
    const { body: after } = await apps.as('caseworker').get('/api/messages/unread').expect(200);
    expect(after.items).to.deep.equal([]);
  });

  it('Given two who report the same hole, when the first is answered, then the second is told under its own number, and neither sees the other', async () => {
    const at = { address: 'Torget 1', latitude: 59.2181, longitude: 10.9298 };
    const report = (name: string) =>
      apps.as('agent').post('/api/inquiries', {
        channel: 'phone',
        service: 'DUNK',
        text: 'Full dunk på torget',
        party: party(name),
        location: at,
      });
    const main = (await report('Anna').expect(201)).body;
    await apps.pass(1000);
    const follower = (await report('Bjørg').expect(201)).body;
    await apps.runDue();
    expect(await inquiry(follower.reference)).to.include({ outcome: 'linked' });
    await finish('caseworker', main.reference, { priceAccepted: false });
    await finish('caseworker', main.reference, { answer: 'Den er tømt nå.' });
    const told = apps.mail.received.filter(({ mail }) => mail.text?.includes('Den er tømt nå.'));
    expect(told.map(({ to }) => to[0]?.toLowerCase())).to.have.members([
      'anna@example.no',
      'bjørg@example.no',
    ]);
    const own = told.find(({ to }) => to[0]?.startsWith('bj'))!.mail;
    expect(own.subject).to.contain(follower.reference);
    expect(`${own.text}`).not.to.contain('Anna').and.not.to.contain('anna@');
    const apart = await apps
      .as('agent')
      .post(`/api/inquiries/${follower.reference}/unlink`, { note: 'To ulike dunker.' })
      .expect(200);
    expect(apart.body).to.include({ status: 'reopened', outcome: null });
    await apps
      .as('agent')
      .post(`/api/inquiries/${follower.reference}/unlink`, { note: 'x' })
      .expect(409);
  });

  it('Given a closed case, when the citizen replies, then a person opens it again, with a new promise and its whole story', async () => {
    const draft = { channel: 'phone', text: 'Takk for sist', party: party('Per') };
    const asked = { channel: 'phone', party: draft.party, result: 'answeredNow' };
    const questions = [{ text: draft.text, answer: 'Bare hyggelig.' }];
    const { body } = await apps.as('agent').post('/api/contacts', { ...asked, questions });
    const { reference } = body.questions[0].inquiry;
    await apps.runDue();
    await apps.pass(DAY);
    const path = `/api/inquiries/${reference}`;
    const said = { kind: 'received', channel: 'email', text: 'Det stemte ikke.' };
    const { effect } = (await apps.as('agent').post(`${path}/messages`, said).expect(201)).body;
    expect(effect).to.equal('reopeningAsked');
    const why = { reason: 'citizenReplied', note: 'Svaret var feil.' };
    const opened = (await apps.as('agent').post(`${path}/reopen`, why).expect(200)).body;
    expect(opened).to.include({ status: 'reopened', closedAt: null, overdue: false });
    await apps.as('agent').post(`${path}/reopen`, why).expect(409);
    await apps.runDue();
    const { history, tasks } = await inquiry(reference);
    expect(tasks).to.have.lengthOf(1);
    const story = history.map(({ nb }: { nb: string }) => nb);
    expect(story).to.include.members(['Saken er avsluttet: besvart', 'Saken er åpnet igjen']);
    expect(await apps.db.query('SELECT 1 FROM incident')).to.have.lengthOf(0);
    const { deadlines, events } = (await apps.as('agent').get(`${path}/deadlines`)).body;
    expect(deadlines[0]).to.include({ dueAt: opened.expectedBy, extendedTo: opened.expectedBy });
    expect(events.at(-1)).to.include({ kind: 'EXTEND', reason: 'reopened' });
    await apps.pass(45 * DAY);
    const broken = await apps.db.query<{ at: Date }>(
      `SELECT b.due_at AS at FROM breach b JOIN inquiry i ON i.id = b.inquiry_id
       WHERE i.reference = $1 AND b.deadline = 'guarantee'`,
      [reference],
    );
    expect(broken.map(({ at }) => at.toISOString())).to.deep.equal([opened.expectedBy]);
  });
});
