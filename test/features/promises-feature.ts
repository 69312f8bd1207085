import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: what the demo municipalities promise', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const deadlinesOf = async (draft: object) => {
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    await apps.runDue();
    return (await apps.as('agent').get(`/api/inquiries/${body.reference}/deadlines`)).body;
  };

  it('Given a leak, then the duty officer has two hours, day and night', async () => {
    const draft = { channel: 'phone', service: 'VANN', text: 'Det renner vann i gata' };
    const { receivedAt, deadlines } = await deadlinesOf(draft);
    const dueAt = new Date(Date.parse(receivedAt) + 2 * 3_600_000).toISOString();
    expect(deadlines[0]).to.include({ deadline: 'guarantee', dueAt });
  });

  it('Given a request for documents, then the law counts five working days', async () => {
    const draft = { channel: 'email', service: 'INNSYN', text: 'Innsyn i byggesaken' };
    const { deadlines } = await deadlinesOf(draft);
    const [, law] = deadlines;
    expect(law).to.include({ deadline: 'statutory', dueAt: '2026-03-09T22:59:59.999Z' });
  });

  it('then three of four e-mails are promised within four working days, by more than one unit', async () => {
    const { body } = await apps.as('owner').get('/api/objectives').expect(200);
    const promises = body.items.map(
      ({ ownerUnit, channel, share, workingDays }: Record<string, string | number>) =>
        `${ownerUnit} ${channel} ${share} ${workingDays}`,
    );
    expect(promises).to.deep.equal(['SERV email 0.75 4', 'VEI email 0.75 4']);
  });

  it('and the front desk is open late on Thursdays, as it was seeded once', async () => {
    const rows = await apps.db.query(
      `SELECT unit_code AS unit, calendar #>> '{hours,4,0,1}' AS till FROM unit_calendar
       WHERE tenant_id = 'fjordvik' ORDER BY 1`,
    );
    expect(rows).to.deep.equal([
      { unit: 'SERV', till: '18:00' },
      { unit: 'VEI', till: '18:00' },
    ]);
  });
});
