import { expect } from 'chai';
import supertest from 'supertest';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: the telephone and chat systems tell of conversations', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  const tokens: Record<string, string> = {};
  before(async () => {
    apps = await startTwoApps();
    for (const hook of ['phone', 'chat']) {
      const made = await apps.as('admin').post('/api/hooks/tokens', { hook }).expect(201);
      tokens[hook] = made.body.token;
    }
  });
  after(() => apps.stop());

  const tell = (hook: string, body: object, token = tokens[hook]) =>
    supertest(apps.next())
      .post(`/api/hooks/${hook}`)
      .set('Authorization', `Bearer ${token}`)
      .send(body);
  const incoming = async (login = 'agent') =>
    (await apps.as(login).get('/api/contacts/incoming').expect(200)).body.items;

  it('takes nothing without the municipality’s own token', async () => {
    const call = { callId: 'c0', state: 'ringing' };
    for (const token of ['', 'x', tokens['chat'], `bispevik.${tokens['phone']?.split('.')[1]}`]) {
      await tell('phone', call, token).expect(401);
    }
    await apps.as('agent').post('/api/hooks/tokens', { hook: 'phone' }).expect(403);
    expect(await incoming()).to.deep.equal([]);
  });

  it('Given a known caller, when the phone rings, then the agent sees who it may be and the open cases; the look is logged, and the number forgotten', async () => {
    const party = { name: 'Test Person', phone: '+4799999999' };
    const draft = { channel: 'phone', service: 'DUNK', text: 'Knust', party };
    const { reference } = (await apps.as('agent').post('/api/inquiries', draft).expect(201)).body;
    await tell('phone', { callId: 'c1', state: 'ringing', number: '999 99 999' }).expect(200);
    const [call] = await incoming();
    expect(call).to.include({ callId: 'c1', state: 'ringing', number: '+4799999999' });
    expect(call.parties[0]).to.include({ name: 'Test Person' });
    expect(call.parties[0].openCases[0]).to.include({ reference, service: 'DUNK' });
    expect(await incoming('agent@bispevik')).to.deep.equal([]);
    await apps.as('caseworker').get('/api/contacts/incoming').expect(403);
    const looks = await apps.db.query(`SELECT data FROM event WHERE kind = 'party.lookedUp'`);
    expect(JSON.stringify(looks)).to.contain('incomingCall').and.not.to.contain('9999');
    await tell('phone', { callId: 'c1', state: 'answered', agent: 'agent' }).expect(200);
    expect((await incoming())[0]).to.include({ state: 'answered' });
    await tell('phone', { callId: 'c1', state: 'ended' }).expect(200);
    await tell('phone', { callId: 'c1', state: 'ringing', number: '99999999' }).expect(200);
    expect(await incoming()).to.deep.equal([]);
    expect(
      await apps.db.query('SELECT 1 FROM phone_call WHERE number IS NOT NULL'),
    ).to.have.lengthOf(0);
  });

  const chat = (change: object = {}) => ({
    conversationId: 'chat-1',
    visitor: { email: 'kari@example.no' },
    turns: [
      { from: 'visitor', text: 'Dunken min er borte' },
      { from: 'bot', text: 'Jeg sender det videre.' },
    ],
    ...change,
  });

  it('Given a chat, when it is told of twice, then it is one case; a later chat about it lands there', async () => {
    const first = await tell('chat', chat({ service: 'DUNK' })).expect(200);
    expect(first.body.effect).to.equal('registered');
    const again = await tell('chat', chat({ service: 'DUNK' })).expect(200);
    expect(again.body).to.deep.equal({ ...first.body, effect: 'repeated' });
    const { reference } = first.body;
    const { body } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
    expect(body).to.include({ channel: 'chat', identified: true });
    expect(body.content.text).to.contain('Innbygger: Dunken min er borte');
    const later = chat({ conversationId: 'chat-2', reference });
    expect((await tell('chat', later).expect(200)).body.effect).to.equal('unread');
    expect((await tell('chat', later).expect(200)).body.effect).to.equal('repeated');
  });

  it('refuses what is not as it should be, and keeps nothing of it', async () => {
    const before = await apps.countRows();
    const wrong = [
      {},
      chat({ turns: [] }),
      chat({ conversationId: 'x', service: 'NOPE' }),
      chat({ extra: 1 }),
    ];
    for (const body of wrong) await tell('chat', body).expect(400);
    await tell('chat', chat({ conversationId: 'y', reference: '26-0000-0000' })).expect(404);
    await tell('phone', { callId: 'c9', state: 'sleeping' }).expect(400);
    expect(await apps.countRows()).to.deep.equal(before);
  });
});
