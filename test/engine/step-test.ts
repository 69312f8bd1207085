import { expect } from 'chai';
import { bpmn, end, flow, flows, start, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

describe('a step', () => {
  let bench: EngineBench;

  beforeEach(async () => {
    bench = engineBench(await testDatabase());
  });

  it('runs to the first task, and from there to the end', async () => {
    const body = start + userTask('work') + end + flows('start work end');
    await bench.deploy(['simple.bpmn', bpmn('simple', body)]);

    const { instanceId, openedTasks } = await bench.start('simple', { inquiryId: '7' });
    expect(openedTasks.map(({ elementId }) => elementId)).to.deep.equal(['work']);

    const { status } = await bench.complete('work', { done: true });
    expect(status).to.equal('completed');
    expect(await bench.instance(instanceId)).to.deep.equal({
      status: 'completed',
      variables: { inquiryId: '7', done: true },
    });
    expect(await bench.passed('simple')).to.have.members(['start', 'work', 'end']);
  });

  it('takes the first exclusive flow that is true, else the default', async () => {
    const gateway = '<bpmn:exclusiveGateway id="choice" default="choice_low"/>';
    const body =
      start +
      gateway +
      userTask('high') +
      userTask('low') +
      end +
      flows('start choice', 'high end', 'low end') +
      flow('choice', 'high', '=amount > 100') +
      flow('choice', 'low');
    await bench.deploy(['choice.bpmn', bpmn('choosing', body)]);

    const dear = await bench.start('choosing', { amount: 101 });
    const cheap = await bench.start('choosing', { amount: 5 });

    expect(dear.openedTasks[0]?.elementId).to.equal('high');
    expect(cheap.openedTasks[0]?.elementId).to.equal('low');
  });

  it('joins only when every branch has brought its token, also after rework', async () => {
    const body =
      start +
      '<bpmn:parallelGateway id="split"/><bpmn:parallelGateway id="join"/>' +
      '<bpmn:exclusiveGateway id="again" default="again_join"/><bpmn:exclusiveGateway id="merge"/>' +
      userTask('a') +
      userTask('b') +
      userTask('after') +
      end +
      flows('start split merge a again', 'again join', 'split b join after end') +
      flow('again', 'merge', '=rework');
    await bench.deploy(['join.bpmn', bpmn('joining', body)]);

    await bench.start('joining');
    await bench.complete('a', { rework: true });
    await bench.complete('b');
    expect(await bench.passed('joining')).to.not.include('join');

    const { openedTasks } = await bench.complete('a', { rework: false });
    expect(openedTasks.map(({ elementId }) => elementId)).to.deep.equal(['after']);
    expect((await bench.complete('after')).status).to.equal('completed');
  });
});
