import { expect } from 'chai';
import { readEvents } from '../../src/db/events.js';
import { getTask } from '../../src/tasks/tasks.js';
import {
  assignTask,
  changeTask,
  claimTask,
  releaseTask,
  unassignTask,
} from '../../src/tasks/work.js';
import { end, flows, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, openCases, principal } from '../helpers/cases.js';
import { rejection } from '../helpers/rejection.js';

const ola = principal('ola');
const kari = principal('kari');
const stranger = principal('stranger', { units: ['VEI'] });
const manager = principal('manager', { roles: ['manager'] });

describe('working on a task', () => {
  let cases: CaseBench;
  let taskId: string;

  before(async () => {
    cases = await openCases();
    const task = userTask('work', '<zeebe:assignmentDefinition candidateGroups="VAR"/>');
    await cases.deploy(caseProcess(start + task + end + flows('start work end')));
  });

  after(() => cases.stop());

  beforeEach(async () => {
    await cases.db.query('DELETE FROM user_task');
    await cases.register();
    taskId = await cases.task('work');
  });

  type Use<Result> = (
    tx: Parameters<Parameters<CaseBench['db']['inTransaction']>[0]>[0],
    options: { clock: CaseBench['clock']; newId: CaseBench['newId'] },
  ) => Promise<Result>;

  const use = <Result>(work: Use<Result>) =>
    cases.db.inTransaction((tx) => work(tx, { clock: cases.clock, newId: cases.newId }));
  const claim = (who = ola) => use((tx, options) => claimTask(tx, who, taskId, options));
  const release = (who = ola) => use((tx, options) => releaseTask(tx, who, taskId, options));
  const assignTo = (who: typeof ola, assignee: string, allowOverride = true) =>
    use((tx, options) => assignTask(tx, who, { taskId, assignee, allowOverride }, options));
  const assignee = async () => (await getTask(cases.db, 'fjordvik', taskId)).assignee;
  const events = async () =>
    (await readEvents(cases.db, 'fjordvik', { type: 'task', id: taskId })).map(
      ({ kind, actor }) => `${kind} ${actor}`,
    );
  const code = async (promise: Promise<unknown>) => (await rejection(promise)) as { code: string };

  it('is taken by one of its group, once, and given back', async () => {
    expect((await claim()).assignee).to.equal('ola');
    expect((await claim()).assignee, 'again is no error').to.equal('ola');
    expect(await code(claim(kari))).to.have.property('code', 'task_claimed');
    expect(await assignee()).to.equal('ola');
    expect(await code(release(kari))).to.have.property('code', 'task_not_yours');
    expect((await release()).assignee).to.equal(null);
    expect((await release()).assignee, 'again is no error').to.equal(null);
    expect(await events()).to.deep.equal(['task.claimed ola', 'task.released ola']);
  });

  it('is taken by one of two who try at the same moment', async () => {
    const results = await Promise.allSettled([claim(ola), claim(kari)]);
    expect(results.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
  });

  it('is not for those of other units, nor for another municipality', async () => {
    expect(await code(claim(stranger))).to.have.property('code', 'forbidden');
    const neighbour = principal('ola', { tenant: 'bispevik' });
    expect(await code(claim(neighbour))).to.have.property('code', 'task_not_found');
    expect(await assignee()).to.equal(null);
    expect(await events()).to.deep.equal([]);
  });

  it('is given to somebody by whoever leads the group', async () => {
    expect((await assignTo(manager, 'kari')).assignee).to.equal('kari');
    expect((await assignTo(manager, 'kari')).assignee).to.equal('kari');
    expect(await code(assignTo(ola, 'ola'))).to.have.property('code', 'forbidden');
    expect(await code(assignTo(manager, 'ola', false))).to.have.property('code', 'task_claimed');
    expect((await assignTo(manager, 'ola')).assignee).to.equal('ola');
    const unassign = (who: typeof ola) =>
      use((tx, options) => unassignTask(tx, who, taskId, options));
    expect(await code(unassign(kari))).to.have.property('code', 'task_not_yours');
    expect((await unassign(manager)).assignee).to.equal(null);
    expect((await assignTo(ola, 'ola')).assignee, 'anybody may take what nobody has').to.equal(
      'ola',
    );
    expect(await code(assignTo(ola, 'kari'))).to.have.property('code', 'forbidden');
  });

  it('is changed by whoever leads the group', async () => {
    const dueAt = new Date('2026-04-01T10:00:00Z');
    const change = (who: typeof ola, given: Parameters<typeof changeTask>[3]) =>
      use((tx, options) => changeTask(tx, who, taskId, given, options));
    await change(manager, { dueAt, priority: 80, candidateGroups: ['VAR', 'VEI'] });
    expect(await getTask(cases.db, 'fjordvik', taskId)).to.deep.include({
      dueAt,
      priority: 80,
      candidateGroups: ['VAR', 'VEI'],
    });
    await change(manager, { dueAt: null });
    expect(await getTask(cases.db, 'fjordvik', taskId)).to.deep.include({
      dueAt: null,
      priority: 80,
    });
    expect(await code(change(ola, { priority: 1 }))).to.have.property('code', 'forbidden');
    expect(await code(change(manager, { priority: 101 }))).to.have.property('code', 'task_invalid');
    expect(await claim(stranger)).to.have.property('assignee', 'stranger');
  });

  it('is over when it is done', async () => {
    await claim();
    await cases.complete('work');
    for (const work of [claim, release, () => assignTo(manager, 'ola')]) {
      expect(await code(work())).to.have.property('code', 'task_not_open');
    }
  });
});
