import { expect } from 'chai';
import { HOSTILE_TEXTS } from '../helpers/hostile-texts.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const TEXT = HOSTILE_TEXTS.join(' | ');

describe('Feature: what somebody types is kept and sent as it was typed, and never evaluated', function () {
  this.timeout(FEATURE_TIMEOUT_MS);

  let apps: TwoApps;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  async function finishTask(answers: object): Promise<void> {
    const { body } = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    const { id } = body.items[0];
    await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    await apps.as('caseworker').post(`/api/tasks/${id}/complete`, { answers }).expect(200);
    await apps.runDue();
  }

  it('Given a citizen who types code into every field, when it is registered, then it reads the same', async () => {
    const inquiry = {
      channel: 'form',
      service: 'DUNK',
      party: { name: 'Test ${1+1} =1+1', email: 'test@example.no' },
      text: TEXT,
      location: { address: '=1+1 ${process.exit()}' },
    };
    const { body } = await apps.as('agent').post('/api/inquiries', inquiry).expect(201);
    reference = body.reference;
    await apps.runDue();
    const shown = await apps.as('caseworker').get(`/api/inquiries/${reference}`).expect(200);
    expect(JSON.stringify(shown.body)).to.contain(JSON.stringify(TEXT).slice(1, -1));
    expect(JSON.stringify(shown.body)).to.contain('=1+1 ${process.exit()}');
  });

  it('when the answer holds code, then the citizen reads that code in the mail', async () => {
    await finishTask({ priceAccepted: false });
    await finishTask({ answer: TEXT });
    // The last mail asks whether the answer helped.
    const { text = '' } = apps.mail.received.at(-2)?.mail ?? {};
    for (const typed of HOSTILE_TEXTS) expect(text).to.contain(typed);
  });

  it('then no incident was raised, and no process knows what was typed', async () => {
    const { body } = await apps.as('admin').get('/api/incidents').expect(200);
    expect(body.items).to.deep.equal([]);
    const kept = await apps.db.query<{ variables: string }>(
      'SELECT variables::text AS variables FROM process_instance',
    );
    expect(kept).to.not.be.empty;
    for (const { variables } of kept) {
      expect(variables).to.not.contain('environment.variables').and.not.contain('DROP TABLE');
    }
  });

  it('when keys are names of every object, then they are refused or plain data, never a prototype', async () => {
    const bodies = [
      '{"channel": "form", "service": "DUNK", "text": "x", "__proto__": {"isAdmin": true}}',
      '{"channel": "form", "service": "DUNK", "text": "x", "constructor": {"prototype": {"isAdmin": true}}}',
      '{"channel": "form", "service": "DUNK", "text": "x", "answers": {"__proto__": {"isAdmin": true}}}',
    ];
    for (const body of bodies) {
      const { status } = await apps
        .as('agent')
        .post('/api/inquiries')
        .set('Content-Type', 'application/json')
        .send(body);
      expect(status).to.be.oneOf([201, 400]);
    }
    expect(({} as Record<string, unknown>)['isAdmin']).to.equal(undefined);
    await apps.as('admin').get('/api/incidents').expect(200);
  });
});
