import { expect } from 'chai';
import { boundary, bpmn, catchEvent, end, flows, start, timer, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { DAY, engineBench, HOUR, MINUTE } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

describe('timers', () => {
  let bench: EngineBench;

  beforeEach(async () => {
    bench = engineBench(await testDatabase());
  });

  async function openTasks(): Promise<string[]> {
    const rows = await bench.db.query<{ id: string }>(
      `SELECT element_id AS id FROM user_task WHERE state = 'created' ORDER BY created_at`,
    );
    return rows.map(({ id }) => id);
  }

  it('fires a deadline of one month and a retention of six months', async () => {
    const body =
      start +
      userTask('work') +
      boundary('month', 'work', timer('=duration("P1M")'), false) +
      userTask('interim') +
      catchEvent('retention', timer('P6M')) +
      end +
      '<bpmn:endEvent id="replied"/>' +
      flows('start work retention end', 'month interim replied');
    await bench.deploy(['long.bpmn', bpmn('long', body)]);
    const { instanceId } = await bench.start('long');

    await bench.pass(30 * DAY);
    expect(await openTasks()).to.deep.equal(['work']);
    await bench.pass(DAY);
    expect(await openTasks()).to.deep.equal(['work', 'interim']);
    await bench.complete('interim');
    await bench.complete('work');

    await bench.pass(180 * DAY);
    expect((await bench.instance(instanceId)).status).to.equal('active');
    await bench.pass(5 * DAY);
    expect((await bench.instance(instanceId)).status).to.equal('completed');
  });

  it('interrupts a task at its boundary timer, and only then', async () => {
    const body =
      start +
      userTask('work') +
      boundary('late', 'work', timer('PT4H')) +
      userTask('chase') +
      end +
      '<bpmn:endEvent id="chased"/>' +
      flows('start work end', 'late chase chased');
    await bench.deploy(['late.bpmn', bpmn('lateness', body)]);
    await bench.start('lateness');

    await bench.pass(4 * HOUR - 1);
    expect(await openTasks()).to.deep.equal(['work']);
    await bench.pass(1);
    expect(await openTasks()).to.deep.equal(['chase']);
    expect((await bench.complete('chase')).status).to.equal('completed');
  });

  it('forgets the timer of a task that was done in time', async () => {
    const body =
      start +
      userTask('work') +
      boundary('late', 'work', timer('PT4H')) +
      end +
      '<bpmn:endEvent id="chased"/>' +
      flows('start work end', 'late chased');
    await bench.deploy(['done.bpmn', bpmn('done', body)]);
    await bench.start('done');
    await bench.complete('work');

    expect(await bench.db.query('SELECT id FROM job')).to.deep.equal([]);
    expect(await bench.passed('done')).to.not.include('late');
  });

  it('repeats a cycle as often as it says, counted from the first', async () => {
    const body =
      start +
      userTask('work') +
      boundary('again', 'work', timer('R3/PT1H', 'timeCycle'), false) +
      end +
      '<bpmn:endEvent id="reminded"/>' +
      flows('start work end', 'again reminded');
    await bench.deploy(['cycle.bpmn', bpmn('cycling', body)]);
    await bench.start('cycling');
    const reminders = async (): Promise<number> =>
      (await bench.passed('cycling')).filter((id) => id === 'reminded').length;

    await bench.pass(HOUR + 10 * MINUTE);
    expect(await reminders()).to.equal(1);
    await bench.pass(50 * MINUTE);
    expect(await reminders()).to.equal(2);
    await bench.pass(5 * HOUR);
    expect(await reminders()).to.equal(3);
    expect((await bench.complete('work')).status).to.equal('completed');
  });

  it('waits until a date that a variable gives', async () => {
    const body =
      start + catchEvent('until', timer('=due', 'timeDate')) + end + flows('start until end');
    await bench.deploy(['date.bpmn', bpmn('dated', body)]);
    const { instanceId } = await bench.start('dated', { due: '2026-03-03T09:00:00Z' });

    await bench.pass(DAY - 1);
    expect((await bench.instance(instanceId)).status).to.equal('active');
    await bench.pass(1);
    expect((await bench.instance(instanceId)).status).to.equal('completed');
  });

  it('makes a time that is none an incident, not a failure', async () => {
    const body = start + catchEvent('until', timer('=due')) + end + flows('start until end');
    await bench.deploy(['none.bpmn', bpmn('timeless', body)]);
    await bench.start('timeless', { due: 'soon' });

    const [incident] = await bench.incidents();
    expect(incident?.kind).to.equal('evaluation_failed');
    expect(incident?.elementId).to.equal('until');
  });
});
