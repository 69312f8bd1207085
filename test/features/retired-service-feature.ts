import { expect } from 'chai';
import supertest from 'supertest';
import { findMailAddress, loadMailAddresses } from '../../src/channels/inbound/addresses.js';
import { open311Client } from '../helpers/open311.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

type Fields = readonly [string, string][];
const LIGHT: Fields = [
  ['attribute[fault]', 'dark'],
  ['attribute[place]', 'road'],
];
const HOLE: Fields = [
  ['attribute[damage]', 'hole'],
  ['attribute[place]', 'parking'],
];

describe('Feature: a service that is offered no more', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let open: string;
  let unclear: string;
  const said = 'Gatelyset er slukket, lykten lyser ikke';

  before('Given an open case of GATELYS, when the service is retired', async () => {
    apps = await startTwoApps();
    open = await report('GATELYS', said);
    unclear = await report('VEIHULL', '');
    await apps.runDue();
    expect(await suggested()).to.include('GATELYS');
    const retire = '/api/services/GATELYS/retire';
    await apps.as('owner').post(retire, { reason: 'Overført til fylket' }).expect(200);
  });
  after(() => apps.stop());

  async function report(service: string, description: string): Promise<string> {
    const { service_requests: made } = await open311Client(apps).post('requests', [
      ['service_code', service],
      ['lat', '59.2181'],
      ['long', '10.9298'],
      ['description', description],
      ...(service === 'GATELYS' ? LIGHT : HOLE),
    ]);
    return made.request[0].service_request_id;
  }

  async function suggested(): Promise<string[]> {
    const { body } = await apps.as('agent').post('/api/services/suggestions', { text: said });
    return body.items.map(({ service }: { service: string }) => service);
  }

  async function firstTask(login: string, reference: string): Promise<{ id: string }> {
    const { body } = await apps.as(login).get(`/api/tasks?inquiry=${reference}`).expect(200);
    return body.items[0];
  }

  /** Answers the first task of the unclear case. */
  async function complete(answers: object, status = 200) {
    const { id } = await firstTask('agent', unclear);
    await apps.as('agent').post(`/api/tasks/${id}/claim`).expect(200);
    const answered = apps.as('agent').post(`/api/tasks/${id}/complete`, { answers });
    const response = await answered.expect(status);
    await apps.runDue();
    return response;
  }

  it('then it is neither suggested nor listed, and no form of it is shown or taken', async () => {
    expect(await suggested()).not.to.include('GATELYS');
    const { body } = await apps.as('agent').get('/api/services').expect(200);
    expect(body.items.map(({ code }: { code: string }) => code)).not.to.include('GATELYS');
    const list = await supertest(apps.next()).get('/fjordvik/form').expect(200);
    expect(list.text).to.contain('/form/VEIHULL').and.not.to.contain('/form/GATELYS');
    await supertest(apps.next()).get('/fjordvik/form/GATELYS').expect(404);
    await supertest(apps.next()).post('/fjordvik/form/GATELYS').field('text', said).expect(404);
  });

  it('then Open311 lists and takes it no more, and still tells of the open case', async () => {
    const client = open311Client(apps);
    const { services } = await client.get('services');
    const codes = services.service.map((one: { service_code: string }) => one.service_code);
    expect(codes).to.include('VEIHULL').and.not.to.include('GATELYS');
    await client.get('services/GATELYS', {}, 404);
    await client.post('requests', [['service_code', 'GATELYS']], 404);
    const { service_requests: found } = await client.get(`requests/${open}`);
    expect(found.request[0]).to.include({ service_code: 'GATELYS', status: 'open' });
  });

  it('then no case can become one of it, and mail to its address is sorted by a person', async () => {
    await complete({});
    const { id } = await firstTask('agent', unclear);
    const { body: task } = await apps.as('agent').get(`/api/tasks/${id}`).expect(200);
    const [field] = task.form.components;
    const choices = field.values.map(({ value }: { value: string }) => value);
    expect(choices).to.include('VEIHULL').and.not.to.include('GATELYS');
    const { body } = await complete({ service: 'GATELYS' }, 400);
    expect(body.errors).to.deep.equal([{ path: 'service', reason: 'is offered no more' }]);
    await complete({ service: 'VEIHULL' });

    const address = 'lys@fjordvik.example';
    await apps.db.inTransaction((tx) =>
      loadMailAddresses(tx, 'fjordvik', [{ address, service: 'GATELYS' }]),
    );
    expect(await findMailAddress(apps.db, address)).to.include({ address, service: null });
  });

  it('then its open case goes on, by whoever had it', async () => {
    const task = await firstTask('caseworker', open);
    await apps.as('caseworker').post(`/api/tasks/${task.id}/claim`).expect(200);
    const { body } = await apps.as('agent').get(`/api/inquiries/${open}`).expect(200);
    expect(body).to.include({ service: 'GATELYS', unit: 'VEI' });
    expect((await apps.as('owner').get('/api/ownership').expect(200)).body).to.deep.equal({
      ownerless: [],
      unattended: [],
    });
  });

  it('but what takes in everything else can never be retired', async () => {
    const retire = '/api/services/TILBAKEM/retire';
    const { body } = await apps.as('owner').post(retire, { reason: 'Nei' }).expect(409);
    expect(body.code).to.equal('service_needed');
  });
});
