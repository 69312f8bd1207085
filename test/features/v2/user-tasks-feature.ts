import { expect } from 'chai';
import { startCamunda } from '../../helpers/camunda.js';
import type { Camunda } from '../../helpers/camunda.js';
import { ASSESS, ASSESSMENT_FORM, SIMPLE } from './models.js';

const now = { consistency: { waitUpToMs: 0 } };

describe('Feature: people do user tasks through a Camunda client', () => {
  let camunda: Camunda;
  before(async function () {
    this.timeout(120_000);
    camunda = await startCamunda();
    await camunda.deploy(
      ['assess.bpmn', ASSESS],
      ['assessment.form', ASSESSMENT_FORM],
      ['simple.bpmn', SIMPLE],
    );
  });
  after(() => camunda.stop());

  /** Starts a process as its owner; the key of its one open task, as an administrator sees it. */
  async function startTask(processDefinitionId: string) {
    const { processInstanceKey } = await camunda
      .client('owner')
      .createProcessInstance({ processDefinitionId: processDefinitionId as never });
    const { items } = await camunda
      .client('admin')
      .searchUserTasks({ filter: { processInstanceKey, state: 'CREATED' } }, now);
    expect(items).to.have.length(1);
    return { processInstanceKey, userTaskKey: items[0]!.userTaskKey };
  }

  it('lists a task to its unit with its form and due date, and to nobody else', async () => {
    const { userTaskKey, processInstanceKey } = await startTask('assess');
    const caseworker = camunda.client('caseworker');
    const found = await caseworker.searchUserTasks(
      {
        filter: { candidateGroup: 'VAR', assignee: { $exists: false }, elementId: 'look' as never },
      },
      now,
    );
    const task = found.items.find((one) => one.userTaskKey === userTaskKey);
    expect(task).to.deep.include({
      state: 'CREATED',
      processInstanceKey,
      processDefinitionId: 'assess',
      processDefinitionVersion: 1,
      candidateGroups: ['VAR'],
      candidateUsers: [],
      priority: 50,
      dueDate: '2026-03-09T12:00:00.000Z',
      tenantId: '<default>',
    });
    expect(await caseworker.getUserTask({ userTaskKey }, now)).to.deep.equal(task);
    const form = await caseworker.getUserTaskForm({ userTaskKey }, now);
    expect(form).to.deep.include({
      formId: 'assessment',
      formKey: task!.formKey,
      schema: JSON.parse(ASSESSMENT_FORM),
    });

    const agent = await camunda
      .client('agent')
      .searchUserTasks({ filter: { processInstanceKey } }, now);
    expect(agent.items).to.deep.equal([]);
    for (const login of ['agent', 'admin@bispevik']) {
      const path = `/v2/user-tasks/${userTaskKey}`;
      expect((await camunda.as(login).get(path)).status, login).to.equal(404);
      expect((await camunda.as(login).get(`${path}/form`)).status, login).to.equal(404);
      const done = await camunda.as(login).post(`${path}/completion`, {});
      expect(done.status, login).to.be.oneOf([403, 404]);
    }
  });

  it('is taken, kept from others, given back and completed with the answers to its form', async () => {
    const { userTaskKey, processInstanceKey } = await startTask('assess');
    const caseworker = camunda.client('caseworker');
    await caseworker.assignUserTask({ userTaskKey, assignee: 'caseworker', allowOverride: false });
    const mine = await caseworker.searchUserTasks(
      { filter: { assignee: 'caseworker', processInstanceKey } },
      now,
    );
    expect(mine.items.map((task) => task.userTaskKey)).to.deep.equal([userTaskKey]);
    const taken = await camunda.as('manager').post(`/v2/user-tasks/${userTaskKey}/assignment`, {
      assignee: 'manager',
      allowOverride: false,
    });
    expect(taken.body).to.include({ status: 409, title: 'INVALID_STATE', code: 'task_claimed' });
    await caseworker.unassignUserTask({ userTaskKey });
    expect((await caseworker.getUserTask({ userTaskKey }, now)).assignee).to.equal(undefined);

    const incomplete = await camunda
      .as('caseworker')
      .post(`/v2/user-tasks/${userTaskKey}/completion`, { variables: { cost: 'much' } });
    expect(incomplete.body).to.include({ status: 400, code: 'answers_invalid' });
    await caseworker.completeUserTask({ userTaskKey, variables: { finding: 'knust', cost: 12 } });

    const done = await caseworker.getUserTask({ userTaskKey }, now);
    expect(done.state).to.equal('COMPLETED');
    const owner = camunda.client('owner');
    expect(await owner.getProcessInstance({ processInstanceKey }, now)).to.include({
      state: 'COMPLETED',
      hasIncident: false,
    });
    const variables = await owner.searchVariables(
      { filter: { processInstanceKey }, sort: [{ field: 'name' }] },
      now,
    );
    expect(variables.items.map(({ name, value }) => [name, value])).to.deep.equal([
      ['cost', '12'],
      ['finding', '"knust"'],
    ]);
  });

  it('keeps what is personal in the case, and out of the process', async () => {
    // Any service may be worked on by the general process (F036).
    await camunda.db.query(
      "UPDATE service SET active_process = 'general-after' WHERE code = 'VANN'",
    );
    const inquiry = { channel: 'letter', service: 'VANN', text: 'Kum uten lokk.' };
    await camunda.as('agent').post('/api/inquiries', inquiry).expect(201);
    const caseworker = camunda.client('caseworker');
    const { items } = await caseworker.searchUserTasks(
      { filter: { name: 'Behandle saken', state: 'CREATED' } },
      { consistency: { waitUpToMs: 15_000, pollIntervalMs: 50 } },
    );
    const [task] = items;
    const { userTaskKey } = task!;
    const variables = { outcome: 'completed', caseNote: 'Kanarifuglen har ringt.' };
    await caseworker.completeUserTask({ userTaskKey, variables });
    const seen = await caseworker.searchUserTaskVariables({ userTaskKey }, now);
    expect(seen.items.map(({ name }) => name)).to.include.members(['inquiryId', 'outcome']);
    for (const table of ['process_instance', 'user_task', 'job', 'step_log', 'event']) {
      const found = await camunda.db.query(
        `SELECT 1 FROM ${table} AS r WHERE r::text LIKE '%Kanarifugl%'`,
      );
      expect(found, table).to.deep.equal([]);
    }
    const kept = await camunda.db.query(
      `SELECT 1 FROM inquiry_answer AS r WHERE r::text LIKE '%Kanarifugl%'`,
    );
    expect(kept).to.have.length(1);
  });

  it('is changed by who leads its group', async () => {
    const { userTaskKey } = await startTask('assess');
    await camunda.client('manager').updateUserTask({
      userTaskKey,
      changeset: { priority: 90, followUpDate: '2026-03-05T08:00:00Z', candidateGroups: ['VEI'] },
    });
    const changed = await camunda.client('caseworker').getUserTask({ userTaskKey }, now);
    expect(changed).to.deep.include({
      priority: 90,
      followUpDate: '2026-03-05T08:00:00.000Z',
      candidateGroups: ['VEI'],
      dueDate: '2026-03-09T12:00:00.000Z',
    });
    const refused = await camunda
      .client('caseworker')
      .updateUserTask({ userTaskKey, changeset: { priority: 1 } })
      .catch((error: unknown) => error);
    expect(refused).to.include({ status: 403 });
  });

  it('has no form when its process names none', async () => {
    const { userTaskKey } = await startTask('simple');
    const { status, text } = await camunda.as('admin').get(`/v2/user-tasks/${userTaskKey}/form`);
    expect({ status, text }).to.deep.equal({ status: 204, text: '' });
  });

  it('is completed once by two clients at once: the other is told of the conflict', async () => {
    const { userTaskKey, processInstanceKey } = await startTask('simple');
    const complete = (login: string) =>
      camunda.as(login).post(`/v2/user-tasks/${userTaskKey}/completion`, { variables: {} });
    const answers = await Promise.all([complete('caseworker'), complete('agent')]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([204, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body).to.include({ code: 'task_not_open', title: 'INVALID_STATE' });
    const steps = await camunda.db.query(
      'SELECT 1 FROM step_log WHERE tenant_id = $1 AND instance_id = $2',
      ['fjordvik', processInstanceKey],
    );
    expect(steps).to.have.length(2);
  });
});
