import { expect } from 'chai';
import type { HandlerDeclaration } from '../../src/engine/handler.js';
import {
  bpmn,
  callActivity,
  end,
  flow,
  flows,
  serviceTask,
  start,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { rejection } from '../helpers/rejection.js';

const spoil: HandlerDeclaration = {
  name: 'spoil',
  title: { nb: 'Test', en: 'Test' },
  runs: 'in-step',
  inputs: [],
  outputs: [],
  run: async (_, { tx }) => {
    await tx.query('SELECT 1 FROM no_such_table');
    return {};
  },
};

describe('instances', () => {
  let bench: EngineBench;

  beforeEach(async () => {
    bench = engineBench(await testDatabase(), [spoil]);
  });

  const simple = (task: string): string =>
    bpmn('versioned', start + userTask(task) + end + flows(`start ${task} end`));

  it('stay on the version they began with; the same content is no new version', async () => {
    await bench.deploy(['v.bpmn', simple('first')]);
    await bench.start('versioned');
    await bench.deploy(['v.bpmn', simple('first')]);
    await bench.deploy(['v.bpmn', simple('second')]);

    const newer = await bench.start('versioned');
    const older = await bench.complete('first');

    expect([older.version, newer.version]).to.deep.equal([1, 2]);
    const versions = await bench.db.query(
      'SELECT version FROM process_definition ORDER BY version',
    );
    expect(versions).to.deep.equal([{ version: 1 }, { version: 2 }]);
  });

  it('are moved by one of two who complete the same task at once', async () => {
    await bench.deploy(['v.bpmn', simple('work')]);
    await bench.start('versioned');
    const taskId = await bench.task('work');
    const complete = (by: string) =>
      bench.db.inTransaction((tx) =>
        bench.engine().completeTask(tx, bench.tenant, { taskId, variables: {}, by }),
      );

    const results = await Promise.allSettled([complete('anna'), complete('bo'), complete('carl')]);

    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(lost.map(({ code }) => code)).to.deep.equal(['task_not_open', 'task_not_open']);
    expect(await bench.passed('versioned')).to.have.length(3);
  });

  it('are canceled with everything they wait for, the processes they called too', async () => {
    const called = start + userTask('inner') + end + flows('start inner end');
    const calling = start + callActivity('call', 'called') + end + flows('start call end');
    await bench.deploy(['a.bpmn', bpmn('calling', calling)], ['b.bpmn', bpmn('called', called)]);
    const { instanceId } = await bench.start('calling');
    const [child] = await bench.db.query<{ id: string }>(
      'SELECT id FROM process_instance WHERE parent_id IS NOT NULL',
    );
    const cancel = (id: string) =>
      bench.db.inTransaction((tx) =>
        bench.engine().cancel(tx, bench.tenant, { instanceId: id, by: 'admin' }),
      );

    expect(await rejection(cancel(child?.id ?? ''))).to.include({ code: 'instance_called' });
    await cancel(instanceId);
    await bench.settle();

    const left = await bench.db.query(
      `SELECT id FROM process_instance WHERE status = 'active'
       UNION ALL SELECT id FROM user_task WHERE state = 'created' UNION ALL SELECT id FROM job`,
    );
    expect(left).to.deep.equal([]);
    expect(await rejection(cancel(instanceId))).to.include({ code: 'instance_ended' });
  });

  it('of another municipality do not exist for this one', async () => {
    await bench.deploy(['v.bpmn', simple('work')]);
    const { instanceId } = await bench.start('versioned');
    const taskId = await bench.task('work');
    const asBispevik = { taskId, variables: {}, by: 'eve' };
    const complete = bench.db.inTransaction((tx) =>
      bench.engine().completeTask(tx, 'bispevik', asBispevik),
    );
    expect(await rejection(complete)).to.include({ code: 'task_not_found' });
    const start = bench.db.inTransaction((tx) =>
      bench.engine().start(tx, 'bispevik', { processId: 'versioned', variables: {}, by: 'eve' }),
    );
    expect(await rejection(start)).to.include({ code: 'definition_not_found' });
    expect((await bench.instance(instanceId)).status).to.equal('active');
  });

  it('survive a handler whose statement fails: an incident there, the step saved', async () => {
    const body = start + serviceTask('bad', 'spoil') + end + flows('start bad end');
    await bench.deploy(['spoil.bpmn', bpmn('spoiled', body)]);
    const { incidents } = await bench.start('spoiled');
    expect(incidents).to.have.length(1);
    expect((await bench.incidents())[0]).to.include({ elementId: 'bad', kind: 'handler_failed' });
  });

  it('whose gateway cannot choose stay there until their variables are mended', async () => {
    const body =
      start +
      '<bpmn:exclusiveGateway id="choice"/>' +
      userTask('a') +
      userTask('b') +
      end +
      flows('start choice', 'a end', 'b end') +
      flow('choice', 'a', '=kind = "a"') +
      flow('choice', 'b', '=kind = "b"');
    await bench.deploy(['choice.bpmn', bpmn('choosing', body)]);
    const { instanceId, incidents } = await bench.start('choosing', { kind: 'c' });
    expect((await bench.incidents())[0]).to.include({ elementId: 'choice', kind: 'no_flow_taken' });

    const change = { instanceId, variables: { kind: 'b' }, by: 'admin' };
    await bench.db.inTransaction((tx) => bench.engine().setVariables(tx, bench.tenant, change));
    const request = { incidentId: incidents[0] ?? '', by: 'admin' };
    await bench.db.inTransaction((tx) => bench.engine().resolveIncident(tx, bench.tenant, request));
    expect(await bench.task('b')).to.be.a('string');
  });

  it('that can never move again say so', async () => {
    const body =
      start +
      '<bpmn:exclusiveGateway id="one" default="one_a"/><bpmn:parallelGateway id="both"/>' +
      userTask('a') +
      userTask('b') +
      end +
      flows('start one', 'a both end', 'b both') +
      flow('one', 'a') +
      flow('one', 'b', '=false');
    await bench.deploy(['stuck.bpmn', bpmn('stuck', body)]);
    await bench.start('stuck');
    await bench.complete('a');
    expect((await bench.incidents())[0]).to.include({ elementId: null, kind: 'token_stuck' });
  });

  it('run a chain of 400 tasks in one step without running out of stack', async () => {
    const gateways = Array.from({ length: 400 }, (_, n) => `<bpmn:exclusiveGateway id="g${n}"/>`);
    const chain = ['start', ...gateways.map((_, n) => `g${n}`), 'end'].join(' ');
    await bench.deploy([
      'chain.bpmn',
      bpmn('chain', start + gateways.join('') + end + flows(chain)),
    ]);
    expect((await bench.start('chain')).status).to.equal('completed');
  });
});
