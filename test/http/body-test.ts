import { expect } from 'chai';
import supertest from 'supertest';
import { createThingApp } from './thing-app.js';

describe('body', () => {
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

  for (const [name, text, status, code] of [
    ['broken JSON', '{"text":', 400, 'malformed_json'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, 'malformed_json'],
    ['no body', '', 400, 'invalid_request'],
    ['a NUL character', '{"text":"a\\u0000b","count":1,"kind":"a"}', 400, 'invalid_request'],
    ['half a surrogate pair', '{"text":"\\ud800","count":1,"kind":"a"}', 400, 'invalid_request'],
    [
      'a number beyond all numbers',
      '{"text":"a","count":1e999,"kind":"a"}',
      400,
      'invalid_request',
    ],
    ['a bomb of brackets', '['.repeat(100_000) + ']'.repeat(100_000), 400, 'invalid_request'],
    ['three megabytes', `"${'x'.repeat(3_000_000)}"`, 413, 'body_too_large'],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const { body } = await post('/api/things/7')
        .serialize((bytes) => bytes)
        .send(text as string)
        .expect(status);
      expect(body.code).to.equal(code);
      expect(await things.countThings()).to.equal(0);
    });
  }

  it('refuses another content type, and a compression it does not know', async () => {
    const other = await post('/api/things/7').set('Content-Type', 'text/plain').send('x');
    expect(other.status).to.equal(415);
    const packed = await post('/api/things/7').set('Content-Encoding', 'zstd').send('x');
    expect(packed.status).to.equal(415);
  });

  it('takes files up to the limit', async () => {
    const form = () => supertest(things.app).post('/api/uploads').auth('owner', 'demo');
    const { body } = await form()
      .field('tenantId', '<default>')
      .attach('resources', Buffer.from('<xml/>'), 'a.bpmn')
      .expect(200);
    expect(body).to.deep.equal({ said: '<default>,a.bpmn<xml/>' });
    const big = await form().attach('resources', Buffer.alloc(3_000_000), 'b.bpmn').expect(413);
    expect(big.body.code).to.equal('body_too_large');
    await form().set('Content-Type', 'multipart/form-data').send('x').expect(400);
    await form().send({}).expect(415);
  });
});
