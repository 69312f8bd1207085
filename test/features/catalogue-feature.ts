import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

interface Bundle {
  folder: string;
  files: { path: string; text?: string; sha256: string }[];
}

describe('Feature: the catalogue is edited, given on and taken over', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  async function packageOf(login: string, code: string): Promise<Bundle> {
    return (await apps.as(login).get(`/api/services/${code}/package`).expect(200)).body;
  }

  const take = (login: string, bundle: Bundle, dryRun = false) =>
    apps
      .as(login)
      .post('/api/services/packages', { package: bundle, dryRun, reason: 'Overtatt fra naboen' });

  const change = (code: string, body: object) =>
    apps.as('owner').patch(`/api/services/${code}`, { reason: 'Vedtak 14/26', ...body });

  it('changes one field with its reason; of two at once one is told', async () => {
    const { body } = await apps.as('owner').get('/api/services/GATELYS').expect(200);
    const guarantee = { workingDays: 7, basis: 'vedtak 14/26' };
    const wanted = { change: { guarantee }, version: body.version };
    const changed = await change('GATELYS', wanted).expect(200);
    expect(changed.body.service).to.deep.equal({ ...body.service, guarantee });
    const late = await change('GATELYS', wanted).expect(409);
    expect(late.body.code).to.equal('service_changed');
    const { body: story } = await apps.as('agent').get('/api/services/GATELYS/history').expect(200);
    expect(story.items.map((one: { changedBy: string }) => one.changedBy)).to.deep.equal([
      'saksflyt',
      'owner',
    ]);
    await apps.as('agent').patch('/api/services/GATELYS', wanted).expect(403);
  });

  it('refuses a unit, a process and a form that are not there', async () => {
    const wanted = { unit: 'NOWHERE', process: 'nothing', form: 'none' };
    const { body } = await change('GATELYS', { change: wanted }).expect(400);
    const paths = body.errors.map((one: { path: string }) => one.path);
    expect(paths).to.have.members(['unit', 'process', 'form']);
  });

  it('gives every service to the other municipality without loss, byte for byte', async () => {
    const { body } = await apps.as('owner').get('/api/services').expect(200);
    for (const { code } of body.items as { code: string }[]) {
      const given = await packageOf('owner', code);
      await take('owner@bispevik', given).expect(200);
      expect(await packageOf('owner@bispevik', code), code).to.deep.equal(given);
    }
    const { body: taken } = await apps
      .as('agent@bispevik')
      .get('/api/services/GATELYS')
      .expect(200);
    expect(taken.service.guarantee.workingDays).to.equal(7);
  });

  it('says in a dry run what would change, and changes nothing', async () => {
    const guarantee = { workingDays: 6, basis: 'vedtak 20/26' };
    await change('GATELYS', { change: { guarantee } }).expect(200);
    const given = await packageOf('owner', 'GATELYS');
    const before = await apps.countRows();
    const { body } = await take('owner@bispevik', given, true).expect(200);
    expect(body).to.deep.include({ isNew: false, fields: ['guarantee'] });
    const others = body.files.filter((one: { change: string }) => one.change !== 'same');
    expect(others).to.deep.equal([{ path: 'service.json', change: 'changed' }]);
    expect(await apps.countRows()).to.deep.equal(before);
    const { body: kept } = await apps.as('agent@bispevik').get('/api/services/GATELYS').expect(200);
    expect(kept.service.guarantee.workingDays).to.equal(7);
  });

  it('refuses what was tampered with, and names that lead elsewhere', async () => {
    const given = await packageOf('owner', 'GATELYS');
    const [first, ...rest] = given.files;
    const other = { ...given, files: [{ ...first!, text: `${first?.text ?? ''} ` }, ...rest] };
    expect((await take('owner', other).expect(400)).body.code).to.equal('package_invalid');
    const path = '../../etc/passwd';
    await take('owner', { ...given, files: [{ ...first!, path }, ...rest] }).expect(400);
    await take('owner', { ...given, folder: 'bin-order' }).expect(400);
  });

  it('retires a service: nobody can choose it any more', async () => {
    const retire = '/api/services/SKJENK/retire';
    await apps.as('owner').post(retire, { reason: 'Overført til staten' }).expect(200);
    const { body } = await apps.as('agent').get('/api/services').expect(200);
    expect(body.items.map(({ code }: { code: string }) => code)).not.to.include('SKJENK');
    const inquiry = { channel: 'phone', service: 'SKJENK', text: 'Fest' };
    await apps.as('agent').post('/api/inquiries', inquiry).expect(400);
  });
});
