import { expect } from 'chai';
import { bpmn, end, flow, flows, standardLoop, start, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

for (const nodes of [1, 2]) {
  describe(`joins and loops, on ${nodes} node${nodes > 1 ? 's' : ''}`, () => {
    let bench: EngineBench;

    beforeEach(async () => {
      bench = engineBench(await testDatabase(), [], { nodes });
    });

    const run = async (body: string, variables = {}): Promise<string> => {
      await bench.deploy(['p.bpmn', bpmn('p', body)]);
      return (await bench.start('p', variables)).instanceId;
    };

    const advice =
      start +
      '<bpmn:inclusiveGateway id="split" default="split_c"/><bpmn:inclusiveGateway id="join"/>' +
      ['a', 'b', 'c', 'after'].map((id) => userTask(id)).join('') +
      end +
      flows('start split', 'a join', 'b join', 'c join', 'join after end') +
      flow('split', 'a', '=list contains(ask, "a")') +
      flow('split', 'b', '=list contains(ask, "b")') +
      flow('split', 'c');

    it('an inclusive join waits for those that were asked, and for no other', async () => {
      await run(advice, { ask: ['a', 'b'] });
      await bench.complete('b');
      expect(await bench.openTasks()).to.deep.equal(['a']);
      await bench.complete('a');
      expect(await bench.openTasks()).to.deep.equal(['after']);
      expect((await bench.complete('after')).status).to.equal('completed');
    });

    it('an inclusive join lets a lone token pass', async () => {
      await run(advice, { ask: [] });
      await bench.complete('c');
      expect((await bench.complete('after')).status).to.equal('completed');
    });

    it('an inclusive join goes on when a token it waited for takes another way', async () => {
      const body =
        start +
        '<bpmn:parallelGateway id="fork"/><bpmn:exclusiveGateway id="turn" default="turn_join"/><bpmn:inclusiveGateway id="join"/>' +
        ['a', 'b', 'after'].map((id) => userTask(id)).join('') +
        end +
        '<bpmn:endEvent id="gone"/>' +
        flows('start fork a turn', 'turn join', 'fork b join after end') +
        flow('turn', 'gone', '=leave');
      await run(body);
      await bench.complete('b');
      expect(await bench.openTasks()).to.deep.equal(['a']);
      await bench.complete('a', { leave: true });
      expect(await bench.openTasks()).to.deep.equal(['after']);
      expect((await bench.complete('after')).status).to.equal('completed');
    });

    it('a parallel join keeps a second token of one branch for its next round', async () => {
      const body =
        start +
        '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="more"/><bpmn:parallelGateway id="join"/>' +
        '<bpmn:exclusiveGateway id="merge"/>' +
        ['a', 'b', 'c', 'after'].map((id) => userTask(id)).join('') +
        end +
        flows('start fork more a merge join after end', 'more b merge', 'fork c join');
      const id = await run(body);
      await bench.complete('a');
      await bench.complete('b');
      expect(await bench.openTasks()).to.deep.equal(['c']);
      await bench.complete('c');
      expect(await bench.openTasks()).to.deep.equal(['after']);
      await bench.complete('after');
      // The second token of the upper branch has nobody to meet: that is shown, not lost.
      expect((await bench.instance(id)).status).to.equal('active');
      expect((await bench.incidents())[0]).to.include({ kind: 'token_stuck' });
    });

    it('two flows between the same two elements are two tokens', async () => {
      const twice =
        '<bpmn:sequenceFlow id="one" sourceRef="fork" targetRef="join"/><bpmn:sequenceFlow id="two" sourceRef="fork" targetRef="join"/>';
      const body =
        start +
        '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>' +
        userTask('after') +
        end +
        flows('start fork', 'join after end') +
        twice;
      await run(body);
      expect((await bench.complete('after')).status).to.equal('completed');
    });

    it('a loop that tests afterwards runs until its condition fails', async () => {
      const id = await run(
        start + userTask('work', '', standardLoop('=again')) + end + flows('start work end'),
      );
      await bench.complete('work', { again: true });
      await bench.complete('work', { again: true });
      expect((await bench.instance(id)).status).to.equal('active');
      expect((await bench.complete('work', { again: false })).status).to.equal('completed');
    });

    it('a loop that tests first may run not at all, and never more than its maximum', async () => {
      const loop = standardLoop('=again', { testBefore: true, maximum: 2 });
      await run(start + userTask('work', '', loop) + end + flows('start work end'), {
        again: false,
      });
      expect(await bench.openTasks()).to.deep.equal([]);
      await bench.start('p', { again: true });
      await bench.complete('work');
      expect((await bench.complete('work')).status).to.equal('completed');
    });
  });
}
