import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const PATH = '/api/message-texts/acknowledgement';
const OWN = {
  subject: 'Takk! ({reference})',
  body: 'Hei fra Fjordvik.\n\nVi ser på {service}, sak {reference}, innen {expectedBy}.',
};

describe('Feature: a municipality writes its own messages', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  let count = 0;
  /** The acknowledgement that somebody gets who asks now. */
  async function acknowledged(language = 'nb', login = 'agent') {
    count += 1;
    const email = `innbygger${count}@example.no`;
    const body = { channel: 'phone', service: 'DUNK', text: 'Knust', party: { email, language } };
    await apps.as(login).post('/api/inquiries', body).expect(201);
    await apps.runDue();
    return apps.mail.received.find(({ to }) => to[0] === email)!.mail;
  }
  const nb = async () => {
    const { body } = await apps.as('manager').get(PATH).expect(200);
    return body.texts.find((one: { language: string }) => one.language === 'nb');
  };

  it('Given the built-in texts, then every kind tells what it may and must say', async () => {
    const { items } = (await apps.as('manager').get('/api/message-texts').expect(200)).body;
    expect(items).to.have.lengthOf(21);
    const first = items.find((one: { template: string }) => one.template === 'acknowledgement');
    const required = first.fields.filter((field: { required: boolean }) => field.required);
    expect(required.map(({ name }: { name: string }) => name)).to.deep.equal([
      'reference',
      'service',
      'expectedBy',
    ]);
    expect(first.fields.map(({ name }: { name: string }) => name)).to.not.include('answer');
    expect(first.texts.map((one: { language: string }) => one.language)).to.deep.equal([
      'nb',
      'nn',
      'en',
    ]);
    expect(await nb()).to.include({ isOwn: false, version: 0, changedBy: null });
  });

  it('When a manager writes another, then the next mail has it, in that language only', async () => {
    const saved = await apps
      .as('manager')
      .put(`${PATH}/nb`, { ...OWN, version: 0 })
      .expect(200);
    expect(saved.body).to.include({ ...OWN, isOwn: true, version: 1, changedBy: 'manager' });
    const mail = await acknowledged();
    expect(mail.subject).to.match(/^Takk! \(26-/);
    expect(mail.text).to.include('Hei fra Fjordvik.').and.include('innen 16. mars 2026.');
    expect(mail.text, 'number and link stand at its end all the same').to.include(
      'Saksnummer: 26-',
    );
    expect((await acknowledged('en')).subject).to.include('We have received');
  });

  it('and the other municipality has its own', async () => {
    expect((await acknowledged('nb', 'agent@bispevik')).subject).to.include('Vi har mottatt');
    const { body } = await apps.as('owner@bispevik').get(`${PATH}/nb/history`).expect(200);
    expect(body.items).to.deep.equal([]);
  });

  it('What names strangers or says too little is refused, place by place, and changes nothing', async () => {
    const wrong = { subject: 'Hei {navn}', body: 'Om {service}.\n\n{constructor} [{answer}' };
    const { body } = await apps.as('owner').put(`${PATH}/nb`, wrong).expect(400);
    expect(body.code).to.equal('message_text_invalid');
    const reasons = body.errors ?? body.details;
    expect(reasons.map(({ path }: { path: string }) => path)).to.include.members([
      'subject',
      'body',
    ]);
    expect(JSON.stringify(reasons))
      .to.include('does not say {reference}')
      .and.include('does not say {expectedBy}')
      .and.include('{navn}')
      .and.include('{constructor}, which a message of this kind does not know in paragraph 2')
      .and.include('brace or bracket without its other half in paragraph 2');
    const lines = { subject: 'En\nBcc: alle@example.no', body: OWN.body };
    await apps.as('owner').put(`${PATH}/nb`, lines).expect(400);
    expect(await nb()).to.include({ ...OWN, version: 1 });
  });

  it('Of two who change it at once, the second is told', async () => {
    const asked = { ...OWN, version: 1 };
    const both = await Promise.all([
      apps.as('owner').put(`${PATH}/nb`, { ...asked, subject: 'A {reference}' }),
      apps.as('manager').put(`${PATH}/nb`, { ...asked, subject: 'B {reference}' }),
    ]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect((await nb()).version).to.equal(2);
  });

  it('A preview shows it in each language, about nobody, and keeps nothing', async () => {
    const rows = await apps.countRows();
    const draft = { language: 'nn', subject: 'Utkast {reference}', body: '{service}[ hos {unit}]' };
    const all = await apps.as('manager').post(`${PATH}/preview`, { draft }).expect(200);
    expect(all.body.items.map(({ subject }: { subject: string }) => subject)).to.deep.equal([
      (await nb()).subject.replace('{reference}', '26-K3F9-2XQ7'),
      'Utkast 26-K3F9-2XQ7',
      'We have received your inquiry (26-K3F9-2XQ7)',
    ]);
    expect(all.body.items[1].text).to.match(/^gatelys hos Veg og trafikk\n/);
    const least = await apps
      .as('manager')
      .post(`${PATH}/preview`, { draft, known: 'least' })
      .expect(200);
    expect(least.body.items[1].text).to.match(/^gatelys\n/);
    expect(await apps.countRows()).to.deep.equal(rows);
  });

  it('The built-in text comes back when it is asked for, and the history says who did what', async () => {
    const { body } = await apps.as('owner').post(`${PATH}/nb/reset`, { version: 2 }).expect(200);
    expect(body).to.include({ isOwn: false, version: 3, changedBy: 'owner' });
    expect((await acknowledged()).subject).to.include('Vi har mottatt');
    const { items } = (await apps.as('admin').get(`${PATH}/nb/history`).expect(200)).body;
    expect(items.map(({ version }: { version: number }) => version)).to.deep.equal([3, 2, 1]);
    expect(items[0]).to.include({ subject: null, body: null, changedBy: 'owner' });
    expect(items[2]).to.deep.equal({
      ...OWN,
      version: 1,
      changedBy: 'manager',
      changedAt: apps.clock().toISOString(),
    });
  });

  it('and only those who answer for what is said may, and only what there is', async () => {
    for (const login of ['agent', 'caseworker', 'clerk']) {
      await apps.as(login).get('/api/message-texts').expect(403);
      await apps.as(login).put(`${PATH}/nb`, OWN).expect(403);
    }
    for (const path of ['toString/nb', 'acknowledgement/se']) {
      await apps.as('manager').put(`/api/message-texts/${path}`, OWN).expect(404);
    }
  });
});
