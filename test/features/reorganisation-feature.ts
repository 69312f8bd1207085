import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const names = (nb: string) => ({ nb, nn: nb, en: nb });

describe('Feature: roads and water become one unit, and part again', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let bin: string;
  let hole: string;
  const path = '/api/reorganisations';

  before('Given two nodes, and open cases in VAR and VEI', async () => {
    apps = await startTwoApps();
    bin = await register('DUNK', 'Dunken er knust');
    hole = await register('VEIHULL', 'Stort hull i veien');
    await apps.runDue();
  });
  after(() => apps.stop());

  async function register(service: string, text: string): Promise<string> {
    const body = { channel: 'phone', service, text };
    return (await apps.as('agent').post('/api/inquiries', body).expect(201)).body.reference;
  }

  async function carryOut(plan: object, more: object = {}) {
    const preview = await apps
      .as('admin')
      .post(path, { plan, dryRun: true, ...more })
      .expect(200);
    const { token } = preview.body;
    const body = { plan, token, reason: 'Omorganisering 2026', ...more };
    const { body: done } = await apps.as('admin').post(path, body).expect(200);
    return { preview: preview.body, done: done.reorganisation };
  }

  const tasksOf = async (login: string, reference: string) =>
    (await apps.as(login).get(`/api/tasks?inquiry=${reference}`).expect(200)).body.items;

  const merge = {
    kind: 'merge',
    from: ['VEI', 'VAR'],
    into: { code: 'DRIFT', names: names('Drift'), parent: 'TEKN', email: 'drift@fjordvik.example' },
  };

  it('shows first what is affected, and changes nothing by that', async () => {
    const before = await apps.countRows();
    const { body } = await apps.as('admin').post(path, { plan: merge, dryRun: true }).expect(200);
    const { affected } = body;
    expect(affected.services).to.include.members(['DUNK', 'VEIHULL', 'GATELYS']);
    expect(affected.rules).not.to.deep.equal([]);
    expect(affected).to.deep.include({ openCases: 2 });
    expect(affected.openTasks).to.be.greaterThan(1);
    expect(affected.deadlines.within30Days).to.equal(2);
    expect(affected.mailAddresses).to.include('vei@fjordvik.example');
    const people = affected.memberships.map((one: { username: string }) => one.username);
    expect(people).to.include.members(['caseworker', 'manager']);
    expect(await apps.countRows()).to.deep.equal(before);
  });

  it('is refused when the world has changed since, and for who may not', async () => {
    const { body } = await apps.as('admin').post(path, { plan: merge, dryRun: true }).expect(200);
    const member = { username: 'clerk', unit: 'VEI', role: 'keyUser' };
    await apps.as('manager').post('/api/memberships', member).expect(201);
    const asked = { plan: merge, token: body.token, reason: 'Omorganisering' };
    const refused = await apps.as('admin').post(path, asked).expect(409);
    expect(refused.body.code).to.equal('world_changed');
    await apps.as('manager').post(path, { plan: merge, dryRun: true }).expect(403);
  });

  it('can be called off until it has begun', async () => {
    const later = { effectiveAt: '2026-04-01T00:00:00+02:00' };
    const { done } = await carryOut(merge, later);
    expect(done.status).to.equal('planned');
    const twice = await apps.as('admin').post(path, { plan: merge, dryRun: true }).expect(409);
    expect(twice.body.code).to.equal('unit_ends');
    const undone = await apps.as('admin').post(`${path}/${done.id}/undo`).expect(200);
    expect(undone.body.status).to.equal('undone');
    await apps.as('admin').get('/api/units/DRIFT').expect(404);
    const vei = await apps.as('admin').get('/api/units/VEI').expect(200);
    expect(vei.body.validTo).to.equal(null);
  });

  it('moves what is open when its time comes, each with a trace', async () => {
    const effectiveAt = new Date(apps.clock().getTime() + HOUR).toISOString();
    const { done } = await carryOut(merge, { effectiveAt });
    expect((await apps.as('caseworker').get('/api/me')).body.units).to.deep.equal(['VEI', 'VAR']);
    await apps.pass(2 * HOUR);
    const after = await apps.as('manager').get(`${path}/${done.id}`).expect(200);
    expect(after.body).to.deep.include({ status: 'done', cases: 2 });
    for (const reference of [bin, hole]) {
      const { body } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
      expect(body.unit).to.equal('DRIFT');
      expect(JSON.stringify(body.history)).to.contain('flyttet til Drift');
      const [task] = await tasksOf('caseworker', reference);
      expect(task.candidateGroups).to.deep.equal(['DRIFT']);
    }
    const moved = await apps.db.query(`SELECT data FROM event WHERE kind = 'task.moved'`);
    expect(moved).to.have.length(after.body.tasks);
    await apps.as('admin').post(`${path}/${done.id}/undo`).expect(409);
  });

  it('keeps the people and the services: same rights, new name, old codes too', async () => {
    const { body } = await apps.as('caseworker').get('/api/me').expect(200);
    expect(body.units).to.have.members(['DRIFT', 'VEI', 'VAR']);
    const services = await apps.as('agent').get('/api/services').expect(200);
    const own = services.body.items.filter(({ unit }: { unit: string }) => unit === 'DRIFT');
    expect(own.map(({ code }: { code: string }) => code)).to.include.members(['DUNK', 'VEIHULL']);
  });

  it('routes by tables that still name the old unit, and nobody’s task is orphaned', async () => {
    const reference = await register('DUNK', 'Ny dunk, takk');
    await apps.runDue();
    const { body } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
    expect(body.unit).to.equal('DRIFT');
    const [task] = await tasksOf('caseworker', reference);
    await apps.as('caseworker').post(`/api/tasks/${task.id}/claim`).expect(200);
  });

  it('is taken back by a split: each service to its part, leaders to every part', async () => {
    const part = (code: string, services: string[], members: string[]) => ({
      unit: { code, names: names(code), parent: 'TEKN' },
      services,
      members,
    });
    const into = [
      part('VEG2', ['VEIHULL'], []),
      part('VANN2', ['DUNK', 'TOMMING'], ['caseworker']),
    ];
    await carryOut({ kind: 'split', from: 'DRIFT', into });
    await apps.runDue();
    const unitOf = async (reference: string) =>
      (await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200)).body.unit;
    expect(await unitOf(bin)).to.equal('VANN2');
    expect(await unitOf(hole)).to.equal('VEG2');
    const manager = (await apps.as('manager').get('/api/me').expect(200)).body.units;
    expect(manager).to.include.members(['VANN2', 'VEG2']);
    const again = await register('DUNK', 'Enda en dunk');
    await apps.runDue();
    expect(await unitOf(again)).to.equal('VANN2');
  });

  it('moves a unit under another, but not under itself', async () => {
    await carryOut({ kind: 'move', unit: 'IT', parent: 'OKON' });
    await apps.runDue();
    const { body } = await apps.as('agent').get('/api/units/IT').expect(200);
    expect(body.parent).to.equal('OKON');
    const circle = { kind: 'move', unit: 'OKON', parent: 'IT' };
    await apps.as('admin').post(path, { plan: circle, dryRun: true }).expect(400);
  });
});
