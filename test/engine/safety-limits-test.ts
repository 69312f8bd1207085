import { expect } from 'chai';
import type { HandlerDeclaration } from '../../src/engine/handler.js';
import { LIMITS } from '../../src/engine/step/budget.js';
import { StepFault } from '../../src/engine/step/step-fault.js';
import { InvalidError } from '../../src/kernel/errors.js';
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

const many = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

const repeated = (inside = '', sequential = false): string =>
  userTask(
    'each',
    '',
    `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item" ${inside}/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`,
  );

const output = (source: string, target: string): string =>
  `<zeebe:ioMapping><zeebe:output source="${source}" target="${target}"/></zeebe:ioMapping>`;

describe('a step’s budget', function () {
  this.timeout(60_000);
  let bench: EngineBench;

  const open = async (...options: [handlers?: HandlerDeclaration[], more?: object]) => {
    bench = engineBench(await testDatabase(), ...options);
    await bench.deploy([
      'neighbour.bpmn',
      bpmn('neighbour', start + userTask('read') + end + flows('start read end')),
    ]);
    await bench.start('neighbour');
  };
  beforeEach(() => open());

  /** Another case is where it was, and goes on. */
  afterEach(async () => {
    const { status } = await bench.complete('read');
    expect(status).to.equal('completed');
  });

  const deploy = (processId: string, body: string): Promise<void> =>
    bench.deploy([`${processId}.bpmn`, bpmn(processId, body)]);

  it('lets a chain of 500 tasks run that only pass a token on', async () => {
    const ids = many(480, 't');
    const tasks = ids.map((id) => `<bpmn:task id="${id}"/>`).join('');
    await deploy('chain', start + end + tasks + flows(`start ${ids.join(' ')} end`));
    expect(await bench.start('chain')).to.include({ status: 'completed' });
  });

  it('refuses a chain of 2,000 when it is deployed', async () => {
    const ids = many(2000, 't');
    const tasks = ids.map((id) => `<bpmn:task id="${id}"/>`).join('');
    const body = start + end + tasks + flows(`start ${ids.join(' ')} end`);
    expect(await rejection(deploy('long', body))).to.be.instanceOf(InvalidError);
  });

  it('refuses a gateway that splits 2,000 ways when it is deployed', async () => {
    const ids = many(2000, 'w');
    const tasks = ids.map((id) => userTask(id)).join('');
    const ways = ids.map((id) => flow('split', id)).join('');
    const body = `${start}<bpmn:parallelGateway id="split"/>${tasks}${flows('start split')}${ways}`;
    expect(await rejection(deploy('wide', body))).to.be.instanceOf(InvalidError);
  });

  it('runs over a list as long as it may be, and not over 100,000 items', async () => {
    await deploy('list', start + repeated() + end + flows('start each end'));
    const short = await bench.start('list', { items: many(50, '') });
    expect(short.openedTasks).to.have.lengthOf(50);
    const more = await bench.start('list', { items: many(1001, '') });
    expect(more).to.include({ status: 'active' });
    const long = await bench.start('list', { items: Array.from({ length: 100_000 }, () => 1) });
    expect(long).to.include({ status: 'active' });
    const incidents = await bench.incidents();
    for (const { elementId, kind } of incidents) {
      expect({ elementId, kind }).to.deep.equal({ elementId: 'each', kind: 'limit_exceeded' });
    }
    expect(incidents).to.have.lengthOf(2);
    expect(incidents[0]?.message).to.contain(`1001 items, more than ${LIMITS.items}`);
  });

  it('stops a process that calls itself, as an incident at the call', async () => {
    await deploy('self', start + callActivity('again', 'self') + end + flows('start again end'));
    await bench.start('self');
    const incidents = await bench.incidents();
    expect(incidents.map(({ elementId, kind }) => [elementId, kind])).to.deep.equal([
      ['again', 'limit_exceeded'],
    ]);
    expect(incidents[0]?.message).to.contain(`${LIMITS.callDepth} levels`);
  });

  it('stops a process that calls itself twice before it has a million descendants', async () => {
    await open([], { limits: { family: 20 } });
    const calls = callActivity('left', 'double') + callActivity('right', 'double');
    const ways = flows('start split left', 'split right');
    await deploy('double', `${start}<bpmn:parallelGateway id="split"/>${calls}${ways}`);
    await bench.start('double');
    const [{ count } = { count: 0 }] = await bench.db.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM process_instance WHERE process_id = 'double'`,
    );
    expect(count).to.be.within(15, 40);
    expect((await bench.incidents()).every(({ kind }) => kind === 'limit_exceeded')).to.equal(true);
  });

  it('refuses variables that somebody sends beyond the limit, and keeps the case as it was', async () => {
    await deploy('small', start + userTask('fill') + end + flows('start fill end'));
    const { instanceId } = await bench.start('small', { given: 'x'.repeat(600_000) });
    const before = await bench.instance(instanceId);
    const error = await rejection(bench.complete('fill', { more: 'y'.repeat(600_000) }));
    expect(error).to.be.instanceOf(InvalidError).with.property('code', 'variables_too_large');
    expect(await bench.instance(instanceId)).to.deep.equal(before);
    expect(await bench.incidents()).to.be.empty;
    const tooMuch = rejection(bench.start('small', { given: 'x'.repeat(LIMITS.variables) }));
    expect(await tooMuch).to.have.property('code', 'variables_too_large');
    await bench.complete('fill', { given: 'short', more: 'y'.repeat(600_000) });
    expect((await bench.instance(instanceId)).variables['given']).to.equal('short');
  });

  it('refuses variables that are no JSON', async () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    for (const value of [1n, cycle, new Date(), () => 1, Number.NaN, Symbol('s')]) {
      const error = await rejection(bench.start('neighbour', { value: value as never }));
      expect(error).to.have.property('code', 'variables_not_json');
    }
  });

  it('makes variables that the process itself lets grow an incident where it happened', async () => {
    const doubled = output('=text + text', 'text');
    await deploy('grows', start + userTask('grow', doubled) + end + flows('start grow end'));
    await bench.start('grows', { text: 'x'.repeat(600_000) });
    await bench.complete('grow');
    const [incident] = await bench.incidents();
    expect(incident).to.include({ elementId: 'grow', kind: 'limit_exceeded' });
  });

  it('refuses a range of a thousand million when it is deployed', async () => {
    const costly = output('=for i in 1..1000000000 return i', 'all');
    const body = start + userTask('count', costly) + end + flows('start count end');
    expect(await rejection(deploy('range', body))).to.have.property('code', 'model_refused');
  });

  it('makes one that a variable asks for an incident at once', async () => {
    const costly = output('=for i in 1..many return i', 'all');
    await deploy('range', start + userTask('count', costly) + end + flows('start count end'));
    await bench.start('range');
    const begun = performance.now();
    await bench.complete('count', { many: 1_000_000_000 });
    expect(performance.now() - begun).to.be.lessThan(2000);
    const [incident] = await bench.incidents();
    expect(incident).to.include({ elementId: 'count', kind: 'limit_exceeded' });
  });

  it('undoes a step that passes too many elements, and tells the one who asked', async () => {
    const handler = {
      name: 'turn',
      title: { nb: 'Runde', en: 'Turn' },
      runs: 'in-step' as const,
      inputs: [],
      outputs: [],
      run: async () => ({ turned: true }),
    };
    await open([handler], { limits: { arrivals: 100 } });
    const loop =
      flows('start begin join', 'join turn choose') +
      flow('choose', 'join', '=true') +
      flow('choose', 'end', '=false');
    const gateways = '<bpmn:exclusiveGateway id="join"/><bpmn:exclusiveGateway id="choose"/>';
    await deploy(
      'round',
      start + end + userTask('begin') + gateways + serviceTask('turn', 'turn') + loop,
    );
    const { instanceId } = await bench.start('round');
    const before = await bench.instance(instanceId);
    const fault = await rejection(bench.complete('begin'));
    expect(fault).to.be.instanceOf(StepFault).with.property('code', 'step_limit');
    await bench.engine().recordFault(bench.db, fault as StepFault);
    await bench.engine().recordFault(bench.db, fault as StepFault);
    expect(await bench.instance(instanceId)).to.deep.equal(before);
    expect(await bench.openTasks()).to.deep.equal(['begin', 'read']);
    const [incident, ...others] = await bench.incidents();
    expect(others, 'one incident, however often it is tried').to.be.empty;
    expect(incident).to.include({ kind: 'step_limit' });
    expect(incident?.message).to.contain('100 elements').and.to.contain('try again');
    const { db, tenant } = bench;
    const request = { incidentId: incident?.id ?? '', by: 'admin' };
    await db.inTransaction((tx) => bench.engine().resolveIncident(tx, tenant, request));
    expect(await bench.incidents()).to.be.empty;
  });
});
