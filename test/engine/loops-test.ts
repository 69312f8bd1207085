import { expect } from 'chai';
import { bpmn, end, flows, start, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

function repeated(sequential: boolean): string {
  const over = `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=parties" inputElement="party" outputCollection="answers" outputElement="=answer"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;
  const body = start + userTask('ask', '', over) + end + flows('start ask end');
  return bpmn(sequential ? 'one-by-one' : 'at-once', body);
}

describe('a repeated task', () => {
  let bench: EngineBench;

  beforeEach(async () => {
    bench = engineBench(await testDatabase());
    await bench.deploy(['a.bpmn', repeated(false)], ['b.bpmn', repeated(true)]);
  });

  async function open(): Promise<unknown[]> {
    const rows = await bench.db.query<{ variables: { party: string } }>(
      `SELECT variables FROM user_task WHERE state = 'created' ORDER BY id`,
    );
    return rows.map(({ variables }) => variables.party);
  }

  it('at once: one task for each item, and the answers in the items’ order', async () => {
    await bench.start('at-once', { parties: ['owner', 'neighbour', 'tenant'] });
    expect(await open()).to.deep.equal(['owner', 'neighbour', 'tenant']);

    await bench.complete('ask', { answer: 1 });
    await bench.complete('ask', { answer: 2 });
    const { status, variables } = await bench.complete('ask', { answer: 3 });

    expect(status).to.equal('completed');
    expect(variables['answers']).to.deep.equal([1, 2, 3]);
  });

  it('one by one: the next item when the one before is done', async () => {
    await bench.start('one-by-one', { parties: ['owner', 'neighbour'] });
    expect(await open()).to.deep.equal(['owner']);
    await bench.complete('ask', { answer: 'yes' });
    expect(await open()).to.deep.equal(['neighbour']);
    const { status, variables } = await bench.complete('ask', { answer: 'no' });

    expect(status).to.equal('completed');
    expect(variables['answers']).to.deep.equal(['yes', 'no']);
  });

  it('over nothing goes straight on', async () => {
    const { status, variables } = await bench.start('at-once', { parties: [] });
    expect(status).to.equal('completed');
    expect(variables['answers']).to.deep.equal([]);
  });

  it('over what is no list is an incident that new variables mend', async () => {
    const { instanceId } = await bench.start('one-by-one', { parties: 'all' });
    const [incident] = await bench.incidents();
    expect(incident?.message).to.contain('is not a list');

    const change = { instanceId, variables: { parties: ['owner'] }, by: 'admin' };
    await bench.db.inTransaction((tx) => bench.engine().setVariables(tx, bench.tenant, change));
    const request = { incidentId: incident?.id ?? '', by: 'admin' };
    await bench.db.inTransaction((tx) => bench.engine().resolveIncident(tx, bench.tenant, request));

    expect(await open()).to.deep.equal(['owner']);
  });
});
