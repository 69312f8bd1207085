import { expect } from 'chai';
import type { RegisterServer } from '../helpers/register-server.js';
import { startRegisterServer } from '../helpers/register-server.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const PERSON = '41819045079';

describe('Feature: the desk looks things up in others’ registers', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let outside: RegisterServer;
  let apps: TwoApps;
  before(async () => {
    outside = await startRegisterServer();
    apps = await startTwoApps({
      REGISTER_ORGANISATIONS_URL: outside.addresses.organisations,
      REGISTER_CONTACTS_URL: outside.addresses.contactPreferences,
    });
  });
  after(async () => {
    await apps.stop();
    await outside.stop();
  });

  const look = async (path: string) =>
    (await apps.as('agent').get(`/api/registers/${path}`).expect(200)).body;

  it('Given no address register, when the desk searches, then made-up data are told to be made up', async () => {
    const answer = await look('addresses?q=storgata%202');
    expect(answer).to.include({ madeUp: true, degraded: false });
    expect(answer.items[0]).to.include({ text: 'Storgata 2', cadastre: '12/32' });
    expect((await look('properties?farm=12&title=32')).items[0].bins).to.have.length(2);
  });

  it('Given an organisation register, when it goes down, then the desk goes on with what it knows and how old that is', async () => {
    const path = 'organisations?q=123456785';
    for (const each of [1, 2]) expect((await look(path)).madeUp, String(each)).to.equal(false);
    outside.mood = 'failing';
    apps.clock.advance(DAY);
    const late = await look(path);
    expect(late).to.include({ degraded: true, ageSeconds: 86_400 });
    expect(late.items[0].form).to.equal('FLI');
    const none = await look('organisations?q=fjordvik%20bygg');
    expect(none).to.deep.equal({ items: [], degraded: true, ageSeconds: null, madeUp: false });
    outside.mood = 'well';
  });

  it('Given a case, when somebody looks its person up, then who and what for is recorded, and never the number', async () => {
    const draft = { channel: 'phone', service: 'BYGG', text: 'Spørsmål' };
    const { body: inquiry } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    const path = `/api/inquiries/${inquiry.reference}`;
    const asked = { personNumber: PERSON, purpose: 'notification' };
    const { body } = await apps.as('agent').post(`${path}/contact-preference`, asked).expect(200);
    expect(body.items[0]).to.include({ channel: 'digital', reserved: false });
    const { body: log } = await apps.as('clerk').get(`${path}/look-ups`).expect(200);
    expect(log.items).to.have.length(1);
    expect(log.items[0]).to.include({ by: 'agent', purpose: 'notification' });
    const rows = await apps.db.query('SELECT register_look_up::text AS row FROM register_look_up');
    expect(JSON.stringify(rows)).not.to.contain(PERSON);
    expect(outside.asked.join()).not.to.contain(PERSON);
  });

  it('and nobody looks a person up without a case of theirs, or without a purpose', async () => {
    const asked = { personNumber: PERSON, purpose: 'notification' };
    const path = '/api/inquiries/26-K3F9-2XQ7/contact-preference';
    await apps.as('agent').post(path, asked).expect(404);
    await apps.as('owner').post(path, asked).expect(403);
    await apps.as('agent').post(path, { personNumber: PERSON }).expect(400);
  });
});
