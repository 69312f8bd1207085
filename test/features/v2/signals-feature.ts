import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { expect } from 'chai';
import {
  boundary,
  bpmn,
  catchEvent,
  end,
  eventSubProcess,
  flows,
  signalTrigger,
  start,
  userTask,
} from '../../helpers/bpmn.js';
import { startCamunda } from '../../helpers/camunda.js';
import type { Camunda } from '../../helpers/camunda.js';

const now = { consistency: { waitUpToMs: 0 } };
const soon = { consistency: { waitUpToMs: 15_000, pollIntervalMs: 50 } };

const STORM = '<bpmn:signal id="s" name="storm"/>';

/** Waits for the storm in three ways, and works in two of them. */
const WATCH = bpmn(
  'watch',
  `${start}<bpmn:parallelGateway id="split"/>${catchEvent('storm', signalTrigger('s'))}
   ${userTask('after')}${userTask('work')}${boundary('stop', 'work', signalTrigger('s'))}
   ${userTask('stopped')}${end}${flows('start split storm after end', 'split work end', 'stop stopped end')}
   ${eventSubProcess('warn', signalTrigger('s'), userTask('warned') + '<bpmn:endEvent id="told"/>', 'warned told', false)}`,
  STORM,
);

/** Begins with the storm. */
const SWEEP = bpmn(
  'sweep',
  `<bpmn:startEvent id="start">${signalTrigger('s')}</bpmn:startEvent>${userTask('clear')}${end}${flows('start clear end')}`,
  STORM,
);

describe('Feature: a Camunda client broadcasts a signal', () => {
  let camunda: Camunda;
  let owner: CamundaClient;
  before(async function () {
    this.timeout(120_000);
    camunda = await startCamunda();
    owner = camunda.client('owner');
    await camunda.deploy(['watch.bpmn', WATCH], ['sweep.bpmn', SWEEP]);
  });
  after(() => camunda.stop());

  const openTasks = async (processDefinitionId: string) => {
    const filter = { processDefinitionId: processDefinitionId as never, state: 'CREATED' as const };
    const { items } = await camunda.client('admin').searchUserTasks({ filter }, now);
    return items.map(({ elementId }) => String(elementId)).sort();
  };

  it('reaches every instance that waits, and starts what begins with it', async () => {
    for (let at = 0; at < 2; at++) {
      await owner.createProcessInstance({ processDefinitionId: 'watch' as never });
    }
    expect(await openTasks('watch')).to.deep.equal(['work', 'work']);
    const answer = await owner.broadcastSignal({
      signalName: 'storm',
      variables: { wind: 28 },
    });
    expect(answer.tenantId).to.equal('<default>');
    expect(answer.signalKey).to.match(/^\d+$/);
    await owner.searchVariables({ filter: { name: 'wind', value: '28' } }, soon);
    await camunda.runDue();
    const each = ['after', 'stopped', 'warned'];
    expect(await openTasks('watch')).to.deep.equal([...each, ...each].sort());
    expect(await openTasks('sweep')).to.deep.equal(['clear']);
    const { items } = await owner.searchVariables({ filter: { name: 'wind', value: '28' } }, now);
    expect(items).to.have.length(3);
  });

  it('is not kept for who comes later, nor heard in another municipality', async () => {
    await camunda.client('owner@bispevik').broadcastSignal({ signalName: 'storm' });
    await camunda.runDue();
    expect(await openTasks('sweep')).to.deep.equal(['clear']);
    await owner.createProcessInstance({ processDefinitionId: 'watch' as never });
    await camunda.runDue();
    expect((await openTasks('watch')).filter((task) => task === 'work')).to.deep.equal(['work']);
  });

  it('refuses a signal without a name, another tenant, and who may not', async () => {
    const post = (login: string, body: object) =>
      camunda.as(login).post('/v2/signals/broadcast', body);
    expect((await post('owner', {})).body).to.include({ status: 400, title: 'INVALID_ARGUMENT' });
    expect((await post('owner', { signalName: '' })).status).to.equal(400);
    expect((await post('owner', { signalName: 'storm', extra: 1 })).status).to.equal(400);
    expect((await post('owner', { signalName: 'storm', tenantId: 'bispevik' })).status).to.equal(
      403,
    );
    expect((await post('caseworker', { signalName: 'storm' })).status).to.equal(403);
  });
});
