import { expect } from 'chai';
import { seedDemo } from '../../src/compose/seed.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import type { MailDoors } from '../helpers/mail-in.js';
import { rawMail, startMailApps } from '../helpers/mail-in.js';
import { FEATURE_TIMEOUT_MS } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const LAMPS = 'gatelys@fjordvik.example';

describe('Feature: a municipality says where it takes mail', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let doors: MailDoors;
  let stop: () => Promise<void>;
  before(async () => {
    ({ apps, doors, stop } = await startMailApps());
  });
  after(() => stop());

  let count = 0;
  const write = (to: string): Promise<unknown> => {
    count += 1;
    const headers = { From: 'kari@example.no', To: to, 'Message-ID': `<${count}@example.no>` };
    const mail = { from: 'kari@example.no', to, raw: rawMail(headers, 'Det er mørkt.') };
    return doors.send(mail).catch((error: unknown) => error);
  };
  const save = (address: string, whose: object, login = 'admin') =>
    apps.as(login).put(`/api/mail-addresses/${address}`, whose);
  const remove = (address: string, login = 'admin') =>
    apps.as(login).post(`/api/mail-addresses/${address}/remove`);
  const addresses = async () =>
    (await apps.as('admin').get('/api/mail-addresses').expect(200)).body.items;

  it('Given a new address of a service, then mail to it is about that service', async () => {
    expect(await write(LAMPS)).to.have.property('responseCode', 550);
    const saved = await save(LAMPS.toUpperCase(), { service: 'GATELYS' }).expect(200);
    expect(saved.body).to.include({ address: LAMPS, service: 'GATELYS', changedBy: 'admin' });
    await write(LAMPS);
    await apps.runDue();
    const path = '/api/inquiries?channel=email&service=GATELYS';
    expect((await apps.as('agent').get(path).expect(200)).body.items).to.have.lengthOf(1);
  });

  it('When it is taken away, then nobody can write to it, and no start gives it back', async () => {
    const seeded = 'serv@fjordvik.example';
    for (const address of [LAMPS, seeded]) await remove(address).expect(204);
    await remove(LAMPS).expect(404);
    const [node] = apps.nodes;
    await seedDemo({ ...node!, newId: createIdFactory({ node: 903 }) });
    for (const address of [LAMPS, seeded]) {
      expect(await write(address)).to.have.property('responseCode', 550);
    }
    expect(JSON.stringify(await addresses()))
      .to.not.include(LAMPS)
      .and.not.include(seeded);
  });

  it('and then it may be another municipality’s, but never two at once', async () => {
    await save(LAMPS, {}, 'admin@bispevik').expect(200);
    expect((await save(LAMPS, {}).expect(409)).body.code).to.equal('mail_address_taken');
    await remove(LAMPS).expect(404);
    await remove(LAMPS, 'admin@bispevik').expect(204);
    const both = await Promise.all([save(LAMPS, {}), save(LAMPS, {}, 'admin@bispevik')]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });

  it('What is no address, or nobody’s, is refused with the place, and so is who may not', async () => {
    const wrong = [
      ['ikke-en-adresse', {}, 'address'],
      ['post+x@fjordvik.example', {}, 'address'],
      ['ny@fjordvik.example', { unit: 'NOPE' }, 'unit'],
      ['ny@fjordvik.example', { service: 'NOPE' }, 'service'],
      ['ny@fjordvik.example', { unit: 'VEI', service: 'GATELYS' }, 'service'],
    ] as const;
    for (const [address, whose, path] of wrong) {
      const { body } = await save(encodeURIComponent(address), whose).expect(400);
      expect(body.code).to.equal('mail_address_invalid');
      expect(body.errors[0].path).to.equal(path);
    }
    await save('ny@fjordvik.example', {}, 'owner').expect(403);
    await apps.as('manager').get('/api/mail-addresses').expect(403);
  });
});
