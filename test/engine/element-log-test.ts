import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import {
  boundary,
  bpmn,
  end,
  errorTrigger,
  escalationTrigger,
  eventSubProcess,
  flows,
  signalTrigger,
  start,
  subProcess,
  throwEvent,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

const ROOTS =
  '<bpmn:error id="e" errorCode="NO"/><bpmn:escalation id="s" escalationCode="LATE"/><bpmn:signal id="sig" name="storm"/>';

const begin = '<bpmn:startEvent id="begin"/>';
const endEvent = (id: string, trigger: string) =>
  `<bpmn:endEvent id="${id}">${trigger}</bpmn:endEvent>`;

describe('the element log', () => {
  let db: Db;
  let bench: EngineBench;
  beforeEach(async () => {
    db = await testDatabase();
    bench = engineBench(db);
  });

  it('says that an error end was reached, and that what it interrupted was not done', async () => {
    const inside =
      begin +
      '<bpmn:parallelGateway id="split"/>' +
      userTask('other') +
      userTask('check') +
      endEvent('failed', errorTrigger('e')) +
      '<bpmn:endEvent id="done"/>' +
      flows('begin split check failed', 'split other done');
    const body =
      start +
      subProcess('scope', inside) +
      boundary('caught', 'scope', errorTrigger('e')) +
      end +
      flows('start scope end', 'caught end');
    await bench.deploy(['p.bpmn', bpmn('p', body, ROOTS)]);
    await bench.start('p');
    await bench.complete('check');
    expect(await bench.passed('p')).to.include.members(['check', 'failed', 'caught', 'end']);
    expect(await bench.passed('p', 'cancel')).to.have.members(['other', 'scope']);
  });

  it('says so of an error end whose error goes to the caller', async () => {
    const called = start + userTask('check') + endEvent('failed', errorTrigger('e'));
    const call =
      '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="called"/></bpmn:extensionElements></bpmn:callActivity>';
    const body =
      start +
      call +
      boundary('caught', 'call', errorTrigger('e')) +
      end +
      flows('start call end', 'caught end');
    await bench.deploy(
      ['called.bpmn', bpmn('called', called + flows('start check failed'), ROOTS)],
      ['p.bpmn', bpmn('p', body, ROOTS)],
    );
    await bench.start('p');
    await bench.complete('check');
    expect(await bench.passed('called')).to.deep.equal(['start', 'check', 'failed']);
    expect(await bench.passed('p')).to.include.members(['caught', 'end']);
  });

  it('says so of an escalation that interrupts its own scope', async () => {
    const inside =
      begin +
      throwEvent('late', escalationTrigger('s')) +
      userTask('never') +
      '<bpmn:endEvent id="done"/>' +
      flows('begin late never done');
    const body =
      start +
      subProcess('scope', inside) +
      boundary('caught', 'scope', escalationTrigger('s')) +
      end +
      flows('start scope end', 'caught end');
    await bench.deploy(['p.bpmn', bpmn('p', body, ROOTS)]);
    await bench.start('p');
    expect(await bench.passed('p'))
      .to.include('late')
      .and.not.include('never');
    expect(await bench.passed('p', 'cancel')).to.deep.equal(['scope']);
  });

  it('says so of a terminate end beside an event sub-process', async () => {
    const body =
      start +
      '<bpmn:parallelGateway id="split"/>' +
      userTask('other') +
      userTask('check') +
      endEvent('over', '<bpmn:terminateEventDefinition/>') +
      flows('start split check over', 'split other') +
      eventSubProcess(
        'warn',
        signalTrigger('sig'),
        userTask('warned') + '<bpmn:endEvent id="told"/>',
        'warned told',
        false,
      );
    await bench.deploy(['p.bpmn', bpmn('p', body, ROOTS)]);
    const { instanceId } = await bench.start('p');
    await bench.complete('check');
    expect((await bench.instance(instanceId)).status).to.equal('completed');
    expect(await bench.passed('p')).to.deep.equal(['start', 'split', 'check', 'over']);
    expect(await bench.passed('p', 'cancel'))
      .to.include('other')
      .and.not.include('over');
  });

  it('keeps calling a task canceled that was answered with an error', async () => {
    const body =
      start +
      userTask('work') +
      boundary('caught', 'work', errorTrigger('e')) +
      end +
      flows('start work end', 'caught end');
    await bench.deploy(['p.bpmn', bpmn('p', body, ROOTS)]);
    await bench.start('p');
    const error = { taskId: await bench.task('work'), errorCode: 'NO', by: 'caseworker' };
    await db.inTransaction((tx) => bench.engine().throwTaskError(tx, bench.tenant, error));
    expect(await bench.passed('p', 'cancel')).to.deep.equal(['work']);
  });
});
