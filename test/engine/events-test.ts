import { expect } from 'chai';
import {
  boundary,
  bpmn,
  callActivity,
  conditionTrigger,
  end,
  errorTrigger,
  escalationTrigger,
  flows,
  message,
  messageTrigger,
  signalTrigger,
  start,
  subProcess,
  throwEvent,
  timer,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { DAY, engineBench, HOUR } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

const roots =
  '<bpmn:escalation id="s" escalationCode="LATE"/><bpmn:signal id="sig" name="crisis"/><bpmn:error id="e" errorCode="NO"/>';

for (const nodes of [1, 2]) {
  describe(`events, on ${nodes} node${nodes > 1 ? 's' : ''}`, () => {
    let bench: EngineBench;

    beforeEach(async () => {
      bench = engineBench(await testDatabase(), [], { nodes });
    });

    const deploy = (id: string, body: string, more = ''): Promise<void> =>
      bench.deploy([`${id}.bpmn`, bpmn(id, body, roots + more)]);

    it('an escalation leaves a called process, which goes on', async () => {
      const called = start + throwEvent('raise', escalationTrigger('s')) + userTask('inner') + end;
      const calling =
        start +
        callActivity('call', 'called') +
        boundary('told', 'call', escalationTrigger('s'), false) +
        userTask('lead') +
        end +
        '<bpmn:endEvent id="led"/>' +
        flows('start call end', 'told lead led');
      await deploy('called', called + flows('start raise inner end'));
      await deploy('calling', calling);
      const { instanceId } = await bench.start('calling');
      expect(await bench.openTasks()).to.deep.equal(['inner', 'lead']);
      await bench.complete('inner');
      await bench.complete('lead');
      expect((await bench.instance(instanceId)).status).to.equal('completed');
    });

    it('an escalation that interrupts takes the called process with it', async () => {
      const called = start + throwEvent('raise', escalationTrigger('s')) + userTask('inner') + end;
      const calling =
        start +
        callActivity('call', 'called') +
        boundary('told', 'call', escalationTrigger()) +
        userTask('lead') +
        end +
        '<bpmn:endEvent id="led"/>' +
        flows('start call end', 'told lead led');
      await deploy('called', called + flows('start raise inner end'));
      await deploy('calling', calling);
      const { instanceId } = await bench.start('calling');
      expect(await bench.openTasks()).to.deep.equal(['lead']);
      await bench.complete('lead');
      expect((await bench.instance(instanceId)).status).to.equal('completed');
    });

    it('an escalation nobody catches is no fault', async () => {
      await deploy(
        'alone',
        start + throwEvent('raise', escalationTrigger('s')) + end + flows('start raise end'),
      );
      expect((await bench.start('alone')).status).to.equal('completed');
      expect(await bench.incidents()).to.deep.equal([]);
    });

    it('an error that nobody catches is an incident, not a success', async () => {
      const body =
        start + userTask('work') + `<bpmn:endEvent id="no">${errorTrigger('e')}</bpmn:endEvent>`;
      await deploy('failing', body + flows('start work no'));
      await bench.start('failing');
      expect((await bench.complete('work')).status).to.equal('active');
      expect((await bench.incidents())[0]).to.include({
        elementId: 'no',
        kind: 'error_not_caught',
      });
    });

    it('an error is caught once: by the nearest scope that knows it', async () => {
      const failing =
        '<bpmn:startEvent id="in2"/>' +
        userTask('work') +
        `<bpmn:endEvent id="no">${errorTrigger('e')}</bpmn:endEvent>` +
        flows('in2 work no');
      const outer =
        '<bpmn:startEvent id="in1"/>' +
        subProcess('inner', failing) +
        boundary('near', 'inner', errorTrigger('e')) +
        userTask('mend') +
        '<bpmn:endEvent id="mended"/><bpmn:endEvent id="out1"/>' +
        flows('in1 inner out1', 'near mend mended');
      const body =
        start +
        subProcess('outer', outer) +
        boundary('far', 'outer', errorTrigger()) +
        userTask('never') +
        end +
        '<bpmn:endEvent id="nevered"/>' +
        flows('start outer end', 'far never nevered');
      await deploy('nested', body);
      await bench.start('nested');
      await bench.complete('work');
      expect(await bench.openTasks()).to.deep.equal(['mend']);
      expect((await bench.complete('mend')).status).to.equal('completed');
    });

    it('a border hears signals and conditions as often as they come', async () => {
      const body =
        start +
        userTask('work') +
        boundary('heard', 'work', signalTrigger('sig'), false) +
        boundary('dear', 'work', conditionTrigger('=cost > 100'), false) +
        end +
        '<bpmn:endEvent id="noted"/><bpmn:endEvent id="approved"/>' +
        flows('start work end', 'heard noted', 'dear approved');
      await deploy('listening', body);
      await deploy(
        'crying',
        start + throwEvent('cry', signalTrigger('sig')) + end + flows('start cry end'),
      );
      const { instanceId } = await bench.start('listening', { cost: 1 });
      await bench.start('crying');
      await bench.start('crying');
      for (const cost of [200, 300, 50, 200]) {
        const change = { instanceId, variables: { cost }, by: 'admin' };
        await bench.db.inTransaction((tx) => bench.engine().setVariables(tx, bench.tenant, change));
      }
      const passed = await bench.passed('listening');
      expect(passed.filter((id) => id === 'noted')).to.have.length(2);
      expect(passed.filter((id) => id === 'approved')).to.have.length(2);
      expect((await bench.complete('work')).status).to.equal('completed');
    });

    it('a process begins by message, by signal or by the clock, each at its own start', async () => {
      const begins = (id: string, trigger: string): string =>
        `<bpmn:startEvent id="${id}">${trigger}</bpmn:startEvent>` +
        userTask(`by-${id}`) +
        flows(`${id} by-${id} end`);
      const body =
        begins('post', messageTrigger('m')) +
        begins('alarm', signalTrigger('sig')) +
        begins('clock', timer('R2/P1D', 'timeCycle')) +
        end;
      await deploy('beginning', body, message('m', 'arrived'));
      await deploy(
        'crying',
        start + throwEvent('cry', signalTrigger('sig')) + end + flows('start cry end'),
      );

      await bench.correlate('arrived', '');
      await bench.start('crying');
      expect(await bench.openTasks()).to.deep.equal(['by-alarm', 'by-post']);
      await bench.pass(DAY);
      await bench.pass(DAY);
      await bench.pass(DAY);
      expect(await bench.openTasks()).to.deep.equal([
        'by-alarm',
        'by-clock',
        'by-clock',
        'by-post',
      ]);
      expect((await bench.complete('by-clock')).status).to.equal('completed');
    });

    it('a newer version takes over what its process begins by', async () => {
      const begins = (task: string): string =>
        `<bpmn:startEvent id="clock">${timer('P1D')}</bpmn:startEvent>` +
        userTask(task) +
        end +
        flows(`clock ${task} end`);
      await deploy('daily', begins('old'));
      await bench.pass(HOUR);
      await deploy('daily', begins('new'));
      await bench.pass(2 * DAY);
      expect(await bench.openTasks()).to.deep.equal(['new']);
    });

    it('a process missed for ten days begins once for them all, and on time again after', async () => {
      const begins =
        `<bpmn:startEvent id="clock">${timer('R/P1D', 'timeCycle')}</bpmn:startEvent>` +
        userTask('round') +
        end +
        flows('clock round end');
      await deploy('rounds', begins);
      await bench.pass(10 * DAY + HOUR);
      expect(await bench.openTasks()).to.deep.equal(['round']);
      await bench.pass(22 * HOUR);
      expect(await bench.openTasks()).to.have.length(1);
      await bench.pass(HOUR);
      expect(await bench.openTasks()).to.have.length(2);
    });

    it('a link leads to its other end', async () => {
      const link = (name: string): string => `<bpmn:linkEventDefinition name="${name}"/>`;
      const body =
        start +
        throwEvent('to', link('A')) +
        `<bpmn:intermediateCatchEvent id="from">${link('A')}</bpmn:intermediateCatchEvent>` +
        userTask('work') +
        end +
        flows('start to', 'from work end');
      await deploy('linked', body);
      await bench.start('linked');
      expect((await bench.complete('work')).status).to.equal('completed');
    });
  });
}
