import { expect } from 'chai';
import { appendEvent, readEvents } from '../../src/db/events.js';
import type { ProcessEngine } from '../../src/engine/engine.js';
import type { HandlerDeclaration } from '../../src/engine/handler.js';
import { ConflictError } from '../../src/kernel/errors.js';
import { bpmn, end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { watchTraffic } from '../helpers/traffic.js';
import type { Traffic } from '../helpers/traffic.js';

const reading: HandlerDeclaration = {
  name: 'reading',
  title: { nb: 'Leser', en: 'Reads' },
  runs: 'in-step',
  inputs: [],
  outputs: [],
  run: async (_, { tx, tenant, instanceId }) => {
    const rows = await tx.query('SELECT 1 FROM process_instance WHERE tenant_id = $1 AND id = $2', [
      tenant,
      instanceId,
    ]);
    return { found: rows.length };
  },
};

/** How many rows it has written for its instance, its own among them. */
const counting: HandlerDeclaration = {
  name: 'counting',
  title: { nb: 'Teller', en: 'Counts' },
  runs: 'in-step',
  inputs: [],
  outputs: [],
  run: async (_, { tx, tenant, instanceId, now }) => {
    const event = { id: instanceId, subjectType: 'instance', subjectId: instanceId };
    await appendEvent(tx, tenant, { ...event, kind: 'counted', actor: 'test', at: now });
    return { counted: (await readEvents(tx, tenant, { type: 'instance', id: instanceId })).length };
  },
};

describe('round trips to the database', () => {
  let bench: EngineBench;
  let here: ProcessEngine;
  let elsewhere: ProcessEngine;
  let during: (work: () => Promise<unknown>) => Promise<Traffic>;

  beforeEach(async () => {
    const db = await testDatabase();
    bench = engineBench(db, [reading, counting]);
    [here, elsewhere] = [bench.engine(), bench.engine()];
    ({ during } = watchTraffic(db));
    const plain = start + userTask('work') + userTask('check') + end;
    await bench.deploy(['plain.bpmn', bpmn('plain', plain + flows('start work check end'))]);
    const serviced = start + serviceTask('look', 'reading') + userTask('seen') + end;
    await bench.deploy(['look.bpmn', bpmn('looking', serviced + flows('start look seen end'))]);
    const counted =
      start + userTask('before') + serviceTask('count', 'counting') + userTask('after');
    const chain = flows('start before count after');
    await bench.deploy(['count.bpmn', bpmn('counting', counted + chain)]);
    await startOne('plain');
    await startOne('looking');
  });

  const startOne = (processId: string) =>
    bench.db.inTransaction((tx) =>
      here.start(tx, bench.tenant, { processId, variables: {}, by: 'agent' }),
    );
  const complete = (elementId: string, engine = here) =>
    bench.task(elementId).then((taskId) => () => {
      const request = { taskId, variables: {}, by: 'caseworker' };
      return bench.db.inTransaction((tx) => engine.completeTask(tx, bench.tenant, request));
    });

  it('a start is one statement', async () => {
    expect(await during(() => startOne('plain'))).to.deep.equal({ packets: 1, statements: 1 });
  });

  it('a completion is one statement where the instance is at hand', async () => {
    const work = await complete('work');
    expect(await during(work)).to.deep.equal({ packets: 1, statements: 1 });
    const last = await complete('check');
    expect(await during(last)).to.deep.equal({ packets: 1, statements: 1 });
  });

  it('a completion is two round trips elsewhere', async () => {
    await during(await complete('work', elsewhere)); // reads the definition
    await startOne('plain');
    const work = await complete('work', elsewhere);
    expect(await during(work)).to.deep.equal({ packets: 2, statements: 4 });
  });

  it('a handler’s query adds one, and finds the row of its instance', async () => {
    const traffic = await during(async () => {
      const { variables } = await startOne('looking');
      expect(variables).to.deep.equal({ found: 1 });
    });
    // BEGIN, the row, SAVEPOINT, the query; RELEASE, whose answer nobody awaits; the step, COMMIT
    expect(traffic).to.deep.equal({ packets: 3, statements: 7 });
  });

  it('a node that was overtaken goes by the row, and does nothing twice', async () => {
    const first = await complete('work');
    await (
      await complete('work', elsewhere)
    )();
    const error = await first().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ConflictError).with.property('code', 'task_not_open');
    expect(await bench.openTasks()).to.have.members(['check', 'seen']);
    expect((await (await complete('check'))()).status).to.equal('completed');
  });

  it('a version deployed elsewhere is the one that starts', async () => {
    const content = bpmn('plain', start + userTask('new') + end + flows('start new end'));
    const request = { resources: [{ name: 'plain.bpmn', content }], by: 'owner' };
    await bench.db.inTransaction((tx) => elsewhere.deploy(tx, bench.tenant, request));
    const { version, openedTasks } = await startOne('plain');
    expect(version).to.equal(2);
    expect(openedTasks.map(({ elementId }) => elementId)).to.deep.equal(['new']);
    expect(await during(() => startOne('plain'))).to.deep.equal({ packets: 1, statements: 1 });
  });

  it('what a handler does for an instance that was moved elsewhere is undone', async () => {
    const { instanceId } = await startOne('counting');
    const before = await complete('before');
    const request = { instanceId, variables: { moved: true }, by: 'caseworker' };
    await bench.db.inTransaction((tx) => elsewhere.setVariables(tx, bench.tenant, request));
    const { variables, revision } = await before();
    expect(variables).to.deep.equal({ moved: true, counted: 1 });
    expect(revision).to.equal(3);
  });
});
