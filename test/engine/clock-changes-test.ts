import { expect } from 'chai';
import { boundary, bpmn, catchEvent, end, flows, start, timer, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

/** A timer that waits, by a text that the process is given. */
const until = bpmn(
  'until',
  start + catchEvent('wait', timer('=when')) + end + flows('start wait end'),
);

/** Each day at the time of day at which the task was opened. */
const daily = bpmn(
  'daily',
  start +
    userTask('work') +
    boundary('day', 'work', timer('R/P1D', 'timeCycle'), false) +
    end +
    '<bpmn:endEvent id="told"/>' +
    flows('start work end', 'day told'),
);

/** By the end of the next working day. */
const promised = bpmn(
  'promised',
  start + catchEvent('wait', timer('=add working days(now(), 1)')) + end + flows('start wait end'),
);

describe('timers across a change of the clock in Oslo', () => {
  let bench: EngineBench;

  beforeEach(async () => {
    bench = engineBench(await testDatabase());
    await bench.deploy(['until.bpmn', until], ['daily.bpmn', daily], ['promised.bpmn', promised]);
  });

  /** Moves the clock to an instant and does what is due then. */
  async function goTo(instant: string): Promise<void> {
    await bench.pass(new Date(instant).getTime() - bench.clock().getTime());
  }

  /** Expects what waits for `when` to end at the instant `due`, not a millisecond before it, once. */
  async function expectDue(now: string, when: string, due: string): Promise<void> {
    await goTo(now);
    const { instanceId } = await bench.start('until', { when });
    await bench.pass(new Date(due).getTime() - bench.clock().getTime() - 1);
    expect(await bench.instance(instanceId), `before ${when}`).to.include({ status: 'active' });
    await bench.pass(1);
    expect(await bench.instance(instanceId), `at ${when}`).to.include({ status: 'completed' });
    await bench.pass(3 * 3_600_000);
    expect(await firings('until')).to.equal(1);
  }

  async function firings(processId: string): Promise<number> {
    const [row] = await bench.db.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM step_log l JOIN process_instance p
         ON p.tenant_id = l.tenant_id AND p.id = l.instance_id
       WHERE p.process_id = $1 AND l.command->>'kind' = 'timer-due'`,
      [processId],
    );
    return row?.count ?? 0;
  }

  it('that skips 02:30 on 29 March 2026 fire at 03:30 instead, once', () =>
    expectDue('2026-03-28T12:00:00Z', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'));

  it('that shows 02:30 twice on 25 October 2026 fire the first time, and not again', () =>
    expectDue('2026-10-24T12:00:00Z', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'));

  it('to the second 02:30 fire then, when the text names the offset', () =>
    expectDue('2026-10-24T12:00:00Z', '2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00Z'));

  it('of a day keep the time of day, whether the day has 23 hours or 25', async () => {
    await expectDue('2026-03-28T10:00:00Z', 'P1D', '2026-03-29T09:00:00Z');
  });

  it('of a day are 25 hours long where the clock goes back', () =>
    expectDue('2026-10-24T09:00:00Z', 'P1D', '2026-10-25T10:00:00Z'));

  it('of 24 hours are 24 hours long', () =>
    expectDue('2026-03-28T10:00:00Z', 'PT24H', '2026-03-29T10:00:00Z'));

  it('to midnight fire at midnight in Oslo, summer and winter', async () => {
    await expectDue('2026-03-28T12:00:00Z', '2026-03-30', '2026-03-29T22:00:00Z');
  });

  it('to midnight fire an hour later by UTC in winter', () =>
    expectDue('2026-10-25T12:00:00Z', '2026-10-26', '2026-10-25T23:00:00Z'));

  it('count the working day from the day in Oslo, a second before its midnight and at it', async () => {
    // Thursday 26 March, in winter time still; the Monday after comes in summer time.
    await goTo('2026-03-26T22:59:59Z');
    const thursday = await bench.start('promised');
    await goTo('2026-03-26T23:00:00Z');
    const friday = await bench.start('promised');
    const statuses = async () =>
      Promise.all(
        [thursday, friday].map(async (one) => (await bench.instance(one.instanceId)).status),
      );
    await goTo('2026-03-27T22:59:59.998Z');
    expect(await statuses()).to.deep.equal(['active', 'active']);
    await goTo('2026-03-27T22:59:59.999Z');
    expect(await statuses()).to.deep.equal(['completed', 'active']);
    await goTo('2026-03-30T21:59:59.998Z');
    expect(await statuses()).to.deep.equal(['completed', 'active']);
    await goTo('2026-03-30T21:59:59.999Z');
    expect(await statuses()).to.deep.equal(['completed', 'completed']);
  });

  it('that repeat each day miss none and double none over both changes', async () => {
    for (const [opened, due] of [
      ['2026-03-27T01:30:00Z', ['2026-03-28T01:30Z', '2026-03-29T01:30Z', '2026-03-30T00:30Z']],
      ['2026-10-23T00:30:00Z', ['2026-10-24T00:30Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    ] as const) {
      await goTo(opened);
      await bench.start('daily');
      const before = await firings('daily');
      for (const [at, instant] of due.entries()) {
        await bench.pass(new Date(instant).getTime() - bench.clock().getTime() - 1);
        expect(await firings('daily'), `before ${instant}`).to.equal(before + at);
        await bench.pass(1);
        expect(await firings('daily'), `at ${instant}`).to.equal(before + at + 1);
      }
      await bench.complete('work');
    }
  });

  it('that a node slept through fire once each, however many days late', async () => {
    await goTo('2026-10-23T00:30:00Z');
    await bench.start('daily');
    await goTo('2026-10-27T12:00:00Z');
    expect(await firings('daily')).to.equal(4);
  });
});
