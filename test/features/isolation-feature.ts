import { expect } from 'chai';
import { DEMO_USERS } from '../../src/access/demo-users.js';
import { apiRoutes } from '../../src/http/routes/api.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

/** What every municipality has of its own; that it is not the other's, other tests say. */
const OWN_LISTS = new Set([
  '/api/services',
  '/api/units',
  '/api/memberships',
  '/api/objectives',
  '/api/open311/clients',
  '/api/message-texts',
  '/api/mail-addresses',
]);

describe('Feature: a second municipality sees nothing of the first', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let reference: string;
  let taskId: string;
  const strangers = DEMO_USERS.filter(({ tenant }) => tenant === 'bispevik');

  before(async () => {
    apps = await startTwoApps();
    const body = { channel: 'phone', service: 'DUNK', text: 'Hemmelig for Bispevik' };
    reference = (await apps.as('agent').post('/api/inquiries', body).expect(201)).body.reference;
    await apps.runDue();
    const tasks = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    taskId = tasks.body.items[0].id;
    await apps.pass(60 * 24 * 3_600_000);
  });
  after(() => apps.stop());

  for (const { method, path, params, query, permission } of apiRoutes) {
    // What public registers know is everybody's, and beats are asked for by service.
    if (method !== 'GET' || /^\/api\/(registers\/|beats$)/.test(path)) continue;
    it(`${path} asked with the ids of the first`, async () => {
      const asked = path.replace('{reference}', reference).replace('{id}', taskId);
      const filters = query ? ['', `?${new URLSearchParams(filterFor(path)).toString()}`] : [''];
      for (const { username } of strangers) {
        for (const filter of filters) {
          const { status, text } = await apps.as(username).get(asked + filter);
          expect(status, `${permission} for ${username}`).to.be.oneOf(
            params ? [403, 404] : [200, 403],
          );
          // The reference asked for stands in the problem's own address, nowhere else.
          const said = text.replace(/"instance":\s*"[^"]*"/, '');
          expect(said)
            .not.to.contain(reference)
            .and.not.contain(taskId)
            .and.not.contain('Hemmelig');
          if (status === 200 && 'items' in JSON.parse(text) && !OWN_LISTS.has(path)) {
            expect(JSON.parse(text).items).to.deep.equal([]);
          }
        }
      }
    });
  }

  it('and the first sees its own', async () => {
    const found = await apps
      .as('agent')
      .get(`/api/inquiries?q=${reference.slice(3)}`)
      .expect(200);
    expect(found.body.items).to.have.lengthOf(1);
    const { body } = await apps.as('manager').get('/api/sla/breaches').expect(200);
    expect(body.items.map((one: { reference: string }) => one.reference)).to.include(reference);
  });

  it('and no task or case of the first can be changed by the second', async () => {
    const before = await apps.db.query('SELECT * FROM user_task');
    for (const { username } of strangers) {
      for (const action of ['claim', 'release', 'complete']) {
        const { status } = await apps.as(username).post(`/api/tasks/${taskId}/${action}`, {});
        expect(status).to.equal(404);
      }
    }
    expect(await apps.db.query('SELECT * FROM user_task')).to.deep.equal(before);
  });

  function filterFor(path: string): Record<string, string> {
    if (path === '/api/tasks') return { inquiry: reference };
    if (path === '/api/inquiries') return { q: reference };
    return {};
  }
});
