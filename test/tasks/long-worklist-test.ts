import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import type { WorklistFilter } from '../../src/tasks/worklist.js';
import { readWorklist } from '../../src/tasks/worklist.js';
import { principal } from '../helpers/cases.js';
import { testDatabase } from '../helpers/database.js';
import { recording, rowsLookedAt } from '../helpers/query-plans.js';

const TENANT = 'fjordvik';
const NOW = new Date('2026-03-02T09:00:00Z');

/** Tasks of the large unit, all more urgent than those of the small one. */
const OTHERS = 20_000;

/** Of the small unit: a page and a half. */
const FEW = 75;

const clerk = (unit: string, username = 'clerk') =>
  principal(username, { roles: ['caseworker'], units: [unit] });

describe('a work list among many tasks of others', function () {
  this.timeout(120_000);
  let db: Db;

  before('Given a large unit far behind, and a small one', async () => {
    db = await testDatabase();
    await fill(db, { first: 1, count: OTHERS, unit: 'VEI', group: 'VEI', priority: 80 });
    await fill(db, { first: 30_001, count: FEW, unit: 'VEI', group: 'ARKIV', priority: 20 });
    await fill(db, { first: 40_001, count: 5, unit: 'ARKIV', group: 'SERV', priority: 10 });
    await fill(db, { first: 50_001, count: 5, unit: 'VEI', group: 'VEI', priority: 80 });
    await db.query(`UPDATE user_task SET assignee = 'busy' WHERE id > 50000`);
    await db.query('VACUUM (ANALYZE)');
  });

  async function pages(unit: string, filter: WorklistFilter = {}, username?: string) {
    const spy = recording(db);
    const ids: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await readWorklist(spy.tx, clerk(unit, username), { ...filter, cursor }, NOW);
      ids.push(...page.items.map(({ id }) => Number(id)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const looked: number[] = [];
    for (const statement of spy.statements)
      looked.push(await rowsLookedAt(db, statement, 'user_task'));
    const [last] = spy.statements.slice(-1);
    const instances = last ? await rowsLookedAt(db, last, 'process_instance') : NaN;
    return { ids, most: Math.max(...looked), instances };
  }

  const range = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => first + index);

  it('shows the small unit all it has: its groups’ tasks, then those of its inquiries', async () => {
    const { ids } = await pages('ARKIV');
    expect(ids).to.deep.equal([...range(30_001, FEW), ...range(40_001, 5)]);
  });

  it('does not look through the tasks of others for that', async () => {
    expect((await pages('ARKIV')).most).to.be.lessThan(2500);
    expect((await pages('NOBODY')).most).to.be.lessThan(2500);
    expect((await pages('ARKIV', { group: 'ARKIV' })).most).to.be.lessThan(2500);
  });

  it('shows the large unit its first page without looking at the rest', async () => {
    const spy = recording(db);
    const page = await readWorklist(spy.tx, clerk('VEI'), {}, NOW);
    expect(page.items.map(({ id }) => Number(id))).to.deep.equal(range(1, 50));
    expect(spy.statements).to.have.length(1);
    expect(await rowsLookedAt(db, spy.statements[0]!, 'user_task')).to.be.lessThan(2500);
  });

  it('finds what one has taken oneself among all', async () => {
    const { ids, most } = await pages('VEI', { mine: true }, 'busy');
    expect(ids).to.deep.equal(range(50_001, 5));
    expect(most).to.be.lessThan(100);
  });

  it('finds the tasks of one inquiry among all', async () => {
    const { ids, most, instances } = await pages('ARKIV', { reference: 'OLD-30001' });
    expect(ids).to.deep.equal([30_001]);
    expect(most).to.be.lessThan(100);
    expect(instances).to.be.lessThan(100);
  });
});

interface Batch {
  first: number;
  count: number;
  /** That has the inquiries. */
  unit: string;
  /** That may take the tasks. */
  group: string;
  priority: number;
}

/** Writes inquiries, each with a process that rests at one task; all have the same number. */
async function fill(db: Db, { first, count, unit, group, priority }: Batch): Promise<void> {
  const numbers = `generate_series(${first}, ${first + count - 1}) AS n`;
  await db.query(
    `INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
       revision, stamp, variables, root_id, started_by, started_at)
     SELECT $1, n, 1, 'old', 1, 'active', 1, n, '{}', n, 'agent', now() FROM ${numbers}`,
    [TENANT],
  );
  await db.query(
    `INSERT INTO inquiry (tenant_id, id, reference, service_code, unit_code, channel, own_words,
       identified, status, priority, received_at, registered_at, registered_by, expected_by,
       changed_at, answers, instance_id)
     SELECT $1, n, 'OLD-' || n, 'DUNK', $2, 'phone', false, false, 'inProgress', 50, now(), now(),
       'agent', now(), now(), '{}', n FROM ${numbers}`,
    [TENANT, unit],
  );
  await db.query(
    `INSERT INTO user_task (tenant_id, id, instance_id, execution_id, element_id, definition_id,
       process_id, state, candidate_groups, candidate_users, priority, variables, created_at)
     SELECT $1, n, n, 'work', 'work', 1, 'old', 'created', ARRAY[$2], '{}', $3, '{}', now()
     FROM ${numbers}`,
    [TENANT, group, priority],
  );
}
