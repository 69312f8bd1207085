import { expect } from 'chai';
import { raiseIncident } from '../helpers/incident.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: what stands still is shown, and helped on by a person', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let id: string;
  let instanceId: string;
  before(async () => {
    apps = await startTwoApps();
    ({ id, instanceId } = await raiseIncident(apps));
  });
  after(() => apps.stop());

  const open = async () => (await apps.as('admin').get('/api/incidents').expect(200)).body.items;

  it('Given a handler that lacks its input, then the list says where and why', async () => {
    const [incident, ...more] = await open();
    expect(more).to.deep.equal([]);
    expect(incident).to.include({ id, processId: 'broken', elementId: 'tell', reference: null });
    expect(incident.message).to.contain('lacks its input "inquiryId"');
  });

  it('when it is retried and nothing was mended, then it stands still again', async () => {
    await apps.as('admin').post(`/api/incidents/${id}/retry`).expect(204);
    const [incident] = await open();
    expect(incident.id).to.not.equal(id);
    const again = await apps.as('admin').post(`/api/incidents/${id}/retry`).expect(409);
    expect(again.body.code).to.equal('incident_resolved');
    ({ id } = incident);
  });

  it('when somebody skips it without a reason, or may not, then nothing changes', async () => {
    const url = `/api/incidents/${id}/skip`;
    await apps.as('admin').post(url, { reason: ' ' }).expect(400);
    await apps.as('caseworker').post(url, { reason: 'not needed' }).expect(403);
    await apps.as('admin@bispevik').post(url, { reason: 'not ours' }).expect(404);
    expect(await open()).to.have.length(1);
  });

  it('when it is skipped for a reason, then the process goes on and the reason is kept', async () => {
    const reason = 'The unit was told by telephone';
    await apps.as('admin').post(`/api/incidents/${id}/skip`, { reason }).expect(204);
    expect(await open()).to.deep.equal([]);
    const [kept] = await apps.db.query(
      'SELECT resolution, reason, resolved_by FROM incident WHERE id = $1',
      [id],
    );
    expect(kept).to.deep.equal({ resolution: 'skipped', reason, resolved_by: 'admin' });
    const [instance] = await apps.db.query('SELECT status FROM process_instance WHERE id = $1', [
      instanceId,
    ]);
    expect(instance).to.deep.equal({ status: 'completed' });
  });
});
