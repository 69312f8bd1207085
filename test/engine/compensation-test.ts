import { expect } from 'chai';
import {
  boundary,
  bpmn,
  compensateTrigger,
  end,
  errorTrigger,
  eventSubProcess,
  flow,
  flows,
  start,
  subProcess,
  throwEvent,
  undoneBy,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

for (const nodes of [1, 2]) {
  describe(`compensation, on ${nodes} node${nodes > 1 ? 's' : ''}`, () => {
    let bench: EngineBench;

    beforeEach(async () => {
      bench = engineBench(await testDatabase(), [], { nodes });
    });

    const run = async (body: string, roots = ''): Promise<string> => {
      await bench.deploy(['p.bpmn', bpmn('p', body, roots)]);
      return (await bench.start('p')).instanceId;
    };

    it('undoes what was completed, last first, and then goes on', async () => {
      const body =
        start +
        userTask('book') +
        undoneBy('book', 'unbook') +
        userTask('pay') +
        undoneBy('pay', 'refund') +
        throwEvent('undo', compensateTrigger()) +
        userTask('after') +
        end +
        flows('start book pay undo after end');
      await run(body);
      await bench.complete('book');
      await bench.complete('pay');
      expect(await bench.openTasks()).to.deep.equal(['refund']);
      await bench.complete('refund');
      expect(await bench.openTasks()).to.deep.equal(['unbook']);
      await bench.complete('unbook');
      expect(await bench.openTasks()).to.deep.equal(['after']);
      expect((await bench.complete('after')).status).to.equal('completed');
    });

    it('undoes only what is named, and nothing that was never done', async () => {
      const body =
        start +
        '<bpmn:exclusiveGateway id="choice" default="choice_undo"/>' +
        userTask('book') +
        undoneBy('book', 'unbook') +
        userTask('pay') +
        undoneBy('pay', 'refund') +
        throwEvent('undo', compensateTrigger('book')) +
        end +
        flows('start book choice', 'pay undo end') +
        flow('choice', 'undo') +
        flow('choice', 'pay', '=false');
      const id = await run(body);
      await bench.complete('book');
      expect(await bench.openTasks()).to.deep.equal(['unbook']);
      await bench.complete('unbook');
      expect((await bench.instance(id)).status).to.equal('completed');
    });

    it('reaches into a sub-process that is over', async () => {
      const inside =
        '<bpmn:startEvent id="in"/>' +
        userTask('book') +
        undoneBy('book', 'unbook') +
        '<bpmn:endEvent id="out"/>' +
        flows('in book out');
      const body =
        start +
        subProcess('scope', inside) +
        throwEvent('undo', compensateTrigger('scope')) +
        end +
        flows('start scope undo end');
      const id = await run(body);
      await bench.complete('book');
      expect(await bench.openTasks()).to.deep.equal(['unbook']);
      await bench.complete('unbook');
      expect((await bench.instance(id)).status).to.equal('completed');
    });

    it('is called by what handles an error', async () => {
      const body =
        start +
        userTask('book') +
        undoneBy('book', 'unbook') +
        userTask('pay') +
        boundary('broke', 'pay', errorTrigger('e')) +
        `<bpmn:endEvent id="no">${errorTrigger('e')}</bpmn:endEvent>` +
        end +
        flows('start book pay end', 'broke no') +
        eventSubProcess(
          'mend',
          errorTrigger('e'),
          throwEvent('undo', compensateTrigger()) + '<bpmn:endEvent id="mended"/>',
          'undo mended',
        );
      const id = await run(body, '<bpmn:error id="e" errorCode="BROKE"/>');
      await bench.complete('book');
      const taskId = await bench.task('pay');
      const answer = { taskId, errorCode: 'BROKE', by: 'caseworker' };
      await bench.db.inTransaction((tx) => bench.engine().throwTaskError(tx, bench.tenant, answer));
      expect(await bench.openTasks()).to.deep.equal(['unbook']);
      await bench.complete('unbook');
      expect((await bench.instance(id)).status).to.equal('completed');
    });
  });
}
