import { expect } from 'chai';
import {
  bpmn,
  callActivity,
  end,
  errorTrigger,
  escalationTrigger,
  eventSubProcess,
  flows,
  message,
  messageTrigger,
  start,
  subProcess,
  timer,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench, HOUR } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

const main = start + userTask('work') + end + flows('start work end');
const react = (id = 'react'): string => userTask(id) + '<bpmn:endEvent id="reacted"/>';

for (const nodes of [1, 2]) {
  describe(`event sub-processes, on ${nodes} node${nodes > 1 ? 's' : ''}`, () => {
    let bench: EngineBench;

    beforeEach(async () => {
      bench = engineBench(await testDatabase(), [], { nodes });
    });

    const run = async (body: string, roots = '', variables = {}): Promise<string> => {
      await bench.deploy(['p.bpmn', bpmn('p', body, roots)]);
      return (await bench.start('p', { caseId: '7', ...variables })).instanceId;
    };
    const status = async (id: string): Promise<string> => (await bench.instance(id)).status;

    it('run beside the process at every message, when they do not interrupt', async () => {
      const inside = eventSubProcess('ask', messageTrigger('m'), react(), 'react reacted', false);
      const id = await run(main + inside, message('m', 'chaser'));

      await bench.correlate('chaser', '7', { chased: 1 });
      expect(await bench.openTasks()).to.deep.equal(['react', 'work']);
      await bench.complete('react');
      await bench.correlate('chaser', '7', { chased: 2 });
      await bench.complete('work');
      expect(await status(id)).to.equal('active');
      await bench.complete('react');

      expect(await bench.instance(id)).to.deep.include({ status: 'completed' });
      expect((await bench.passed('p')).filter((name) => name === 'react')).to.have.length(2);
      expect(await bench.db.query('SELECT id FROM message_subscription')).to.deep.equal([]);
    });

    it('run instead of the process, when they interrupt', async () => {
      const inside = eventSubProcess('withdraw', messageTrigger('m'), react(), 'react reacted');
      const id = await run(main + inside, message('m', 'withdrawn'));

      await bench.correlate('withdrawn', '7');
      expect(await bench.openTasks()).to.deep.equal(['react']);
      await bench.complete('react');
      expect(await status(id)).to.equal('completed');
    });

    it('begin at a time, each on its own clock', async () => {
      const soon = eventSubProcess('soon', timer('PT1H'), react(), 'react reacted', false);
      const late = eventSubProcess(
        'late',
        timer('PT3H'),
        userTask('stop') + '<bpmn:endEvent id="stopped"/>',
        'stop stopped',
      );
      const id = await run(main + soon + late);

      await bench.pass(HOUR);
      expect(await bench.openTasks()).to.deep.equal(['react', 'work']);
      await bench.pass(2 * HOUR);
      expect(await bench.openTasks()).to.deep.equal(['stop']);
      await bench.complete('stop');
      expect(await status(id)).to.equal('completed');
    });

    it('catch an error of their scope, also a nameless one', async () => {
      const inside =
        '<bpmn:startEvent id="in"/>' +
        userTask('judge') +
        `<bpmn:endEvent id="no">${errorTrigger('e')}</bpmn:endEvent>` +
        flows('in judge no') +
        eventSubProcess('mend', errorTrigger(), react(), 'react reacted');
      const body = start + subProcess('scope', inside) + userTask('after') + end;
      const id = await run(
        body + flows('start scope after end'),
        '<bpmn:error id="e" errorCode="NO"/>',
      );

      await bench.complete('judge');
      expect(await bench.openTasks()).to.deep.equal(['react']);
      await bench.complete('react');
      await bench.complete('after');
      expect(await status(id)).to.equal('completed');
      expect(await bench.incidents()).to.deep.equal([]);
    });

    it('react to an escalation while the scope goes on', async () => {
      const inside =
        '<bpmn:startEvent id="in"/>' +
        `<bpmn:intermediateThrowEvent id="raise">${escalationTrigger('s')}</bpmn:intermediateThrowEvent>` +
        userTask('work') +
        '<bpmn:endEvent id="out"/>' +
        flows('in raise work out');
      const body =
        start +
        subProcess('scope', inside) +
        end +
        flows('start scope end') +
        eventSubProcess('lead', escalationTrigger('s'), react(), 'react reacted', false);
      const id = await run(body, '<bpmn:escalation id="s" escalationCode="LATE"/>');

      expect(await bench.openTasks()).to.deep.equal(['react', 'work']);
      await bench.complete('work');
      await bench.complete('react');
      expect(await status(id)).to.equal('completed');
    });

    it('hear a signal, and see a condition become true', async () => {
      const hears = eventSubProcess(
        'crisis',
        '<bpmn:signalEventDefinition signalRef="sig"/>',
        react('alarm'),
        'alarm reacted',
        false,
      );
      const sees = eventSubProcess(
        'dear',
        '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=cost &gt; 100</bpmn:condition></bpmn:conditionalEventDefinition>',
        userTask('approve') + '<bpmn:endEvent id="approved"/>',
        'approve approved',
        false,
      );
      const id = await run(main + hears + sees, '<bpmn:signal id="sig" name="crisis"/>', {
        cost: 5,
      });
      const thrower =
        start +
        '<bpmn:endEvent id="end"><bpmn:signalEventDefinition signalRef="sig"/></bpmn:endEvent>' +
        flows('start end');
      await bench.deploy(['t.bpmn', bpmn('t', thrower, '<bpmn:signal id="sig" name="crisis"/>')]);

      await bench.start('t');
      expect(await bench.openTasks()).to.deep.equal(['alarm', 'work']);
      const cost = async (value: number): Promise<void> => {
        const change = { instanceId: id, variables: { cost: value }, by: 'admin' };
        await bench.db.inTransaction((tx) => bench.engine().setVariables(tx, bench.tenant, change));
      };
      await cost(150);
      await cost(160);
      expect(await bench.openTasks()).to.deep.equal(['alarm', 'approve', 'work']);
      await bench.complete('approve');
      await cost(50);
      await cost(500);
      expect(await bench.openTasks()).to.deep.equal(['alarm', 'approve', 'work']);
      for (const task of ['alarm', 'approve', 'work']) await bench.complete(task);
      expect(await status(id)).to.equal('completed');
    });

    it('of a called process leave the caller alone', async () => {
      const called =
        main + eventSubProcess('withdraw', messageTrigger('m'), react(), 'react reacted');
      await bench.deploy(['called.bpmn', bpmn('called', called, message('m', 'withdrawn'))]);
      const id = await run(
        start +
          callActivity('call', 'called') +
          userTask('after') +
          end +
          flows('start call after end'),
      );
      await bench.correlate('withdrawn', '7');
      await bench.complete('react');
      await bench.complete('after');
      expect(await status(id)).to.equal('completed');
    });

    it('end with the process at a terminate end event', async () => {
      const body =
        start +
        userTask('work') +
        '<bpmn:endEvent id="end"><bpmn:terminateEventDefinition/></bpmn:endEvent>' +
        flows('start work end') +
        eventSubProcess('ask', messageTrigger('m'), react(), 'react reacted', false);
      const id = await run(body, message('m', 'chaser'));
      await bench.correlate('chaser', '7');
      await bench.complete('work');
      expect(await status(id)).to.equal('completed');
      expect(await bench.openTasks()).to.deep.equal([]);
    });
  });
}
