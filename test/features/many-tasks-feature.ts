import { expect } from 'chai';
import { DEMO_USERS } from '../../src/access/demo-users.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import { completeTask } from '../../src/tasks/complete.js';
import { claimTask } from '../../src/tasks/work.js';
import { readWorklist } from '../../src/tasks/worklist.js';
import { recording, scansOf } from '../helpers/query-plans.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const OPEN = 10_000;

/** Of each open one, so many that are done: a table is mostly past. */
const DONE = 4;

const BROKEN_BIN = { requesterRole: 'owner', orderType: 'broken', waste: 'residual' };

const caseworker = DEMO_USERS.find(({ username }) => username === 'caseworker')!;

interface Task {
  id: string;
  priority: number;
  dueAt: string | null;
}

describe('Feature: ten thousand open tasks', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;

  before('Given a municipality far behind with its work', async () => {
    apps = await startTwoApps();
    await fill(apps);
  });
  after(() => apps.stop());

  /** A case of today, and the task it waits for. */
  async function realTask(): Promise<{ id: string; reference: string }> {
    const draft = {
      channel: 'phone',
      service: 'DUNK',
      party: { name: 'Test Person', phone: '+4799999999' },
      text: 'Dunken er knust',
      answers: { ...BROKEN_BIN, currentLitres: 140, newLitres: 140 },
    };
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    await apps.runDue();
    const path = `/api/tasks?inquiry=${body.reference}`;
    const list = await apps.as('caseworker').get(path).expect(200);
    return { id: list.body.items[0].id, reference: body.reference };
  }

  it('when a caseworker pages through them, then each comes once, the most urgent first', async () => {
    const tasks: Task[] = [];
    let cursor = '';
    do {
      const path = `/api/tasks?limit=200${cursor && `&cursor=${cursor}`}`;
      const { body } = await apps.as('caseworker').get(path).expect(200);
      expect(body.items).to.have.length.within(1, 200);
      tasks.push(...body.items);
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(tasks).to.have.length(OPEN);
    expect(new Set(tasks.map(({ id }) => id)).size).to.equal(OPEN);
    const urgency = ({ priority, dueAt }: Task) => `${100 - priority} ${dueAt ?? '9999'}`;
    expect(tasks.map(urgency)).to.deep.equal(tasks.map(urgency).sort());
  });

  it('when she takes one and completes it, then it is hers, and its process goes on', async () => {
    const { id, reference } = await realTask();
    const claimed = await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    expect(claimed.body).to.include({ id, reference, assignee: 'caseworker' });
    const mine = await apps.as('caseworker').get('/api/tasks?mine=true').expect(200);
    expect(mine.body.items.map((task: Task) => task.id)).to.deep.equal([id]);
    const answers = { deliveryDate: '2026-03-10', binLitres: '140' };
    await apps.as('caseworker').post(`/api/tasks/${id}/complete`, { answers }).expect(200);
    const after = await apps.as('caseworker').get('/api/tasks?mine=true').expect(200);
    expect(after.body.items).to.deep.equal([]);
  });

  it('and nothing of that reads through all tasks', async () => {
    const { db, clock } = apps;
    const engine = apps.nodes[0]!.engine;
    const options = { clock, newId: createIdFactory({ node: db.node, clock }) };
    const { id } = await realTask();
    const statements = await db.inTransaction(async (tx) => {
      const spy = recording(tx);
      const { nextCursor } = await readWorklist(spy.tx, caseworker, {}, clock());
      for (const filter of [
        { cursor: nextCursor ?? undefined },
        { mine: true },
        { assigned: false, group: 'VAR' },
        { overdue: true, service: 'DUNK' },
      ]) {
        await readWorklist(spy.tx, caseworker, filter, clock());
      }
      await claimTask(spy.tx, caseworker, id, options);
      const answers = { deliveryDate: '2026-03-10', binLitres: '140' };
      const port = { ...options, engine, surface: 'desk' as const };
      await completeTask(spy.tx, caseworker, id, answers, port);
      return spy.statements.filter(({ sql }) => sql.includes('user_task'));
    });
    expect(statements).to.have.length.greaterThan(8);
    for (const statement of statements) {
      const scans = await scansOf(db, statement, 'user_task');
      expect(scans, statement.sql).to.not.include('Seq Scan');
      expect(scans, statement.sql).to.not.include('Parallel Seq Scan');
    }
    const [page] = statements;
    expect(await scansOf(db, page!, 'user_task')).to.deep.equal(['Index Scan']);
  });
});

/** Writes what years of registering would: cases with a process, an open task, and tasks done. */
async function fill({ db, clock }: TwoApps): Promise<void> {
  const [definition] = await db.query<{ id: string }>(
    `SELECT id FROM process_definition WHERE tenant_id = 'fjordvik' AND process_id = 'general-after'`,
  );
  const id = definition!.id;
  const unit = `CASE WHEN n % 2 = 0 THEN 'VAR' ELSE 'VEI' END`;
  await db.query(
    `INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
       revision, stamp, variables, root_id, started_by, started_at)
     SELECT 'fjordvik', n, $1, 'general-after', 1, 'active', 1, n, '{}', n, 'agent', now()
     FROM generate_series(1, $2::int) AS n`,
    [id, OPEN],
  );
  await db.query(
    `INSERT INTO inquiry (tenant_id, id, reference, service_code, unit_code, channel, own_words,
       identified, status, priority, received_at, registered_at, registered_by, expected_by,
       changed_at, answers, instance_id)
     SELECT 'fjordvik', n, 'OLD-' || n, 'DUNK', ${unit}, 'phone', false, false, 'inProgress', 50,
       now(), now(), 'agent', now(), now(), '{}', n FROM generate_series(1, $1::int) AS n`,
    [OPEN],
  );
  await db.query(
    `INSERT INTO user_task (tenant_id, id, instance_id, execution_id, element_id, name,
       definition_id, process_id, state, candidate_groups, candidate_users, priority, due_at,
       variables, created_at, ended_at)
     SELECT 'fjordvik', past * 1000000 + n, n, 'work', 'work', 'Arbeid', $1, 'general-after',
       CASE past WHEN 0 THEN 'created' ELSE 'completed' END, ARRAY[${unit}], '{}',
       50 + n % 3 * 10, CASE n % 10 WHEN 0 THEN NULL ELSE $4::timestamptz + n * interval '1 minute' END,
       '{}', now(), CASE past WHEN 0 THEN NULL ELSE now() END
     FROM generate_series(1, $2::int) AS n, generate_series(0, $3::int) AS past`,
    [id, OPEN, DONE, clock()],
  );
  // A server does this by itself after so many rows, in its own time.
  await db.query('ANALYZE');
}
