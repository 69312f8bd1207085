import { expect } from 'chai';
import { JobActivation } from '../../src/engine/job-activation.js';
import { listDue, nextDueAt } from '../../src/jobs/due-jobs.js';
import { createLogger } from '../../src/kernel/log.js';
import {
  boundary,
  bpmn,
  catchEvent,
  end,
  flows,
  message,
  messageTrigger,
  serviceTask,
  start,
  timer,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { DAY, engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { recording, rowsLookedAt, scansOf } from '../helpers/query-plans.js';

/** Instances that wait: each at a task with a timer, for a message and for an external worker. */
const WAITING = 20_000;

const task = bpmn(
  'task',
  start +
    userTask('work') +
    boundary('late', 'work', timer('P3D'), false) +
    end +
    '<bpmn:endEvent id="escalated"/>' +
    flows('start work end', 'late escalated'),
);
const answer = bpmn(
  'answer',
  start + catchEvent('wait', messageTrigger('m')) + end + flows('start wait end'),
  message('m', 'answer'),
);
const outside = bpmn('outside', start + serviceTask('job', 'paint') + end + flows('start job end'));

describe('a node beside very many waiting instances', function () {
  this.timeout(120_000);
  let bench: EngineBench;
  let taskId: string;

  before(async () => {
    const db = await testDatabase();
    bench = engineBench(db, [], { nodes: 1 });
    await bench.deploy(['t.bpmn', task], ['a.bpmn', answer], ['o.bpmn', outside]);
    const { instanceId, openedTasks } = await bench.start('task');
    taskId = openedTasks[0]!.id;
    await crowd(bench, instanceId);
    await bench.start('answer', { caseId: 'K1' });
    await bench.start('outside');
    await db.query('VACUUM (ANALYZE)');
  });

  it('looks for due work without looking at what is not due', async () => {
    const { db, clock } = bench;
    const spy = recording(db);
    clock.advance(3 * DAY + 1000);
    expect(await listDue(spy.tx, clock(), [], 200)).to.have.length(1);
    expect(await nextDueAt(spy.tx, [])).to.be.instanceOf(Date);
    for (const statement of spy.statements) {
      expect(await rowsLookedAt(db, statement, 'job'), statement.sql).to.be.lessThan(3);
    }
  });

  it('asks whether a worker may be woken without looking at all its jobs', async () => {
    const { db, clock } = bench;
    const spy = recording(db);
    const asked = () => spy.statements.filter(({ sql }) => sql.includes('unnest'));
    const log = createLogger({ level: 'silent' });
    const engine = { activateJobs: async () => [] };
    const watched = { ...db, query: spy.tx.query };
    const activation = new JobActivation({ db: watched, engine, clock, log, pollMs: 1 });
    const request = { type: 'paint', worker: 'w', maxJobs: 1, timeoutMs: 1000 };
    const { signal: gone } = new AbortController();
    await activation.activate(bench.tenant, request, { waitMs: 100, gone });
    await activation.stop();
    expect(asked()).to.not.be.empty;
    for (const statement of asked().slice(0, 2)) {
      expect(await rowsLookedAt(db, statement, 'job')).to.be.lessThan(3);
    }
  });

  it('takes every step by keys', async () => {
    const { db, tenant } = bench;
    const statements = await db.inTransaction(async (tx) => {
      const spy = recording(tx);
      const engine = bench.engine();
      await engine.completeTask(spy.tx, tenant, { taskId, variables: {}, by: 'ola' });
      const sent = { name: 'answer', correlationKey: 'K1', variables: {}, by: 'ola' };
      await engine.correlate(spy.tx, tenant, sent);
      const jobs = { type: 'paint', worker: 'w', maxJobs: 10, timeoutMs: 1000 };
      expect(await engine.activateJobs(spy.tx, tenant, jobs)).to.have.length(10);
      return spy.statements;
    });
    expect(statements).to.have.length.of.at.least(5);
    for (const statement of statements) {
      for (const table of ['process_instance', 'user_task', 'job', 'message_subscription']) {
        const scans = await scansOf(db, statement, table);
        expect(scans.join(), statement.sql).to.not.include('Seq Scan');
      }
    }
  });
});

/** Rows as so many instances at rest have them, copied from one: nobody moves them here. */
async function crowd({ db, tenant }: EngineBench, instanceId: string): Promise<void> {
  const copies = `generate_series(1, ${WAITING}) AS n`;
  await db.query(
    `INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
       revision, stamp, variables, state, root_id, started_by, started_at)
     SELECT tenant_id, n, definition_id, process_id, version, status, revision, n, variables, state,
       n, started_by, started_at FROM process_instance, ${copies}
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, instanceId],
  );
  await db.query(
    `INSERT INTO user_task (tenant_id, id, instance_id, execution_id, element_id, definition_id,
       process_id, state, candidate_groups, candidate_users, priority, variables, created_at)
     SELECT tenant_id, n, n, execution_id, element_id, definition_id, process_id, state,
       candidate_groups, candidate_users, priority, variables, created_at
     FROM user_task, ${copies} WHERE tenant_id = $1 AND instance_id = $2`,
    [tenant, instanceId],
  );
  await db.query(
    `INSERT INTO job (tenant_id, id, instance_id, kind, type, payload, available_at, retries,
       created_at)
     SELECT tenant_id, n, n, kind, type, payload, available_at + n * interval '1 minute', retries,
       created_at FROM job, ${copies} WHERE tenant_id = $1 AND instance_id = $2`,
    [tenant, instanceId],
  );
  await db.query(
    `INSERT INTO job (tenant_id, id, instance_id, kind, type, payload, available_at, retries,
       created_at)
     SELECT $1, 1000000 + n, n, 'external', 'paint', '{"headers":{}}', started_at, 3, started_at
     FROM process_instance, ${copies} WHERE tenant_id = $1 AND id = $2`,
    [tenant, instanceId],
  );
  await db.query(
    `INSERT INTO message_subscription (tenant_id, id, kind, instance_id, execution_id, element_id,
       process_id, name, correlation_key, created_at)
     SELECT $1, n, 'message', n, 'wait', 'wait', 'answer', 'answer', 'other-' || n, now()
     FROM ${copies}`,
    [tenant],
  );
}
