import { expect } from 'chai';
import supertest from 'supertest';
import { PNG, REPORT, open311Client, without } from '../helpers/open311.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: street reports over Open311 GeoReport v2', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let client: ReturnType<typeof open311Client>;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
    client = open311Client(apps);
  });
  after(() => apps.stop());

  const inquiry = async () =>
    (await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200)).body;

  it('lists every service that may be reported in public, and no other', async () => {
    const { services } = await client.get('services');
    const codes = services.service.map((one: { service_code: string }) => one.service_code);
    expect(codes).to.include.members(['GATELYS', 'VEIHULL', 'BROYTING']);
    expect(codes).not.to.include.members(['PARKHC']);
    expect(services.service[0]).to.include({ metadata: 'true', type: 'realtime' });
  });

  it('defines a service by the person-free fields of its form, and the reporter’s own number', async () => {
    const { service_definition: definition } = await client.get('services/GATELYS');
    const attributes = definition.attributes.attribute;
    const fault = attributes.find((one: { code: string }) => one.code === 'fault');
    expect(fault).to.include({ variable: 'true', datatype: 'singlevaluelist', required: 'true' });
    expect(fault.values.value[0]).to.deep.equal({ key: 'dark', name: 'Lyset er mørkt' });
    expect(attributes.at(-1)).to.include({ code: 'fixmystreet_id', automated: 'server_set' });
    await client.get('services/PARKHC', {}, 404);
  });

  it('Given a report from an app, then it is an inquiry like any other, with who sent it kept apart', async () => {
    const { service_requests: made } = await client.post('requests', REPORT);
    reference = made.request[0].service_request_id;
    await apps.runDue();
    const shown = await inquiry();
    expect(shown).to.deep.include({ service: 'GATELYS', channel: 'form', unit: 'VEI' });
    expect(shown.content.text).to.contain('Mørk lykt <ved> skolen');
    expect(shown.party).to.include({ name: 'Kari', email: 'kari.kanarifugl@example.no' });
    const [{ answers }] = (await apps.db.query(`SELECT answers FROM inquiry WHERE reference = $1`, [
      reference,
    ])) as [{ answers: object }];
    expect(answers).to.deep.equal({ fault: 'flickering', place: 'road' });
  });

  it('when the app did not hear the answer and sends it again, also twice at once, then it is the same one', async () => {
    const again = await Promise.all([
      client.post('requests', REPORT),
      client.post('requests', REPORT),
    ]);
    for (const { service_requests: made } of again) {
      expect(made.request[0].service_request_id).to.equal(reference);
    }
  });

  it('then everybody can read where it stands, and nobody who it is from', async () => {
    const one = await client.get(`requests/${reference}`);
    const [request] = one.service_requests.request;
    expect(request).to.include({
      service_request_id: reference,
      status: 'open',
      service_code: 'GATELYS',
      agency_responsible: 'Vei, park og gatelys',
      lat: '59.2181',
      long: '10.9298',
      media_url: 'https://rapport.example/1.jpeg',
    });
    expect(request.description).to.contain(
      'Mørk lykt &lt;ved&gt;'.replace('&lt;', '<').replace('&gt;', '>'),
    );
    expect(new Date(request.expected_datetime).getTime()).to.be.greaterThan(apps.clock().getTime());
    const list = await client.get('requests', { start_date: '2026-03-01T00:00:00+01:00' });
    expect(JSON.stringify([one, list]).toLowerCase()).not.to.match(/kari|99999999|kanarifugl/);
  });

  it('finds by number, service, status and either date, page by page', async () => {
    const count = async (query: Record<string, string>) => {
      const { service_requests: found } = await client.get('requests', query);
      return found === '' ? 0 : found.request.length;
    };
    expect(await count({ service_request_id: `${reference},26-0000-0000` })).to.equal(1);
    expect(await count({ service_code: 'VEIHULL' })).to.equal(0);
    expect(await count({ service_code: 'VEIHULL,GATELYS', status: 'open' })).to.equal(1);
    expect(await count({ status: 'closed' })).to.equal(0);
    expect(
      await count({ start_date: '2020-01-01T00:00:00Z', end_date: '2020-02-01T00:00:00Z' }),
    ).to.equal(0);
    expect(await count({ page: '2' })).to.equal(0);
    await client.get('requests', { status: 'maybe' }, 400);
    await client.get('requests', { start_date: 'yesterday' }, 400);
  });

  it('gives a token’s number, speaks JSON to those who ask, and says where it is', async () => {
    const { service_requests: found } = await client.get(`tokens/${reference}`);
    expect(found.request[0]).to.deep.equal({ service_request_id: reference, token: reference });
    const json = await supertest(apps.next())
      .get('/open311/v2/requests.json')
      .query({ jurisdiction_id: 'demo' })
      .expect(200);
    expect(json.body[0]).to.include({ service_request_id: reference, address_id: null });
    const discovered = await supertest(apps.next()).get('/open311/v2/discovery.json').expect(200);
    expect(discovered.body.endpoints[0].formats).to.deep.equal(['text/xml', 'application/json']);
  });

  it('keeps pictures with the case, and a report whose picture cannot be kept', async () => {
    const sent = supertest(apps.next()).post('/open311/v2/requests.json');
    const fields = [
      ...without('attribute[fixmystreet_id]'),
      ['jurisdiction_id', 'demo'],
      ['api_key', 'demo'],
    ] as const;
    for (const [name, value] of fields) void sent.field(name, value);
    const png = Buffer.from(PNG, 'base64');
    const made = await sent
      .attach('photo1', png, 'lykt.png')
      .attach('photo2', Buffer.from('MZ not a picture'), '../../../etc/passwd.exe')
      .expect(201);
    const found = await apps
      .as('agent')
      .get(`/api/inquiries/${made.body[0].service_request_id}/attachments`)
      .expect(200);
    const [kept, refused] = found.body.items;
    expect(kept).to.include({ filename: 'lykt.png', mediaType: 'image/png', size: png.length });
    expect(refused).to.include({ refusal: 'type_not_allowed' });
    expect(refused.filename).not.to.contain('/');
  });

  it('takes an update once, as a message on the case', async () => {
    const update: [string, string][] = [
      ['service_request_id', reference],
      ['update_id', '77'],
      ['status', 'OPEN'],
      ['description', 'Nå er den helt mørk'],
      ['updated_datetime', '2026-03-02T10:30:00+01:00'],
      ['first_name', 'Kari'],
      ['last_name', 'Nordmann'],
    ];
    for (let time = 0; time < 2; time += 1) {
      const { service_request_updates: taken } = await client.post('servicerequestupdates', update);
      expect(taken.request_update).to.deep.equal([{ update_id: '77' }]);
    }
    const { body } = await apps.as('agent').get(`/api/inquiries/${reference}/messages`).expect(200);
    const said = body.items.filter((one: { body: string }) => one.body.includes('helt mørk'));
    expect(said).to.have.length(1);
    await client.post(
      'servicerequestupdates',
      [['service_request_id', '26-0000-0000'], ...update.slice(1)],
      404,
    );
  });

  it('refuses in its own words: no key, wrong jurisdiction, no service, no place', async () => {
    const refusal = async (fields: readonly [string, string][], status: number) =>
      (await client.post('requests', fields, status)).errors.error;
    const bad = new URLSearchParams({
      ...Object.fromEntries(REPORT),
      jurisdiction_id: 'demo',
    }).toString();
    const noKey = await supertest(apps.next())
      .post('/open311/v2/requests.xml')
      .type('form')
      .send(bad);
    expect(noKey.status).to.equal(403);
    expect(noKey.text).to.contain('<code>403</code>');
    expect(await refusal(without('service_code'), 400)).to.include({ code: '400' });
    expect(await refusal([['service_code', 'PARKHC']], 404)).to.include({ code: '404' });
    const nowhere = REPORT.filter(([name]) => !['lat', 'long'].includes(name)).filter(
      ([name]) => !name.includes('fixmystreet'),
    );
    expect(await refusal(nowhere, 400)).to.include({ code: '400' });
    await open311Client(apps, 'nowhere').get('services', {}, 404);
    await supertest(apps.next()).get('/open311/v2/services.xml').expect(400);
    await supertest(apps.next()).get('/open311/v2/nothing.xml').expect(404);
  });
});
