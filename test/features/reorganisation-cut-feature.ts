import { expect } from 'chai';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

/** More than two batches of cases and tasks. */
const OPEN = 120;

/** A case that cannot be moved, so that the batch it is in is cut in the middle. */
const STUMBLING = 80;

describe('Feature: a reorganisation that is cut in the middle is done wholly, and once', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  const path = '/api/reorganisations';
  const plan = { kind: 'merge', from: ['VAR'], into: 'VEI' };
  const reason = 'Omorganisering 2026';

  before('Given 120 open cases in VAR', async () => {
    apps = await startTwoApps();
    await fill();
  });
  after(() => apps.stop());

  const preview = async (asked: object = plan) =>
    (await apps.as('admin').post(path, { plan: asked, dryRun: true }).expect(200)).body.token;
  const count = async (sql: string): Promise<number> =>
    Number((await apps.db.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`))[0]?.n);
  const unit = async (code: string) =>
    (await apps.as('admin').get(`/api/units/${code}`).expect(200)).body;

  it('no unit ends by itself: who asks for it is told what hangs on it', async () => {
    const end = '/api/units/VAR/end';
    const rows = await apps.countRows();
    const { body } = await apps.as('admin').post(end, { reason }).expect(409);
    expect(body.code).to.equal('successor_required');
    expect(body.details).to.include({ openCases: OPEN, openTasks: OPEN });
    expect(body.details.services).to.include('DUNK');
    await apps.as('admin').post('/api/units/NOWHERE/end', { reason }).expect(404);
    await apps.as('admin').post(end, { reason, successor: 'VAR' }).expect(400);
    await apps.as('manager').post(end, { reason, successor: 'VEI' }).expect(403);
    await apps.as('admin').patch('/api/units/VAR', { validTo: '2027-01-01' }).expect(400);
    expect(await apps.countRows()).to.deep.equal(rows);
    expect((await unit('VAR')).validTo).to.equal(null);
  });

  it('when its last statement but one fails, then nothing of it is there', async () => {
    const token = await preview();
    const rows = await apps.countRows();
    await failOn('INSERT ON job', 'true');
    await apps.as('admin').post(path, { plan, token, reason }).expect(500);
    await stopFailing('job');
    expect(await apps.countRows()).to.deep.equal(rows);
    expect((await unit('VAR')).validTo).to.equal(null);
    expect(await preview()).to.equal(token);
  });

  it('when two nodes do it at once, then one does it and the other is told', async () => {
    const token = await preview();
    const both = await Promise.all(
      [1, 2].map(() => apps.as('admin').post(path, { plan, token, reason })),
    );
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect(await count(`reorganisation`)).to.equal(1);
    expect(await count(`unit_successor WHERE code = 'VAR'`)).to.equal(1);
    expect(await count(`job WHERE type = 'reorganise'`)).to.equal(1);
  });

  it('when a batch is cut in its middle, then the batches before it stay and it leaves no trace', async () => {
    await failOn('UPDATE ON inquiry', `NEW.id = ${STUMBLING}`);
    await apps.runDue();
    expect(await count(`inquiry WHERE unit_code = 'VEI'`)).to.equal(50);
    expect(await count(`event WHERE kind = 'inquiry.moved'`)).to.equal(50);
    const [{ body }] = [await apps.as('manager').get(path).expect(200)];
    expect(body.items[0]).to.include({ status: 'running', cases: 50, tasks: 50 });
    expect((await apps.as('owner').get('/api/ownership').expect(200)).body.ownerless).to.deep.equal(
      [],
    );
  });

  it('when it can go on, then it does, and every case and task has moved once', async () => {
    await stopFailing('inquiry');
    await apps.pass(HOUR);
    const { body } = await apps.as('manager').get(path).expect(200);
    expect(body.items[0]).to.include({ status: 'done', cases: OPEN, tasks: OPEN });
    expect(await count(`inquiry WHERE unit_code = 'VAR' AND closed_at IS NULL`)).to.equal(0);
    for (const kind of ['inquiry.moved', 'task.moved']) {
      const traces = `event WHERE kind = '${kind}'`;
      expect(await count(traces)).to.equal(OPEN);
      expect(await count(`(SELECT DISTINCT subject_id FROM ${traces}) s`)).to.equal(OPEN);
    }
    const done = `event WHERE kind = 'reorganisation.done'`;
    expect(await count(done)).to.equal(1);
    await apps.pass(DAY);
    expect(await count(done)).to.equal(1);
  });

  it('two that wait for their time may not build on each other', async () => {
    const later = { effectiveAt: new Date(apps.clock().getTime() + 30 * DAY).toISOString() };
    const move = (code: string, parent: string) => ({ kind: 'move', unit: code, parent });
    const first = move('GEO', 'BYGG');
    const token = await preview(first);
    const made = await apps.as('admin').post(path, { plan: first, token, reason, ...later });
    expect(made.status).to.equal(200);
    const circle = { plan: move('BYGG', 'GEO'), dryRun: true };
    const { body } = await apps.as('admin').post(path, circle).expect(409);
    expect(body.code).to.equal('reorganisation_overlaps');
    expect(body.details).to.include({ reorganisation: made.body.reorganisation.id });
  });

  it('who left while it waited does not come back when it is called off', async () => {
    const later = { effectiveAt: new Date(apps.clock().getTime() + 30 * DAY).toISOString() };
    const nils = { username: 'nils', unit: 'OKO', role: 'caseworker' };
    await apps.as('admin').post('/api/memberships', nils).expect(201);
    const end = { reason, successor: 'KULT', ...later };
    const { body } = await apps.as('admin').post('/api/units/OKO/end', end).expect(200);
    await apps.as('admin').post('/api/staff/nils/leave', {}).expect(200);
    await apps.as('admin').post(`${path}/${body.id}/undo`).expect(200);
    expect((await unit('OKO')).validTo).to.equal(null);
    expect(await count(`membership WHERE username = 'nils' AND valid_to IS NULL`)).to.equal(0);
    const clerk = `membership WHERE username = 'clerk' AND unit_code = 'OKO' AND valid_to IS NULL`;
    expect(await count(clerk)).to.equal(1);
  });

  /** Lets a statement on some rows fail, as when a disk is full or a connection is cut. */
  async function failOn(statement: string, when: string): Promise<void> {
    await apps.db.query(`CREATE OR REPLACE FUNCTION fail_here() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'cut here'; END $$`);
    await apps.db.query(`CREATE TRIGGER fail_here BEFORE ${statement} FOR EACH ROW
      WHEN (${when}) EXECUTE FUNCTION fail_here()`);
  }

  async function stopFailing(table: string): Promise<void> {
    await apps.db.query(`DROP TRIGGER fail_here ON ${table}`);
  }

  async function fill(): Promise<void> {
    const [definition] = await apps.db.query<{ id: string }>(
      `SELECT id FROM process_definition WHERE tenant_id = 'fjordvik' AND process_id = 'general-after'`,
    );
    await apps.db.query(
      `INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
         revision, stamp, variables, root_id, started_by, started_at, ended_at)
       SELECT 'fjordvik', n, $1, 'general-after', 1, 'completed', 1, n, '{}', n, 'agent', now(), now()
       FROM generate_series(1, $2::int) AS n`,
      [definition?.id, OPEN],
    );
    await apps.db.query(
      `INSERT INTO inquiry (tenant_id, id, reference, service_code, unit_code, channel, own_words,
         identified, status, priority, received_at, registered_at, registered_by, expected_by,
         changed_at, answers, instance_id)
       SELECT 'fjordvik', n, 'OLD-' || n, 'DUNK', 'VAR', 'phone', false, false, 'inProgress', 50,
         now(), now(), 'agent', now(), now(), '{}', n FROM generate_series(1, $1::int) AS n`,
      [OPEN],
    );
    await apps.db.query(
      `INSERT INTO user_task (tenant_id, id, instance_id, execution_id, element_id, name,
         definition_id, process_id, state, candidate_groups, candidate_users, priority, variables,
         created_at)
       SELECT 'fjordvik', n, n, 'work', 'work', 'Arbeid', $1, 'general-after', 'created',
         ARRAY['VAR'], '{}', 50, '{}', now() FROM generate_series(1, $2::int) AS n`,
      [definition?.id, OPEN],
    );
  }
});
