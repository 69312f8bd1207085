import { expect } from 'chai';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const draft = (name: string, address: string, service = 'DUNK') => ({
  channel: 'phone',
  service,
  text: 'Noe er galt',
  party: { name, phone: '+4799988777' },
  location: { address },
});

describe('Feature: one box finds people and inquiries', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
    const { body } = await apps
      .as('agent')
      .post('/api/inquiries', draft('Åse Bjørnsdatter', 'Øvre Storgata 12'))
      .expect(201);
    reference = body.reference;
    await apps
      .as('agent')
      .post('/api/inquiries', draft('Ole Hansen', 'Nedre Storgata 1', 'VEIHULL'))
      .expect(201);
    await apps.runDue();
  });
  after(() => apps.stop());

  const search = async (q: string, user = 'agent') =>
    (await apps.as(user).post('/api/search', { q }).expect(200)).body;
  const references = (found: { inquiries: { reference: string }[] }) =>
    found.inquiries.map((one) => one.reference);

  it('Given a caller who spells the name in another way, then she is found with her cases', async () => {
    const { parties } = await search('Aase Bjoernsdater');
    expect(parties[0]).to.include({ name: 'Åse Bjørnsdatter', match: 'similar' });
    expect(parties[0].inquiries[0]).to.include({ reference });
  });

  it('finds by number, however it is written, and by a piece of it', async () => {
    expect(references(await search(reference))).to.deep.equal([reference]);
    expect(references(await search(reference.toLowerCase().replaceAll('-', ' ')))).to.deep.equal([
      reference,
    ]);
    expect(references(await search(reference.slice(3, 8)))).to.include(reference);
    await apps.db.query(`UPDATE inquiry SET reference = '26-ABCD-EFGH' WHERE reference = $1`, [
      reference,
    ]);
    expect(references(await search('bcde'))).to.deep.equal(['26-ABCD-EFGH']);
    await apps.db.query(`UPDATE inquiry SET reference = $1 WHERE reference = '26-ABCD-EFGH'`, [
      reference,
    ]);
  });

  it('finds by address, with the right house', async () => {
    expect(references(await search('ovre storgata'))).to.deep.equal([reference]);
    expect(references(await search('Storgata 12'))).to.deep.equal([reference]);
    expect(references(await search('storgata'))).to.have.length(2);
  });

  it('a caseworker finds only those that the units have to do with', async () => {
    expect((await search('Bjørnsdatter', 'caseworker')).parties).to.have.length(1);
    expect((await search('Bjørnsdatter', 'clerk')).parties).to.deep.equal([]);
    expect(references(await search('storgata', 'clerk'))).to.deep.equal([]);
    expect((await search('Bjørnsdatter', 'agent@bispevik')).parties).to.deep.equal([]);
  });

  it('finds nobody any more once the case is de-identified', async () => {
    await apps.db.query(`UPDATE party SET name = NULL WHERE name LIKE 'Åse%'`);
    await apps.db.query(`UPDATE inquiry_content SET address = NULL WHERE address LIKE 'Øvre%'`);
    expect((await search('Bjørnsdatter')).parties).to.deep.equal([]);
    expect(references(await search('ovre storgata'))).to.deep.equal([]);
  });
});
