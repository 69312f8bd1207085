import { expect } from 'chai';
import {
  bpmn,
  callActivity,
  end,
  flows,
  signalTrigger,
  start,
  throwEvent,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

const ROOTS = '<bpmn:signal id="a" name="a"/><bpmn:signal id="b" name="b"/>';

const onSignal = (signalId: string): string =>
  `<bpmn:startEvent id="start">${signalTrigger(signalId)}</bpmn:startEvent>`;

const answer = (processId: string, heard: string, thrown: string): string => {
  const body = onSignal(heard) + throwEvent('throw', signalTrigger(thrown)) + end;
  return bpmn(processId, body + flows('start throw end'), ROOTS);
};

describe('processes that signal each other', function () {
  this.timeout(30_000);
  let bench: EngineBench;

  beforeEach(async () => {
    bench = engineBench(await testDatabase(), [], { limits: { signals: 12 } });
    const first = start + throwEvent('begin', signalTrigger('a')) + end;
    await bench.deploy(['first.bpmn', bpmn('first', first + flows('start begin end'), ROOTS)]);
  });

  const count = async (processId: string): Promise<number> =>
    (await bench.passed(processId)).length;

  it('come to rest, as an incident at the one that throws once too often', async () => {
    await bench.deploy(
      ['ping.bpmn', answer('ping', 'a', 'b')],
      ['pong.bpmn', answer('pong', 'b', 'a')],
    );
    await bench.start('first');
    const incidents = await bench.incidents();
    expect(incidents.map(({ elementId, kind }) => [elementId, kind])).to.deep.equal([
      ['throw', 'limit_exceeded'],
    ]);
    expect(incidents[0]?.message).to.contain('more than 12 signals');
  });

  it('go on as far again when a person says so', async () => {
    await bench.deploy(
      ['ping.bpmn', answer('ping', 'a', 'b')],
      ['pong.bpmn', answer('pong', 'b', 'a')],
    );
    await bench.start('first');
    const before = await count('ping');
    const [{ id: incidentId } = { id: '' }] = await bench.incidents();
    await bench.db.inTransaction((tx) =>
      bench.engine().resolveIncident(tx, bench.tenant, { incidentId, by: 'owner' }),
    );
    await bench.settle();
    expect(await count('ping')).to.be.greaterThan(before);
    expect(await bench.incidents()).to.have.lengthOf(1);
  });

  it('also through a process that is called in between', async () => {
    const calls = onSignal('a') + callActivity('call', 'called') + end;
    const called = start + throwEvent('throw', signalTrigger('a')) + end;
    await bench.deploy(
      ['caller.bpmn', bpmn('caller', calls + flows('start call end'), ROOTS)],
      ['called.bpmn', bpmn('called', called + flows('start throw end'), ROOTS)],
    );
    await bench.start('first');
    const incidents = await bench.incidents();
    expect(incidents.map(({ elementId }) => elementId)).to.deep.equal(['throw']);
  });
});
