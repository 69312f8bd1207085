import { expect } from 'chai';
import { startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';
import { SIMPLE } from './models.js';

const NOBODY = '4503599627370497';
const SEARCHES = [
  'process-definitions',
  'decision-definitions',
  'process-instances',
  'user-tasks',
  'variables',
  'incidents',
];

describe('Feature: a Camunda client that asks wrongly is told how', () => {
  let apps: TwoApps;
  let rows: Record<string, number>;
  before(async function () {
    this.timeout(120_000);
    apps = await startTwoApps();
    const deployment = apps.as('owner').post('/v2/deployments');
    await deployment.attach('resources', Buffer.from(SIMPLE), 'simple.bpmn').expect(200);
    rows = await apps.countRows();
  });
  after(async () => {
    expect(await apps.countRows(), 'nothing changed').to.deep.equal(rows);
    await apps.stop();
  });

  const post = (path: string, body?: object, login = 'admin') =>
    apps.as(login).post(`/v2/${path}`, body);

  for (const list of SEARCHES) {
    it(`names each filter, operator, order and page of ${list} that it does not know`, async () => {
      const { status, body } = await post(`${list}/search`, {
        filter: { shoeSize: 43, tenantId: { $near: 'x' } },
        sort: [{ field: 'shoeSize' }],
        page: { limit: 0 },
      });
      expect(status).to.equal(400);
      expect(body).to.include({ title: 'INVALID_ARGUMENT', code: 'invalid_request' });
      const paths = body.errors.map(({ path }: { path: string }) => path);
      expect(paths).to.include('body.filter.shoeSize');
      expect(paths.join()).to.include('body.filter.tenantId');
      expect(paths).to.include.members(['body.sort.0.field', 'body.page.limit']);
      expect(body.detail).to.include('body.filter.shoeSize');
    });
  }

  it('refuses cursors that no list gave, and two at once', async () => {
    const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64');
    for (const after of [
      'x',
      cursor(),
      cursor('processInstanceKey+', 'a'),
      cursor('processInstanceKey+', '99999999999999999999'),
      cursor('endDate-processInstanceKey+', '1', '1'),
    ]) {
      const { body } = await post('process-instances/search', { page: { after } });
      expect(body, after).to.include({ status: 400, code: 'cursor_invalid' });
    }
    const both = await post('process-instances/search', { page: { after: 'x', from: 1 } });
    expect(both.body).to.include({ status: 400, code: 'invalid_request' });
  });

  const WRONG: [what: string, path: string, body: object, reason: RegExp][] = [
    ['a key that is none', 'user-tasks/search', { filter: { userTaskKey: 'x' } }, /userTaskKey/],
    [
      'a key too large',
      'user-tasks/search',
      { filter: { userTaskKey: '9'.repeat(19) } },
      /userTaskKey/,
    ],
    [
      'a state there is not',
      'user-tasks/search',
      { filter: { state: 'LATE' } },
      /state: must be one/,
    ],
    [
      'a time that is none',
      'user-tasks/search',
      { filter: { dueDate: { $gt: 'noon' } } },
      /dueDate/,
    ],
    [
      'a time before all years',
      'user-tasks/search',
      { filter: { dueDate: '0000-01-01T00:00:00Z' } },
      /dueDate/,
    ],
    [
      'a variable value that is no JSON',
      'process-instances/search',
      { filter: { variables: [{ name: 'a', value: 'red' }] } },
      /JSON/,
    ],
    ['a process without a name', 'process-instances', { variables: {} }, /processDefinitionId/],
    [
      'a process named twice',
      'process-instances',
      { processDefinitionId: 'simple', processDefinitionKey: '1' },
      /either/,
    ],
    [
      'a version too large',
      'process-instances',
      { processDefinitionId: 'simple', processDefinitionVersion: 2 ** 40 },
      /processDefinitionVersion/,
    ],
    [
      'variables that are a list',
      'process-instances',
      { processDefinitionId: 'simple', variables: [] },
      /variables/,
    ],
    [
      'waiting for its end',
      'process-instances',
      { processDefinitionId: 'simple', awaitCompletion: true },
      /awaitCompletion: is not supported/,
    ],
    [
      'starting in the middle',
      'process-instances',
      { processDefinitionId: 'simple', startInstructions: [{ elementId: 'do' }] },
      /startInstructions/,
    ],
    ['a message without a name', 'messages/publication', { correlationKey: '1' }, /name/],
    [
      'a message for a year',
      'messages/publication',
      { name: 'x', timeToLive: 31_536_000_000 },
      /timeToLive/,
    ],
    [
      'jobs for no time',
      'jobs/activation',
      { type: 'x', timeout: 0, maxJobsToActivate: 1 },
      /timeout/,
    ],
    [
      'no jobs at all',
      'jobs/activation',
      { type: 'x', timeout: 1, maxJobsToActivate: 0 },
      /maxJobsToActivate/,
    ],
    ['an error without a code', `jobs/${NOBODY}/error`, {}, /errorCode/],
    ['a task for nobody', `user-tasks/${NOBODY}/assignment`, {}, /assignee/],
    ['a body that is a list', `user-tasks/${NOBODY}/completion`, [], /body/],
  ];
  for (const [what, path, body, reason] of WRONG) {
    it(`refuses ${what}`, async () => {
      const answer = await post(path, body);
      expect(answer.body).to.include({ status: 400, title: 'INVALID_ARGUMENT' });
      expect(answer.body.detail).to.match(reason);
      expect(answer.headers['content-type']).to.match(/^application\/problem\+json/);
    });
  }

  it('finds nothing under keys that nobody has', async () => {
    for (const [path, body] of [
      [`process-instances/${NOBODY}/cancellation`],
      [`user-tasks/${NOBODY}/assignment`, { assignee: 'admin' }],
      [`user-tasks/${NOBODY}/completion`],
      [`incidents/${NOBODY}/resolution`],
      [`jobs/${NOBODY}/completion`],
      [`jobs/${NOBODY}/failure`],
      [`jobs/${NOBODY}/error`, { errorCode: 'X' }],
      ['process-instances', { processDefinitionId: 'nothing' }],
      ['process-instances', { processDefinitionKey: NOBODY }],
      ['messages/correlation', { name: 'nothing' }],
    ] as const) {
      const answer = await post(path, body);
      expect(answer.body, path).to.include({ status: 404, title: 'NOT_FOUND' });
    }
    for (const path of [
      'process-definitions',
      'process-instances',
      'user-tasks',
      'variables',
      'incidents',
    ]) {
      expect((await apps.as('admin').get(`/v2/${path}/${NOBODY}`)).status, path).to.equal(404);
      expect((await apps.as('admin').get(`/v2/${path}/abc`)).status, path).to.equal(400);
    }
  });

  it('lets nobody do what is not theirs, and nobody in without a login', async () => {
    for (const [path, body] of [
      ['process-instances', { processDefinitionId: 'simple' }],
      ['process-instances/search', {}],
      ['variables/search', {}],
      ['incidents/search', {}],
      ['messages/publication', { name: 'x' }],
      ['jobs/activation', { type: 'x', timeout: 1, maxJobsToActivate: 1 }],
    ] as const) {
      const answer = await post(path, body, 'caseworker');
      expect(answer.body, path).to.include({ status: 403, title: 'FORBIDDEN' });
    }
    const stranger = await apps.as('stranger').get('/v2/topology');
    expect(stranger.body).to.include({ status: 401, code: 'unauthenticated' });
  });
});
