import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const LIGHT = { channel: 'phone', service: 'GATELYS', text: 'Gatelyset er mørkt', ownWords: false };

describe('Feature: routing explains itself, is put right, and learns', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const register = async (draft: object): Promise<string> => {
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    await apps.runDue();
    return body.reference;
  };
  const tasksOf = async (user: string): Promise<{ id: string; name: string }[]> =>
    (await apps.as(user).get(`/api/tasks?inquiry=${reference}`).expect(200)).body.items;
  const rule = async (id: string) =>
    (await apps.as('owner').get('/api/routing/rules').expect(200)).body.items.find(
      (one: { rule: string }) => one.rule === id,
    );

  it('Given a street light that belongs to the property department, when a caseworker sends it on, then its tasks go along and the front desk sees it', async () => {
    reference = await register(LIGHT);
    const [task] = await tasksOf('caseworker');
    expect(task).to.be.an('object');
    await apps.as('caseworker').post(`/api/tasks/${task!.id}/claim`).expect(200);
    const moved = await apps
      .as('caseworker')
      .post(`/api/inquiries/${reference}/reroute`, { unit: 'KULT' })
      .expect(200);
    expect(moved.body.unit).to.equal('KULT');
    expect(moved.body.tasks).to.deep.include({
      ...moved.body.tasks[0],
      assignee: null,
      candidateGroups: ['KULT'],
    });
    expect(moved.body.history.map(({ nb }: { nb: string }) => nb).join()).to.contain(
      'sendt videre',
    );
  });

  it('then the unit it came from has no task left, and the new unit finishes it', async () => {
    expect(await tasksOf('caseworker')).to.deep.equal([]);
    const [task] = await tasksOf('clerk');
    await apps.as('clerk').post(`/api/tasks/${task!.id}/claim`).expect(200);
  });

  it('then it counts against the rule, with where it went instead', async () => {
    expect(await rule('ruting_gatelys')).to.deep.equal({
      decision: 'ruting',
      rule: 'ruting_gatelys',
      routed: 1,
      rerouted: 1,
      wrongRate: 1,
      corrections: [{ from: 'VEI', to: 'KULT', service: 'GATELYS', district: null, cases: 1 }],
    });
    await register(LIGHT);
    expect(await rule('ruting_gatelys')).to.include({ routed: 2, rerouted: 1, wrongRate: 0.5 });
  });

  it('sends nothing on to where it is, to nowhere, or by strangers', async () => {
    const url = `/api/inquiries/${reference}/reroute`;
    const same = await apps.as('agent').post(url, { unit: 'KULT' }).expect(409);
    expect(same.body.code).to.equal('unit_unchanged');
    const unknown = await apps.as('agent').post(url, { unit: 'MOON' }).expect(400);
    expect(unknown.body.code).to.equal('unit_unknown');
    await apps.as('agent@bispevik').post(url, { unit: 'VEI' }).expect(404);
  });

  it('When a changed table is tried on the last cases, then it says which would go elsewhere, and that one would have gone right', async () => {
    const dmn = (await readFile('processes/shared/ruting.dmn', 'utf8')).replace(
      /(id="ruting_gatelys_ut_unit">\s*<text>)"VEI"/,
      '$1"KULT"',
    );
    const { body } = await apps
      .as('owner')
      .post('/api/routing/back-test', { decision: 'ruting', dmn, cases: 50 })
      .expect(200);
    expect(body).to.deep.include({ cases: 2, same: 0, moved: 2, corrected: 1, failed: {} });
    expect(body.unknownUnits).to.deep.equal([]);
    expect(body.rules).to.deep.equal({ ruting_gatelys: 2 });
    expect(body.list.map(({ from, to }: { from: string; to: string }) => [from, to])).to.deep.equal(
      [
        ['VEI', 'KULT'],
        ['KULT', 'KULT'],
      ],
    );
  });

  it('tries the table that runs now, names units nobody knows, and refuses what is no table', async () => {
    const owner = apps.as('owner');
    const now = await owner.post('/api/routing/back-test', {}).expect(200);
    expect(now.body).to.deep.include({ cases: 2, same: 2, moved: 0 });
    const ruting = await readFile('processes/shared/ruting.dmn', 'utf8');
    const dmn = ruting.replaceAll('"VEI"', '"MOON"');
    const lost = await owner.post('/api/routing/back-test', { dmn }).expect(200);
    expect(lost.body.unknownUnits).to.deep.equal(['MOON']);
    const bad = await owner.post('/api/routing/back-test', { dmn: '<not-dmn/>' }).expect(400);
    expect(bad.body.code).to.equal('decision_invalid');
    await owner.post('/api/routing/back-test', { dmn: ruting, decision: 'no' }).expect(404);
    await apps.as('caseworker').post('/api/routing/back-test', {}).expect(403);
  });

  it('Given an inquiry nobody has classified, then services are suggested with the words that tell', async () => {
    const unclear = await register({ channel: 'email', text: 'Søppelet ble ikke hentet mandag' });
    const { body } = await apps
      .as('agent')
      .get(`/api/inquiries/${unclear}/suggestions`)
      .expect(200);
    expect(body.items[0]).to.deep.include({ service: 'TOMMING' });
    expect(body.items[0].reasons.length).to.be.greaterThan(0);
  });

  it('When citizens use a word nobody has taught, then it is proposed to the owner, who teaches it', async () => {
    await apps.db.query(
      `UPDATE inquiry SET closed_at = received_at, outcome = 'answered', status = 'closed'
       WHERE tenant_id = 'fjordvik'`,
    );
    for (let at = 0; at < 3; at += 1)
      await register({ ...LIGHT, text: `Luminaren nr ${at} blinker` });
    await apps.db.query(
      `UPDATE inquiry SET closed_at = received_at, outcome = 'answered', status = 'closed'
       WHERE tenant_id = 'fjordvik' AND closed_at IS NULL`,
    );
    const closed = `/api/inquiries/${reference}/reroute`;
    const late = await apps.as('agent').post(closed, { unit: 'VEI' }).expect(409);
    expect(late.body.code).to.equal('inquiry_closed');
    const { body } = await apps.as('owner').get('/api/services/word-proposals').expect(200);
    const found = body.items.find(({ word }: { word: string }) => word.startsWith('luminar'));
    expect(found).to.deep.include({ service: 'GATELYS', inquiries: 3, share: 1 });
    await apps
      .as('owner')
      .post('/api/services/GATELYS/words', { add: [found.word] })
      .expect(200);
    const suggested = await apps
      .as('agent')
      .post('/api/services/suggestions', { text: 'Luminaren er borte' })
      .expect(200);
    expect(suggested.body.items[0]).to.deep.include({ service: 'GATELYS' });
    const again = await apps.as('owner').get('/api/services/word-proposals').expect(200);
    expect(again.body.items.map(({ word }: { word: string }) => word)).not.to.include(found.word);
  });
});
