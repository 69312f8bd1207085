import { expect } from 'chai';
import { startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';
import { SIMPLE } from './models.js';

const MEGABYTE = 1024 * 1024;

describe('Feature: uploads that are no deployment are refused, and change nothing', () => {
  let apps: TwoApps;
  let rows: Record<string, number>;
  before(async function () {
    this.timeout(120_000);
    apps = await startTwoApps();
    rows = await apps.countRows();
  });
  after(async () => {
    expect(await apps.countRows(), 'nothing changed').to.deep.equal(rows);
    await apps.stop();
  });

  const upload = () => apps.as('owner').post('/v2/deployments');
  const raw = (text: string) =>
    upload().set('Content-Type', 'multipart/form-data; boundary=B').send(text);
  const part = (headers: string, content: string) =>
    `--B\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${content}\r\n`;

  it('refuses a body that is no multipart form', async () => {
    expect((await upload().send({ resources: [] })).status).to.equal(415);
    for (const [what, answer] of [
      ['no boundary', await upload().set('Content-Type', 'multipart/form-data').send('x')],
      ['no end', await raw(part('name="resources"; filename="a.bpmn"', '<xml'))],
      ['nothing at all', await raw('')],
      ['headers without an end', await raw(`--B\r\n${'X: y\r\n'.repeat(5000)}`)],
    ] as const) {
      expect(answer.body, what).to.include({ status: 400, title: 'INVALID_ARGUMENT' });
    }
  });

  it('refuses a form without files, with other fields, or with files elsewhere', async () => {
    const none = await raw(`${part('name="tenantId"', '<default>')}--B--\r\n`);
    expect(none.body.detail).to.match(/needs at least one file/);
    const other = await upload()
      .field('shoeSize', '43')
      .attach('resources', Buffer.from(SIMPLE), 'a.bpmn');
    expect(other.body.detail).to.match(/shoeSize: is not known here/);
    const elsewhere = await upload().attach('files', Buffer.from(SIMPLE), 'a.bpmn');
    expect(elsewhere.body.detail).to.match(/a\.bpmn: must be in the field resources/);
  });

  it('refuses a file of 3 MB, too many files, and too much together', async () => {
    const big = await upload().attach('resources', Buffer.alloc(3 * MEGABYTE, 32), 'big.bpmn');
    expect(big.body).to.include({ status: 413, code: 'body_too_large' });
    const many = upload();
    for (let at = 0; at <= 50; at++) many.attach('resources', Buffer.from('x'), `${at}.bpmn`);
    expect((await many).body).to.include({ status: 413, code: 'body_too_large' });
    const heavy = upload();
    for (let at = 0; at < 6; at++) {
      heavy.attach('resources', Buffer.alloc(2 * MEGABYTE - 1, 32), `${at}.bpmn`);
    }
    expect((await heavy).body).to.include({ status: 413, code: 'body_too_large' });
  });

  it('refuses files that are no text, no XML, no form or of no kind that it knows', async () => {
    for (const [name, content, reason] of [
      ['a.bpmn', Buffer.from([0xff, 0xfe, 0x00]), /a\.bpmn: is not UTF-8/],
      ['a.bpmn', Buffer.from('<a>\0</a>'), /cannot be stored/],
      ['a.bpmn', Buffer.from('<definitions'), /./],
      ['a.form', Buffer.from('{"id":'), /a\.form.*not JSON/],
      ['a.exe', Buffer.from('MZ'), /a\.exe.*only \.bpmn, \.dmn and \.form/],
    ] as const) {
      const { body } = await upload().attach('resources', content, name);
      expect(body, name).to.include({ status: 400, title: 'INVALID_ARGUMENT' });
      expect(body.detail).to.match(reason);
    }
  });

  it('refuses 3 MB of JSON wherever JSON is taken', async () => {
    const body = { processDefinitionId: 'x', variables: { a: 'x'.repeat(3 * MEGABYTE) } };
    const answer = await apps.as('owner').post('/v2/process-instances', body);
    expect(answer.body).to.include({ status: 413, code: 'body_too_large' });
  });
});
