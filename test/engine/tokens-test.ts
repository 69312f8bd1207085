import { expect } from 'chai';
import { boundary, bpmn, end, flow, flows, start, timer, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench, HOUR } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

for (const nodes of [1, 2]) {
  describe(`tokens, on ${nodes} node${nodes > 1 ? 's' : ''}`, () => {
    let bench: EngineBench;

    beforeEach(async () => {
      bench = engineBench(await testDatabase(), [], { nodes });
    });

    async function open(): Promise<string[]> {
      const rows = await bench.db.query<{ name: string }>(
        `SELECT element_id AS name FROM user_task WHERE state = 'created' ORDER BY element_id`,
      );
      return rows.map(({ name }) => name);
    }

    it('enter a sub-process again, with its timer set anew', async () => {
      const inside =
        '<bpmn:startEvent id="in"/>' +
        userTask('inner') +
        '<bpmn:endEvent id="out"/>' +
        flows('in inner out');
      const body =
        start +
        '<bpmn:exclusiveGateway id="merge"/><bpmn:exclusiveGateway id="again" default="again_end"/>' +
        `<bpmn:subProcess id="scope">${inside}</bpmn:subProcess>` +
        boundary('late', 'scope', timer('PT2H'), false) +
        userTask('hurry') +
        end +
        '<bpmn:endEvent id="hurried"/>' +
        flows('start merge scope again end', 'late hurry hurried') +
        flow('again', 'merge', '=again');
      await bench.deploy(['again.bpmn', bpmn('re-entered', body)]);
      await bench.start('re-entered');

      await bench.pass(HOUR);
      await bench.complete('inner', { again: true });
      await bench.pass(HOUR);
      expect(await open()).to.deep.equal(['inner']);
      await bench.pass(HOUR);
      expect(await open()).to.deep.equal(['hurry', 'inner']);

      await bench.complete('inner', { again: false });
      expect((await bench.complete('hurry')).status).to.equal('completed');
    });

    it('take every true flow of an inclusive split, else the default', async () => {
      const body =
        start +
        '<bpmn:inclusiveGateway id="split" default="split_none"/>' +
        userTask('a') +
        userTask('b') +
        userTask('none') +
        end +
        flows('start split', 'a end', 'b end', 'none end') +
        flow('split', 'a', '=list contains(advice, "a")') +
        flow('split', 'b', '=list contains(advice, "b")') +
        flow('split', 'none');
      await bench.deploy(['or.bpmn', bpmn('or-split', body)]);

      await bench.start('or-split', { advice: ['a', 'b'] });
      expect(await open()).to.deep.equal(['a', 'b']);
      await bench.complete('a');
      expect((await bench.complete('b')).status).to.equal('completed');

      await bench.start('or-split', { advice: [] });
      expect(await open()).to.deep.equal(['none']);
    });

    it('that meet without a join pass one by one, and none is lost', async () => {
      const body =
        start +
        '<bpmn:parallelGateway id="split"/>' +
        userTask('a') +
        userTask('b') +
        userTask('after') +
        end +
        flows('start split a after end', 'split b after');
      await bench.deploy(['meet.bpmn', bpmn('meeting', body)]);
      await bench.start('meeting');
      await bench.complete('a');
      await bench.complete('b');

      expect((await bench.complete('after')).status).to.equal('active');
      expect((await bench.complete('after')).status).to.equal('completed');
      expect((await bench.passed('meeting')).filter((id) => id === 'after')).to.have.length(2);
    });

    it('of a repeated task all go when its timer interrupts it', async () => {
      const each =
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2,3]"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>';
      const body =
        start +
        userTask('ask', '', each) +
        boundary('late', 'ask', timer('PT2H')) +
        userTask('decide') +
        end +
        '<bpmn:endEvent id="decided"/>' +
        flows('start ask end', 'late decide decided');
      await bench.deploy(['each.bpmn', bpmn('each', body)]);
      await bench.start('each');
      await bench.complete('ask');
      expect(await open()).to.deep.equal(['ask', 'ask']);

      await bench.pass(2 * HOUR);
      expect(await open()).to.deep.equal(['decide']);
      expect((await bench.complete('decide')).status).to.equal('completed');
      expect(await bench.db.query('SELECT id FROM job')).to.deep.equal([]);
    });

    it('loop a hundred times through a task, and the state does not grow', async () => {
      const body =
        start +
        '<bpmn:exclusiveGateway id="merge"/><bpmn:exclusiveGateway id="again" default="again_end"/>' +
        userTask('work') +
        end +
        flows('start merge work again end') +
        flow('again', 'merge', '=again');
      await bench.deploy(['loop.bpmn', bpmn('looping', body)]);
      const { instanceId } = await bench.start('looping');
      const size = async (): Promise<number> => {
        const [row] = await bench.db.query<{ size: number }>(
          'SELECT length(state) AS size FROM process_instance WHERE id = $1',
          [instanceId],
        );
        return row?.size ?? 0;
      };
      await bench.complete('work', { again: true });
      const first = await size();
      for (let round = 0; round < 99; round++) await bench.complete('work', { again: true });
      expect(await size()).to.be.within(first - 50, first + 100);
    });
  });
}
