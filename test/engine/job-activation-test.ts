import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import { JobActivation } from '../../src/engine/job-activation.js';
import { createLogger } from '../../src/kernel/log.js';
import { bpmn, end, flows, serviceTask, start } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

const MODEL = bpmn(
  'weigh',
  `${start}${serviceTask('scale', 'weigh')}${end}${flows('start scale end')}`,
);
const REQUEST = { type: 'weigh', worker: 'w', maxJobs: 5, timeoutMs: 60_000 };
const LONG = 15_000;

describe('job activation', () => {
  let db: Db;
  let bench: EngineBench;
  let activation: JobActivation;
  before(async function () {
    this.timeout(60_000);
    db = await testDatabase();
    bench = engineBench(db);
    await bench.deploy(['weigh.bpmn', MODEL]);
  });
  beforeEach(async () => {
    const log = createLogger({ level: 'silent' });
    const { clock } = bench;
    activation = new JobActivation({ db, clock, log, engine: bench.engine(), pollMs: 50 });
    await activation.start();
  });
  afterEach(() => activation.stop());

  const { signal: never } = new AbortController();
  const ask = (waitMs: number, gone = never, tenant = bench.tenant) =>
    activation.activate(tenant, REQUEST, { waitMs, gone });

  it('answers at once with what there is', async () => {
    await bench.start('weigh');
    expect(await ask(LONG)).to.have.length(1);
  });

  it('answers at once with nothing when it shall not wait', async () => {
    expect(await ask(-1)).to.deep.equal([]);
  });

  it('answers with nothing when the time is up', async () => {
    expect(await ask(30)).to.deep.equal([]);
  });

  it('waits for a job, and gives it to one of those who wait in its municipality', async () => {
    const waiting = [ask(LONG), ask(LONG), ask(LONG, never, 'bispevik')];
    await bench.start('weigh');
    const [jobs] = await Promise.race(waiting.map(async (one) => [await one]));
    expect(jobs).to.have.length(1);
    activation.endWaits();
    const all = await Promise.all(waiting);
    expect(all.map((one) => one.length).sort()).to.deep.equal([0, 0, 1]);
    expect(all[2]).to.deep.equal([]);
  });

  it('finds a job whose lease has ended, which nobody is told of', async () => {
    await bench.start('weigh');
    const [taken] = await ask(LONG);
    const waiting = ask(LONG);
    bench.clock.advance(REQUEST.timeoutMs);
    expect((await waiting).map(({ id }) => id)).to.include(taken!.id);
  });

  it('waits no longer for a client that has gone', async () => {
    const gone = new AbortController();
    const waiting = ask(LONG, gone.signal);
    gone.abort();
    expect(await waiting).to.deep.equal([]);
  });

  it('lets nobody wait once the node is to stop', async () => {
    const waiting = ask(LONG);
    activation.endWaits();
    expect(await waiting).to.deep.equal([]);
    expect(await ask(LONG)).to.deep.equal([]);
  });
});
