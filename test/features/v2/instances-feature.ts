import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { expect } from 'chai';
import { startCamunda } from '../../helpers/camunda.js';
import type { Camunda } from '../../helpers/camunda.js';
import { DELIVERY, ORDER, SIMPLE } from './models.js';

const now = { consistency: { waitUpToMs: 0 } };
/** As long as the client itself waits for what happens a little later. */
const soon = { consistency: { waitUpToMs: 15_000, pollIntervalMs: 50 } };

describe('Feature: processes are started, followed and told things through a Camunda client', () => {
  let camunda: Camunda;
  let owner: CamundaClient;
  before(async function () {
    this.timeout(120_000);
    camunda = await startCamunda();
    owner = camunda.client('owner');
    await camunda.deploy(
      ['simple.bpmn', SIMPLE],
      ['delivery.bpmn', DELIVERY],
      ['order.bpmn', ORDER],
    );
  });
  after(() => camunda.stop());

  const start = (processDefinitionId: string, variables = {}) =>
    owner.createProcessInstance({ processDefinitionId: processDefinitionId as never, variables });

  it('starts the newest version, another one, or the one with a key', async () => {
    const first = await start('simple', { colour: 'red', size: 2 });
    expect(first).to.include({
      processDefinitionId: 'simple',
      processDefinitionVersion: 1,
      tenantId: '<default>',
    });
    await camunda.deploy(['simple.bpmn', SIMPLE.replace('id="do"', 'id="do" name="Gjør"')]);
    expect((await start('simple')).processDefinitionVersion).to.equal(2);
    const { processDefinitionKey } = first;
    const byKey = await owner.createProcessInstance({ processDefinitionKey });
    expect(byKey.processDefinitionVersion).to.equal(1);
    const byVersion = await owner.createProcessInstance({
      processDefinitionId: 'simple' as never,
      processDefinitionVersion: 1,
    });
    expect(byVersion.processDefinitionKey).to.equal(processDefinitionKey);

    const found = await owner.searchProcessInstances(
      {
        filter: {
          processDefinitionId: 'simple',
          processDefinitionVersion: { $lt: 2 },
          variables: [{ name: 'colour', value: '"red"' }],
          state: 'ACTIVE',
          startDate: { $lte: camunda.clock().toISOString() },
        },
      },
      now,
    );
    expect(found.items.map((one) => one.processInstanceKey)).to.deep.equal([
      first.processInstanceKey,
    ]);
    expect(found.items[0]).to.deep.include({
      processDefinitionName: 'simple',
      state: 'ACTIVE',
      hasIncident: false,
      startDate: camunda.clock().toISOString(),
    });
  });

  it('pages forwards and back without losing or repeating any', async () => {
    await Promise.all(
      Array.from({ length: 7 }, (_, at) => start('delivery', { caseId: `p${at}` })),
    );
    const page = (cursor: object) =>
      owner.searchProcessInstances(
        {
          filter: { processDefinitionId: 'delivery' },
          sort: [{ field: 'endDate', order: 'DESC' }, { field: 'startDate' }],
          page: { limit: 3, ...cursor },
        },
        now,
      );
    const first = await page({});
    expect(first.page.totalItems).to.equal(7);
    const second = await page({ after: first.page.endCursor });
    const third = await page({ after: second.page.endCursor });
    const keysOf = ({ items }: typeof first) => items.map((one) => String(one.processInstanceKey));
    const all = [first, second, third].flatMap(keysOf);
    expect(all).to.have.length(7);
    expect(new Set(all)).to.have.property('size', 7);
    expect(keysOf(await page({ before: third.page.startCursor }))).to.deep.equal(keysOf(second));
    expect(keysOf(await page({ from: 5 }))).to.deep.equal(all.slice(5));
    expect(keysOf(await page({ after: third.page.endCursor }))).to.deep.equal([]);
  });

  it('cancels an instance, with what it waits for', async () => {
    const { processInstanceKey } = await start('simple');
    await owner.cancelProcessInstance({ processInstanceKey });
    const canceled = await owner.getProcessInstance({ processInstanceKey }, now);
    expect(canceled).to.include({ state: 'TERMINATED' });
    expect(canceled.endDate).to.equal(camunda.clock().toISOString());
    const { items } = await camunda
      .client('admin')
      .searchUserTasks({ filter: { processInstanceKey } }, now);
    expect(items.map(({ state }) => state)).to.deep.equal(['CANCELED']);
    const again = await owner
      .cancelProcessInstance({ processInstanceKey })
      .catch((error: unknown) => error);
    expect(again).to.include({ status: 409 });
  });

  it('hands a message to the one that waits for it, at once', async () => {
    const { processInstanceKey } = await start('delivery', { caseId: 'd1' });
    const correlated = await owner.correlateMessage({
      name: 'delivered',
      correlationKey: 'd1',
      variables: { signedBy: 'front desk' },
    });
    expect(correlated.processInstanceKey).to.equal(processInstanceKey);
    const { state } = await owner.getProcessInstance({ processInstanceKey }, now);
    expect(state).to.equal('COMPLETED');
    const variable = await owner.searchVariables(
      { filter: { processInstanceKey, name: 'signedBy' } },
      now,
    );
    const { variableKey } = variable.items[0]!;
    expect(await owner.getVariable({ variableKey }, now)).to.include({ value: '"front desk"' });
    const nobody = await owner
      .correlateMessage({ name: 'delivered', correlationKey: 'd1' })
      .catch((error: unknown) => error);
    expect(nobody).to.include({ status: 404, title: 'NOT_FOUND' });
  });

  it('keeps a published message for whoever comes to wait for it, once', async () => {
    const published = await owner.publishMessage({
      name: 'delivered',
      correlationKey: 'd2',
      timeToLive: 60_000,
      messageId: 'note-1',
    });
    expect(published.messageKey).to.match(/^\d+$/);
    const twice = await owner
      .publishMessage({
        name: 'delivered',
        correlationKey: 'd2',
        timeToLive: 60_000,
        messageId: 'note-1',
      })
      .catch((error: unknown) => error);
    expect(twice).to.include({ status: 409 });

    const { processInstanceKey } = await start('delivery', { caseId: 'd2' });
    const ended = await owner.searchProcessInstances(
      { filter: { processInstanceKey, state: 'COMPLETED' } },
      soon,
    );
    expect(ended.items).to.have.length(1);
  });

  it('starts a process with the message it begins with', async () => {
    await owner.publishMessage({ name: 'ordered', variables: { item: 'bin' } });
    const { items } = await camunda
      .client('admin')
      .searchUserTasks({ filter: { processDefinitionId: 'order' as never } }, soon);
    expect(items.map(({ elementId }) => elementId)).to.deep.equal(['pack']);
  });

  it('shows and stops nothing of another municipality', async () => {
    const { processInstanceKey } = await start('simple');
    const other = camunda.as('owner@bispevik');
    const path = `/v2/process-instances/${processInstanceKey}`;
    expect((await other.get(path)).body).to.include({ status: 404, title: 'NOT_FOUND' });
    expect((await other.post(`${path}/cancellation`)).status).to.equal(404);
    for (const list of ['process-instances', 'variables', 'incidents', 'user-tasks']) {
      const { body } = await camunda
        .as('admin@bispevik')
        .post(`/v2/${list}/search`, { filter: { processInstanceKey } });
      expect(body.items, list).to.deep.equal([]);
    }
    const { state } = await owner.getProcessInstance({ processInstanceKey }, now);
    expect(state).to.equal('ACTIVE');
  });
});
