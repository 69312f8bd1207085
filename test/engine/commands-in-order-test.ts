import { expect } from 'chai';
import { listDue } from '../../src/jobs/due-jobs.js';
import { boundary, bpmn, callActivity, end, flows, start, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';

const escalation = '<bpmn:escalation id="late" escalationCode="LATE"/>';
const raises = '<bpmn:escalationEventDefinition escalationRef="late"/>';

describe('what one instance is told by another', () => {
  it('is heard in the order it was said, whoever is the first to look', async () => {
    const bench = engineBench(await testDatabase());
    const called = start + `<bpmn:endEvent id="end">${raises}</bpmn:endEvent>` + flows('start end');
    const calling =
      start +
      callActivity('call', 'called') +
      boundary('raised', 'call', raises, false) +
      userTask('informed') +
      userTask('after') +
      end +
      flows('start call after end', 'raised informed');
    await bench.deploy(
      ['a.bpmn', bpmn('calling', calling, escalation)],
      ['b.bpmn', bpmn('called', called, escalation)],
    );
    const { db, tenant } = bench;
    const engine = bench.engine();
    const work = engine.dueWork(db);
    const due = () => listDue(db, bench.clock(), [], 10);
    await db.inTransaction((tx) =>
      engine.start(tx, tenant, { processId: 'calling', variables: {}, by: 'agent' }),
    );
    for (const job of await due()) expect(await work.run(job)).to.equal('done');

    const said = await due();
    expect(said.map(({ type }) => type)).to.deep.equal(['child-escalated', 'child-ended']);
    const [escalated, ended] = said;
    if (!escalated || !ended) throw new Error('nothing was said');
    expect(await work.run(ended)).to.equal('busy');
    expect(await work.run(escalated)).to.equal('done');
    expect(await work.run(ended)).to.equal('done');

    expect(await bench.openTasks()).to.deep.equal(['after', 'informed']);
  });
});
