import { expect } from 'chai';
import supertest from 'supertest';
import { VALID_THING, createThingApp } from './thing-app.js';

describe('app', () => {
  let things: Awaited<ReturnType<typeof createThingApp>>;
  before(async () => {
    things = await createThingApp();
  });
  beforeEach(async () => {
    await things.db.query('DELETE FROM thing');
    things.traces.wakes = 0;
    things.traces.lines.length = 0;
  });
  after(() => things.db.query('DROP TABLE thing'));

  const post = (path: string, login = 'agent') =>
    supertest(things.app).post(path).auth(login, 'demo').set('Content-Type', 'application/json');

  it('answers what the route returns and nothing else, commits, and wakes the worker', async () => {
    const { body } = await post('/api/things/7')
      .send(VALID_THING)
      .expect(201)
      .expect('Location', '/api/things/7')
      .expect('Cache-Control', 'no-store');
    expect(body).to.deep.equal({
      key: '7',
      text: 'Hull i veien',
      by: 'agent',
      at: '2026-03-02T09:00:00.000Z',
    });
    expect(await things.countThings()).to.equal(1);
    expect(things.traces.wakes).to.equal(1);
  });

  it('takes a literal path before a parameter, and wakes nobody for a read', async () => {
    const { body } = await post('/api/things/search').expect(200);
    expect(body).to.deep.equal({ count: 0 });
    expect(things.traces.wakes).to.equal(0);
  });

  it('names everything that is wrong with a request at once, never its values', async () => {
    const { body } = await post('/api/things/x?fail=perhaps&page=1')
      .send({ count: 'mange', kind: 'hemmelig', extra: 1 })
      .expect(400)
      .expect('Content-Type', /application\/problem\+json/);
    expect(body).to.include({ code: 'invalid_request', status: 400, title: 'BAD REQUEST' });
    expect(body.errors.map((error: { path: string }) => error.path)).to.have.members([
      'params.key',
      'query.fail',
      'query.page',
      'body.text',
      'body.count',
      'body.kind',
      'body.extra',
    ]);
    expect(JSON.stringify(body)).not.to.contain('hemmelig');
    expect(body.errors).to.deep.include({ path: 'body.text', reason: 'is missing' });
  });

  it('rolls back what a failing route wrote', async () => {
    const { body } = await post('/api/things/7?fail=true').send(VALID_THING).expect(409);
    expect(body).to.include({ code: 'thing_taken', detail: 'Somebody was first.' });
    expect(await things.countThings()).to.equal(0);
    expect(things.traces.wakes).to.equal(0);
  });

  it('asks for a login, and takes no wrong one', async () => {
    const anonymous = await supertest(things.app)
      .post('/api/things/7')
      .send(VALID_THING)
      .expect(401);
    expect(anonymous.headers['www-authenticate']).to.match(/^Basic realm="Saksflyt"/);
    expect(anonymous.body.code).to.equal('unauthenticated');
    for (const header of ['Basic !', 'Basic YWdlbnQ=', 'Bearer abc', 'Basic YWdlbnQ6b29wcw==']) {
      await supertest(things.app).post('/api/things/7').set('Authorization', header).expect(401);
    }
  });

  it('refuses who may not, before it reads what they sent', async () => {
    const { body } = await post('/api/things/7', 'owner').send('{').expect(403);
    expect(body).to.deep.include({
      code: 'forbidden',
      details: { permission: 'inquiries.register' },
    });
  });

  it('tells a missing path from a wrong method', async () => {
    await supertest(things.app).get('/api/nothing').expect(404);
    const { headers } = await supertest(things.app).get('/api/things/7').expect(405);
    expect(headers['allow']).to.equal('POST, DELETE, OPTIONS');
    await supertest(things.app).options('/api/things/7').expect(204);
    await supertest(things.app).get('/api/things/%E0%A4%A').expect(400);
  });

  it('says of a bug only that it is one, and logs it under the request’s id', async () => {
    const { body } = await supertest(things.app)
      .delete('/api/things/7')
      .auth('owner', 'demo')
      .set('X-Request-Id', 'abc-1')
      .expect(500)
      .expect('X-Request-Id', 'abc-1');
    expect(body).to.include({ code: 'internal_error', requestId: 'abc-1' });
    expect(JSON.stringify(body)).not.to.contain('Kari');
    expect(
      things.traces.lines.some((line) => line.includes('abc-1') && line.includes('TypeError')),
    ).to.equal(true);
  });

  it('logs the declared path, not the one that was asked for', async () => {
    await post('/api/things/7').send(VALID_THING).expect(201);
    expect(things.traces.lines.join())
      .to.contain('/api/things/{key}')
      .and.not.contain('/api/things/7');
  });

  it('answers under names of this machine only, and lets no other site write', async () => {
    const rebound = await supertest(things.app).get('/page').set('Host', 'evil.example');
    expect(rebound.status).to.equal(421);
    const crossed = await post('/api/things/7')
      .set('Sec-Fetch-Site', 'cross-site')
      .send(VALID_THING);
    expect(crossed.status).to.equal(403);
    expect(crossed.body.code).to.equal('cross_site');
    await post('/api/things/7').set('Sec-Fetch-Site', 'same-origin').send(VALID_THING).expect(201);
  });

  it('sends headers that leave a browser little to do wrong', async () => {
    const { headers } = await supertest(things.app).get('/page').expect(200);
    expect(headers['content-security-policy']).to.contain("default-src 'none'");
    expect(headers).to.include({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.to.have.property('x-powered-by');
  });

  it('shows a browser a page in its language where a program gets a problem', async () => {
    const page = await supertest(things.app).get('/nowhere').set('Accept', 'text/html').expect(404);
    expect(page.text).to.contain('Siden finnes ikke').and.contain('<html lang="nb">');
    const english = await supertest(things.app).get('/nowhere?lang=en').set('Accept', 'text/html');
    expect(english.text).to.contain('Page not found');
    const problem = await supertest(things.app).get('/nowhere').expect(404);
    expect(problem.body.code).to.equal('path_not_found');
    const api = await supertest(things.app)
      .get('/api/nowhere')
      .set('Accept', 'text/html')
      .expect(404);
    expect(api.body.code).to.equal('path_not_found');
  });
});
