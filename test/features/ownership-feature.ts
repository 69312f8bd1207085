import { expect } from 'chai';
import { bpmn } from '../helpers/bpmn.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const WEEK = 7 * DAY;

describe('Feature: nothing is without an owner', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  async function ownership() {
    return (await apps.as('owner').get('/api/ownership').expect(200)).body;
  }

  /** A case in VAR, and its first task. */
  async function newTask(): Promise<string> {
    const body = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust' };
    const { reference } = (await apps.as('agent').post('/api/inquiries', body).expect(201)).body;
    await apps.runDue();
    const found = await apps.as('manager').get(`/api/tasks?inquiry=${reference}`).expect(200);
    return found.body.items[0].id;
  }

  const eventsOf = (id: string) =>
    apps.db.query<{ kind: string; actor: string; data: object }>(
      'SELECT kind, actor, data FROM event WHERE subject_id = $1 ORDER BY id',
      [id],
    );

  it('in the municipality as it comes', async () => {
    await newTask();
    expect(await ownership()).to.deep.equal({ ownerless: [], unattended: [] });
  });

  it('a substitute works the tasks of the absent, and it is said for whom', async () => {
    const id = await newTask();
    await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    await apps.as('clerk').post(`/api/tasks/${id}/complete`, { answers: {} }).expect(403);
    const now = apps.clock().getTime();
    const to = new Date(now + WEEK).toISOString();
    const absence = { substitute: 'clerk', from: new Date(now).toISOString(), to };
    const { body } = await apps.as('caseworker').post('/api/absences', absence).expect(201);
    const mine = await apps.as('clerk').get('/api/tasks?mine=true').expect(200);
    expect(mine.body.items.map((one: { id: string }) => one.id)).to.include(id);
    const answers = { priceAccepted: true };
    await apps.as('clerk').post(`/api/tasks/${id}/complete`, { answers }).expect(200);
    const completed = (await eventsOf(id)).find(({ kind }) => kind === 'task.completed');
    expect(completed).to.include({ actor: 'clerk' });
    expect(completed?.data).to.include({ onBehalfOf: 'caseworker' });
    await apps.as('caseworker').post(`/api/absences/${body.id}/end`).expect(200);
    expect((await apps.as('clerk').get('/api/me')).body.units).not.to.include('VAR');
  });

  it('managers say who works in their own unit, and nothing beyond it', async () => {
    const add = (login: string, body: object) => apps.as(login).post('/api/memberships', body);
    const keyUser = { username: 'caseworker', unit: 'VAR', role: 'keyUser' };
    await add('manager', keyUser).expect(201);
    const found = await apps.as('agent').get('/api/memberships?unit=VAR&role=keyUser').expect(200);
    expect(found.body.items).to.have.length(1);
    await add('manager', { ...keyUser, unit: 'GEO' }).expect(403);
    await add('manager', { ...keyUser, role: 'manager' }).expect(403);
    await add('manager', { username: 'manager', role: 'admin' }).expect(403);
    await add('caseworker', keyUser).expect(403);
    const away = { username: 'clerk', substitute: 'agent' };
    const dates = { from: '2027-01-01T00:00:00Z', to: '2027-02-01T00:00:00Z' };
    await apps
      .as('manager')
      .post('/api/absences', { ...away, ...dates })
      .expect(403);
    await apps
      .as('chief')
      .post('/api/absences', { ...away, ...dates })
      .expect(201);
  });

  it('the last in a unit goes only when somebody else is there; open tasks go back', async () => {
    const id = await newTask();
    await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    const leave = (login: string, body: object) =>
      apps.as('admin').post(`/api/staff/${login}/leave`, body);
    const refused = await leave('manager', {}).expect(409);
    expect(refused.body.code).to.equal('would_leave_ownerless');
    expect(refused.body.details[0]).to.include({ lacks: 'manager' });
    const { body } = await leave('caseworker', {}).expect(200);
    expect(body.tasksReturned).to.equal(1);
    await apps.as('caseworker').get('/api/me').expect(401);
    const task = await apps.as('manager').get(`/api/tasks/${id}`).expect(200);
    expect(task.body.assignee).to.equal(null);
    const kinds = (await eventsOf(id)).map(({ kind, actor }) => `${kind} by ${actor}`);
    expect(kinds).to.deep.equal(['task.claimed by caseworker', 'task.returned by admin']);
    await leave('manager', { successor: 'chief' }).expect(200);
    expect((await ownership()).ownerless).to.deep.equal([]);
  });

  it('a table or model that names a unit that never was is refused by name', async () => {
    const deploy = (group: string) =>
      apps
        .as('owner')
        .post('/v2/deployments')
        .attach('resources', Buffer.from(modelFor(group)), 'who.bpmn');
    const { body } = await deploy('NOWHERE').expect(400);
    expect(JSON.stringify(body)).to.contain('NOWHERE');
    await deploy('VAR').expect(200);
    await deploy('choir').expect(200);
    expect((await ownership()).ownerless).to.deep.equal([
      { kind: 'model', id: 'who/ask: choir', reason: 'unknown_group' },
    ]);
  });

  it('a task that nobody can do goes to whoever leads, after a day', async () => {
    await apps.as('chief').post('/v2/process-instances', {}).expect(403);
    const start = { processDefinitionId: 'who' };
    await apps.as('owner').post('/v2/process-instances', start).expect(200);
    const { unattended } = await ownership();
    expect(unattended).to.have.length(1);
    expect(unattended[0]).to.deep.include({ since: null, goesTo: ['admin'] });
    await apps.pass(DAY);
    expect((await ownership()).unattended[0].since).not.to.equal(null);
    await apps.pass(2 * DAY);
    expect((await ownership()).unattended).to.deep.equal([]);
    const [{ id }] = unattended;
    await apps.as('admin').post(`/api/tasks/${id}/claim`).expect(200);
    expect((await eventsOf(id)).map(({ kind }) => kind)).to.include('task.handedUp');
  });

  function modelFor(group: string): string {
    return bpmn(
      'who',
      `<bpmn:startEvent id="start"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
       <bpmn:userTask id="ask" name="Spør"><bpmn:extensionElements><zeebe:userTask/>
       <zeebe:assignmentDefinition candidateGroups="${group}"/></bpmn:extensionElements></bpmn:userTask>
       <bpmn:sequenceFlow id="f2" sourceRef="ask" targetRef="end"/><bpmn:endEvent id="end"/>`,
    );
  }
});
