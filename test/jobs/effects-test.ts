import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import type { Effect } from '../../src/jobs/effects.js';
import { insertEffect, withEffects } from '../../src/jobs/effects.js';
import { Worker } from '../../src/jobs/worker.js';
import type { Work } from '../../src/jobs/worker.js';
import { movableClock } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/kernel/log.js';
import { testDatabase } from '../helpers/database.js';

const NOTHING: Work = { types: [], run: () => Promise.resolve('busy') };
const MINUTE = 60_000;

describe('effects: work on the world outside that belongs to no process', () => {
  let db: Db;
  const clock = movableClock(new Date('2026-03-02T09:00:00Z'));
  const log = createLogger({ level: 'silent' });
  beforeEach(async () => {
    db = await testDatabase();
  });

  const add = (type: string) =>
    db.inTransaction((tx) =>
      insertEffect(tx, 'fjordvik', {
        id: '7',
        type,
        payload: { of: 'letters' },
        availableAt: clock(),
        now: clock(),
      }),
    );
  const workerFor = (...effects: Effect[]) =>
    new Worker({ db, clock, log, work: withEffects(NOTHING, effects, { db, clock, log }) });
  const rows = () =>
    db.query<{ retries: number; lastError: string | null }>(
      'SELECT retries, last_error AS "lastError" FROM job',
    );

  it('is done once, and is over', async () => {
    const seen: unknown[] = [];
    const run: Effect['run'] = ({ tenant, payload }) => {
      seen.push({ tenant, payload });
      return Promise.resolve(undefined);
    };
    await add('count');
    const worker = workerFor({ type: 'count', run });
    await worker.runAllDue();
    await worker.runAllDue();
    expect(seen).to.deep.equal([{ tenant: 'fjordvik', payload: { of: 'letters' } }]);
    expect(await rows()).to.deep.equal([]);
  });

  it('is done again when it says so', async () => {
    let times = 0;
    const run = () => {
      times += 1;
      return Promise.resolve(new Date(clock().getTime() + MINUTE));
    };
    await add('poll');
    const worker = workerFor({ type: 'poll', run });
    await worker.runAllDue();
    expect(times).to.equal(1);
    clock.advance(MINUTE);
    await worker.runAllDue();
    expect(times).to.equal(2);
  });

  it('is tried again after a failure, later each time, and waits for a person in the end', async () => {
    let times = 0;
    const run = () => {
      times += 1;
      return Promise.reject(new RangeError('about somebody'));
    };
    await add('fail');
    const worker = workerFor({ type: 'fail', run });
    await worker.runAllDue();
    await worker.runAllDue();
    expect(times).to.equal(1);
    expect(await rows()).to.deep.equal([{ retries: 19, lastError: 'RangeError' }]);
    for (let hour = 0; hour < 30; hour += 1) {
      clock.advance(60 * MINUTE);
      await worker.runAllDue();
    }
    expect(times).to.equal(20);
    expect(await rows()).to.deep.equal([{ retries: 0, lastError: 'RangeError' }]);
  });

  it('is done by one of two nodes, and again when that one has died', async () => {
    let times = 0;
    let free = (): void => {};
    const run = () => {
      times += 1;
      return new Promise<undefined>((resolve) => {
        free = () => resolve(undefined);
      });
    };
    await add('slow');
    const [dying, other] = [workerFor({ type: 'slow', run }), workerFor({ type: 'slow', run })];
    const died = dying.runOnce();
    while (times === 0) await new Promise((resolve) => setImmediate(resolve));
    await other.runOnce();
    expect(times).to.equal(1);
    clock.advance(11 * MINUTE);
    const second = other.runOnce();
    while (times === 1) await new Promise((resolve) => setImmediate(resolve));
    free();
    await second;
    expect(await rows()).to.deep.equal([]);
    void died;
  });
});
