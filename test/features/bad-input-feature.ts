import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { Client, TwoApps } from '../helpers/two-apps.js';

const VALID = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust' };

describe('Feature: bad input is refused with a clear problem, and changes nothing', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let taskId: string;
  let rows: Record<string, number>;

  before(async () => {
    apps = await startTwoApps();
    await apps.as('agent').post('/api/inquiries', VALID).expect(201);
    await apps.runDue();
    const { body } = await apps.as('caseworker').get('/api/tasks?service=DUNK').expect(200);
    taskId = body.items[0].id;
    await apps.as('manager').post(`/api/tasks/${taskId}/claim`).expect(200);
  });
  beforeEach(async () => {
    rows = await apps.countRows();
  });
  afterEach(async () => {
    await apps.runDue();
    expect(await apps.countRows()).to.deep.equal(rows);
  });
  after(() => apps.stop());

  const register = (body: object | string) => (client: Client) =>
    client.post('/api/inquiries').set('Content-Type', 'application/json').send(body);

  for (const [title, login, send, status, code, path] of [
    [
      'an unknown service',
      'agent',
      register({ ...VALID, service: 'NOPE' }),
      400,
      'inquiry_invalid',
      'service',
    ],
    [
      'a wrong type',
      'agent',
      register({ ...VALID, ownWords: 'yes' }),
      400,
      'invalid_request',
      'body.ownWords',
    ],
    [
      'an unknown channel',
      'agent',
      register({ ...VALID, channel: 'pigeon' }),
      400,
      'invalid_request',
      'body.channel',
    ],
    [
      'an unknown field',
      'agent',
      register({ ...VALID, tekst: 'x' }),
      400,
      'invalid_request',
      'body.tekst',
    ],
    [
      'no address of a party',
      'agent',
      register({ ...VALID, party: { email: 'nowhere' } }),
      400,
      'inquiry_invalid',
      'party.email',
    ],
    ['a list for an object', 'agent', register([]), 400, 'invalid_request', 'body'],
    [
      'half a place',
      'agent',
      register({ ...VALID, location: { latitude: 59 } }),
      400,
      'invalid_request',
      'body.location',
    ],
    ['broken JSON', 'agent', register('{"channel": "phone",'), 400, 'malformed_json', undefined],
    [
      'three megabytes',
      'agent',
      register({ ...VALID, text: 'x'.repeat(3_000_000) }),
      413,
      'body_too_large',
      undefined,
    ],
    ['a user who may not register', 'owner', register(VALID), 403, 'forbidden', undefined],
    [
      'an unknown path',
      'agent',
      (client: Client) => client.post('/api/enquiries', VALID),
      404,
      'path_not_found',
      undefined,
    ],
    [
      'a method that is not there',
      'agent',
      (client: Client) => client.post('/api/sla/breaches', VALID),
      405,
      'method_not_allowed',
      undefined,
    ],
    [
      'a task that does not exist',
      'caseworker',
      (client: Client) => client.post('/api/tasks/1/claim'),
      404,
      'task_not_found',
      undefined,
    ],
    [
      'a task id that cannot be',
      'caseworker',
      (client: Client) => client.post('/api/tasks/99999999999999999999/claim'),
      400,
      'invalid_request',
      'params.id',
    ],
    [
      'a limit beyond all limits',
      'agent',
      (client: Client) => client.get('/api/inquiries?limit=1000'),
      400,
      'invalid_request',
      'query.limit',
    ],
    [
      'a filter that is not one',
      'agent',
      (client: Client) => client.get('/api/inquiries?stauts=closed'),
      400,
      'invalid_request',
      'query.stauts',
    ],
    [
      'a cursor nobody gave',
      'agent',
      (client: Client) => client.get('/api/inquiries?cursor=abc'),
      400,
      'cursor_invalid',
      'cursor',
    ],
    [
      'a reference that cannot be',
      'agent',
      (client: Client) => client.get('/api/inquiries/26-AAAA-AAAA'),
      404,
      'inquiry_not_found',
      undefined,
    ],
  ] as const) {
    it(`${title}: ${status} ${code}`, async () => {
      const { status: answered, body, headers } = await send(apps.as(login));
      expect({ answered, code: body.code }).to.deep.equal({ answered: status, code });
      expect(headers['content-type']).to.match(/^application\/problem\+json/);
      expect(body).to.include.keys('type', 'title', 'detail', 'requestId');
      expect(body.status).to.equal(status);
      const paths = (body.errors ?? []).map((error: { path: string }) => error.path);
      expect(paths).to.deep.equal(path === undefined ? [] : [path]);
    });
  }

  for (const [title, login, action, status, code] of [
    ['claim', 'caseworker', 'claim', 409, 'task_claimed'],
    ['release', 'caseworker', 'release', 403, 'task_not_yours'],
    ['complete', 'caseworker', 'complete', 403, 'task_not_yours'],
    ['claim, of another unit,', 'agent', 'claim', 403, 'forbidden'],
    ['complete, of another municipality,', 'manager@bispevik', 'complete', 404, 'task_not_found'],
  ] as const) {
    it(`${title} a task of somebody else: ${status} ${code}`, async () => {
      const path = `/api/tasks/${taskId}/${action}`;
      const { status: answered, body } = await apps.as(login).post(path, {});
      expect({ answered, code: body.code }).to.deep.equal({ answered: status, code });
    });
  }

  it('a form that is not filled in: every field at once', async () => {
    const path = `/api/tasks/${taskId}/complete`;
    const answers = { priceAccepted: 'perhaps', unheardOf: 1 };
    const { body } = await apps.as('manager').post(path, { answers }).expect(400);
    expect(body.code).to.equal('answers_invalid');
    expect(body.errors.map((error: { path: string }) => error.path)).to.have.members([
      'priceAccepted',
      'unheardOf',
    ]);
  });
});
