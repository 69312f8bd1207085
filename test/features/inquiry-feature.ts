import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const BROKEN_BIN = {
  channel: 'phone',
  service: 'DUNK',
  party: { name: 'Test Person', phone: '+4799999999', email: 'test@example.no' },
  text: 'Dunken er knust',
  ownWords: false,
  location: { address: 'Storgata 1' },
};

describe('Feature: an inquiry runs through its service’s process', function () {
  this.timeout(FEATURE_TIMEOUT_MS);

  let apps: TwoApps;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  /** Takes and completes the one open task of the inquiry. */
  async function finishTask(name: string, answers: object): Promise<void> {
    const { body } = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    expect(body.items.map((task: { name: string }) => task.name)).to.deep.equal([name]);
    const { id } = body.items[0];
    const claimed = await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    expect(claimed.body).to.include({ id, assignee: 'caseworker', reference });
    const done = await apps.as('caseworker').post(`/api/tasks/${id}/complete`, { answers });
    expect(done.body).to.include({ id, state: 'completed' });
    await apps.runDue();
  }

  it('Given a citizen who telephones about a broken bin, when the front desk registers it, then it is routed at once and says why', async () => {
    const { body, headers } = await apps.as('agent').post('/api/inquiries', BROKEN_BIN).expect(201);
    reference = body.reference;
    expect(headers['location']).to.equal(`/api/inquiries/${reference}`);
    expect(body).to.include({
      status: 'registered',
      service: 'DUNK',
      unit: 'VAR',
      identified: true,
      ownWords: false,
      lookalikes: 0,
      // Ten working days, over no holiday, to the end of the last one.
      expectedBy: '2026-03-16T22:59:59.999Z',
    });
    expect(body.routing).to.include({ unit: 'VAR', decision: 'ruting', routedBy: 'ruting_dunk' });
    expect(body.routing.explanation.matched[0]).to.deep.include({
      ruleId: 'ruting_dunk',
      conditions: [{ input: 'Tjeneste', test: '"DUNK"', value: 'DUNK' }],
    });
  });

  it('then the citizen has an acknowledgement and the unit a notice, by mail', async () => {
    await apps.runDue();
    const sent = apps.mail.received.map(({ to, mail }) => [
      to[0],
      mail.subject?.includes(reference),
    ]);
    expect(sent).to.deep.equal([
      ['test@example.no', true],
      ['var@fjordvik.example', true],
    ]);
    expect(apps.mail.received[1]?.mail.text).not.to.contain('Test Person');
  });

  it('when a caseworker of the unit does the tasks, then the process moves on, task by task', async () => {
    await finishTask('Avklar pris med innbygger', { priceAccepted: false });
    await finishTask('Gi svar', { answer: 'Da beholder du dunken.' });
    const [answer, question] = apps.mail.received.slice(-2);
    expect(answer?.to).to.deep.equal(['test@example.no']);
    expect(answer?.mail.text).to.contain('Da beholder du dunken.');
    expect(question?.to, 'whether the answer helped').to.deep.equal(['test@example.no']);
  });

  it('then it is closed, and tells its whole story in both languages', async () => {
    const { body } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
    expect(body).to.include({ status: 'withdrawn', outcome: 'withdrawn', overdue: false });
    expect(body.tasks).to.deep.equal([]);
    expect(body.party).to.include({ name: 'Test Person' });
    const story = body.history.map(({ nb, en }: { nb: string; en: string }) => [nb, en]);
    expect(story[0]).to.deep.equal(['Henvendelsen er mottatt', 'The inquiry was received']);
    expect(story).to.deep.include(['Svar er sendt', 'An answer was sent']);
    const asked = await apps.as('agent').get(`/api/inquiries/${reference.toLowerCase()}`);
    expect(asked.body.reference).to.equal(reference);
  });

  it('and when its time is out, then who it was from and what was said are gone', async () => {
    await apps.pass(730 * DAY);
    await apps.pass(DAY);
    const { body } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
    expect(body).to.include({ status: 'deidentified', party: null });
    expect(body.content).to.include({ text: null, address: null });
    expect(await apps.db.query('SELECT 1 FROM party')).to.have.lengthOf(0);
    const left = await apps.db.query(`SELECT 1 FROM job WHERE instance_id IS NOT NULL`);
    expect(left, 'work left over').to.have.lengthOf(0);
    const lists = (await apps.as('clerk').get('/api/disposals').expect(200)).body.items;
    expect(lists[0]).to.deep.include({ count: 1, signedBy: null });
    expect(lists[0].entries).to.deep.equal([{ reference, service: 'DUNK', rule: 'R24' }]);
    const signing = await apps.as('clerk').get('/api/tasks').expect(200);
    const { id } = signing.body.items.find(
      ({ name }: { name: string }) => name === 'Signer kassasjonslisten',
    );
    await apps.as('clerk').post(`/api/tasks/${id}/claim`).expect(200);
    await apps
      .as('clerk')
      .post(`/api/tasks/${id}/complete`, { answers: { disposalApproved: true } })
      .expect(200);
    await apps.runDue();
    const [signed] = (await apps.as('clerk').get('/api/disposals').expect(200)).body.items;
    expect(signed).to.include({ signedBy: 'clerk' });
    expect(await apps.db.query('SELECT 1 FROM incident')).to.have.lengthOf(0);
  });

  it('and a case to be assessed by the archive leaves a package in its folder', async () => {
    const answers = { kind: 'leak', households: 'one' };
    const body = { channel: 'letter', service: 'VANN', text: 'Det renner vann.', answers };
    const registered = await apps.as('agent').post('/api/inquiries', body).expect(201);
    ({ reference } = registered.body);
    expect(registered.body).to.include({ unit: 'VAR', ownWords: true, identified: false });
    await apps.runDue();
    await finishTask('Vurder feilen', { measure: 'plan', noticeKind: 'none' });
    await finishTask('Gi svar', { answer: 'Lekkasjen er notert og settes i plan.' });
    const { body: closed } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
    expect(closed).to.include({ status: 'closed', outcome: 'answered' });
    expect(closed.archiveReference).to.equal(`fjordvik/${reference}`);
    const files = await readdir(join(apps.folder, 'archive', 'fjordvik', reference));
    expect(files).to.include('manifest.json');
  });
});
