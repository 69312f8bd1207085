import { expect } from 'chai';
import { boundary, bpmn, end, flows, start, subProcess, timer, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench, HOUR } from '../helpers/engine.js';

/** Two tokens reach `work`, one of which waits until the other has passed. */
const inner =
  '<bpmn:startEvent id="begin"/><bpmn:task id="a"/><bpmn:task id="b"/>' +
  userTask('work') +
  userTask('stop') +
  '<bpmn:endEvent id="done"/>' +
  '<bpmn:endEvent id="all"><bpmn:terminateEventDefinition/></bpmn:endEvent>' +
  flows('begin a work done', 'begin b work', 'begin stop all');
const model =
  start +
  subProcess('scope', inner) +
  boundary('late', 'scope', timer('PT1H')) +
  userTask('after') +
  userTask('lateness') +
  end +
  flows('start scope after end', 'late lateness');

describe('a token that waits for the one before it', () => {
  for (const nodes of [1, 2]) {
    const begin = async () => {
      const bench = engineBench(await testDatabase(), [], { nodes });
      await bench.deploy(['a.bpmn', bpmn('main', model)]);
      await bench.start('main');
      expect(await bench.openTasks()).to.deep.equal(['stop', 'work']);
      return bench;
    };

    it(`goes with its scope when that is interrupted, on ${nodes} node(s)`, async () => {
      const bench = await begin();
      await bench.pass(HOUR);
      expect(await bench.openTasks()).to.deep.equal(['lateness']);
    });

    it(`goes with its scope when that is terminated, on ${nodes} node(s)`, async () => {
      const bench = await begin();
      await bench.complete('stop');
      expect(await bench.openTasks()).to.deep.equal(['after']);
    });
  }
});
