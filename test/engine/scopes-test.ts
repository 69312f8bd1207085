import { expect } from 'chai';
import { BpmnError } from '../../src/engine/handler.js';
import type { HandlerDeclaration } from '../../src/engine/handler.js';
import {
  boundary,
  bpmn,
  callActivity,
  end,
  flows,
  serviceTask,
  start,
  timer,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench, HOUR } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { rejection } from '../helpers/rejection.js';

const title = { nb: 'Test', en: 'Test' };
const refuse: HandlerDeclaration = {
  name: 'refuse',
  title,
  runs: 'in-step',
  inputs: [],
  outputs: [],
  run: () => Promise.reject(new BpmnError('REFUSED', 'not ours', { why: 'not ours' })),
};

const error = '<bpmn:error id="e" name="Wrong unit" errorCode="WRONG_UNIT"/>';
const refused = '<bpmn:error id="r" name="Refused" errorCode="REFUSED"/>';
const onError = (id: string): string => `<bpmn:errorEventDefinition errorRef="${id}"/>`;

describe('scopes', () => {
  let bench: EngineBench;

  beforeEach(async () => {
    bench = engineBench(await testDatabase(), [refuse]);
  });

  it('a called process runs as an instance of its own and hands its variables back', async () => {
    const called = start + userTask('inner') + end + flows('start inner end');
    const calling =
      start +
      callActivity('call', '=serviceProcess') +
      userTask('after') +
      end +
      flows('start call after end');
    await bench.deploy(['a.bpmn', bpmn('calling', calling)], ['b.bpmn', bpmn('called', called)]);
    await bench.start('calling', { serviceProcess: 'called', inquiryId: '7' });

    await bench.complete('inner', { outcome: 'repaired' });
    const { variables } = await bench.complete('after');

    expect(variables).to.include({ outcome: 'repaired', inquiryId: '7' });
    expect(await bench.passed('called')).to.include('inner');
  });

  it('an interrupting timer on a call activity withdraws the called process', async () => {
    const called = start + userTask('inner') + end + flows('start inner end');
    const calling =
      start +
      callActivity('call', 'called') +
      boundary('late', 'call', timer('PT1H')) +
      end +
      '<bpmn:endEvent id="stopped"/>' +
      flows('start call end', 'late stopped');
    await bench.deploy(['a.bpmn', bpmn('calling', calling)], ['b.bpmn', bpmn('called', called)]);
    const { instanceId } = await bench.start('calling');

    await bench.pass(HOUR);

    expect((await bench.instance(instanceId)).status).to.equal('completed');
    expect(await bench.db.query(`SELECT id FROM user_task WHERE state = 'created'`)).to.have.length(
      0,
    );
    const [child] = await bench.db.query(
      `SELECT status FROM process_instance WHERE process_id = 'called'`,
    );
    expect(child).to.deep.equal({ status: 'canceled' });
  });

  it('a call to a process that does not exist waits for it as an incident', async () => {
    const calling = start + callActivity('call', 'called') + end + flows('start call end');
    const called = start + end + flows('start end');
    await bench.deploy(['a.bpmn', bpmn('calling', calling)]);
    const { instanceId } = await bench.start('calling');
    const [incident] = await bench.incidents();
    expect(incident?.kind).to.equal('process_not_found');

    await bench.deploy(['b.bpmn', bpmn('called', called)]);
    const request = { incidentId: incident?.id ?? '', by: 'admin' };
    await bench.db.inTransaction((tx) => bench.engine().resolveIncident(tx, bench.tenant, request));
    await bench.settle();

    expect((await bench.instance(instanceId)).status).to.equal('completed');
  });

  it('a caseworker answers a task with an error the process catches', async () => {
    const body =
      start +
      userTask('work') +
      boundary('wrong', 'work', onError('e')) +
      userTask('reroute') +
      end +
      '<bpmn:endEvent id="moved"/>' +
      flows('start work end', 'wrong reroute moved');
    await bench.deploy(['error.bpmn', bpmn('erring', body, error)]);
    await bench.start('erring');
    const taskId = await bench.task('work');
    const answer = (errorCode: string) =>
      bench.db.inTransaction((tx) =>
        bench.engine().throwTaskError(tx, bench.tenant, { taskId, errorCode, by: 'caseworker' }),
      );

    expect(await rejection(answer('OTHER'))).to.include({ code: 'error_not_caught' });
    const { openedTasks } = await answer('WRONG_UNIT');
    expect(openedTasks.map(({ elementId }) => elementId)).to.deep.equal(['reroute']);
  });

  it('an error of a handler is caught on the border of its sub-process', async () => {
    const inside =
      '<bpmn:startEvent id="in"/>' +
      serviceTask('try', 'refuse') +
      '<bpmn:endEvent id="out"/>' +
      flows('in try out');
    const body =
      start +
      `<bpmn:subProcess id="scope">${inside}</bpmn:subProcess>` +
      boundary('caught', 'scope', onError('r')) +
      userTask('mend') +
      end +
      '<bpmn:endEvent id="mended"/>' +
      flows('start scope end', 'caught mend mended');
    await bench.deploy(['nested.bpmn', bpmn('nested', body, refused)]);

    const { openedTasks, variables } = await bench.start('nested');
    expect(openedTasks.map(({ elementId }) => elementId)).to.deep.equal(['mend']);
    expect(variables).to.include({ why: 'not ours' });
    expect((await bench.complete('mend')).status).to.equal('completed');
  });

  it('an error end event leaves its sub-process at the border that catches it', async () => {
    const inside =
      `<bpmn:startEvent id="in"/>` +
      userTask('judge') +
      `<bpmn:endEvent id="no">${onError('e')}</bpmn:endEvent>` +
      flows('in judge no');
    const body =
      start +
      `<bpmn:subProcess id="scope">${inside}</bpmn:subProcess>` +
      boundary('caught', 'scope', onError('e')) +
      userTask('mend') +
      end +
      '<bpmn:endEvent id="mended"/>' +
      flows('start scope end', 'caught mend mended');
    await bench.deploy(['end.bpmn', bpmn('error-end', body, error)]);
    await bench.start('error-end');
    const { openedTasks } = await bench.complete('judge');
    expect(openedTasks.map(({ elementId }) => elementId)).to.deep.equal(['mend']);
    expect((await bench.complete('mend')).status).to.equal('completed');
  });

  it('a timer on a sub-process ends everything inside it', async () => {
    const inside =
      '<bpmn:startEvent id="in"/><bpmn:parallelGateway id="split"/>' +
      userTask('a') +
      userTask('b') +
      flows('in split a', 'split b');
    const body =
      start +
      `<bpmn:subProcess id="scope">${inside}</bpmn:subProcess>` +
      boundary('late', 'scope', timer('PT1H')) +
      end +
      '<bpmn:endEvent id="stopped"/>' +
      flows('start scope end', 'late stopped');
    await bench.deploy(['sub.bpmn', bpmn('sub', body)]);
    const { instanceId } = await bench.start('sub');
    await bench.complete('a');

    await bench.pass(HOUR);

    expect((await bench.instance(instanceId)).status).to.equal('completed');
    const states = await bench.db.query(`SELECT state FROM user_task ORDER BY element_id`);
    expect(states).to.deep.equal([{ state: 'completed' }, { state: 'canceled' }]);
  });

  it('a terminate end event withdraws the other branches', async () => {
    const stop = '<bpmn:endEvent id="stop"><bpmn:terminateEventDefinition/></bpmn:endEvent>';
    const body =
      start +
      '<bpmn:parallelGateway id="split"/>' +
      userTask('a') +
      userTask('b') +
      end +
      stop +
      flows('start split a stop', 'split b end');
    await bench.deploy(['stop.bpmn', bpmn('stopping', body)]);
    await bench.start('stopping');

    expect((await bench.complete('a')).status).to.equal('completed');
    expect(await bench.db.query(`SELECT id FROM user_task WHERE state = 'created'`)).to.have.length(
      0,
    );
  });
});
