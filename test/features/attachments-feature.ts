import { expect } from 'chai';
import { MAX_FILE_BYTES } from '../../src/inquiries/attachments.js';
import { PNG } from '../helpers/files.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: files lie with their inquiry', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let path: string;
  let id: string;

  before(async () => {
    apps = await startTwoApps();
    const body = { channel: 'form', service: 'DUNK', text: 'Dunken er knust' };
    const { reference } = (await apps.as('agent').post('/api/inquiries', body).expect(201)).body;
    path = `/api/inquiries/${reference}/attachments`;
  });
  after(() => apps.stop());

  it('Given a picture sent at one node, then the other gives it to be saved, not shown', async () => {
    const sent = apps.as('agent').post(path).attach('file', PNG, '../bilde «av» dunken.png');
    const { body } = await sent.expect(201);
    ({ id } = body);
    expect(body).to.include({ filename: 'bilde «av» dunken.png', mediaType: 'image/png' });
    const { headers, body: bytes } = await apps.as('caseworker').get(`${path}/${id}`).expect(200);
    expect((bytes as Buffer).equals(PNG)).to.equal(true);
    expect(headers['content-type']).to.equal('image/png');
    expect(headers['content-disposition']).to.match(/^attachment; filename=/);
    expect(headers['x-content-type-options']).to.equal('nosniff');
    expect(headers['content-security-policy']).to.contain('sandbox');
    const { body: all } = await apps.as('agent').get(path).expect(200);
    expect(all.items).to.have.lengthOf(1);
  });

  it('and nobody has it who may not read the inquiry', async () => {
    await apps.as('clerk').get(`${path}/${id}`).expect(404);
    await apps.as('agent@bispevik').get(`${path}/${id}`).expect(404);
    await apps.as('agent').get(`${path}/1`).expect(404);
  });

  it('and a program, a page of nothing and a file beyond the limit are refused with reasons', async () => {
    const send = (bytes: Buffer) => apps.as('agent').post(path).attach('file', bytes, 'bilde.png');
    const program = await send(Buffer.from('MZ\x90\0\x03\0'));
    expect(program.body).to.deep.include({ code: 'attachment_refused', status: 400 });
    expect(program.body.details ?? program.body.errors).to.deep.equal([
      { path: 'file', reason: 'type_not_allowed' },
    ]);
    expect((await send(Buffer.alloc(MAX_FILE_BYTES + 1, 65))).status).to.equal(413);
    await apps.as('agent').post(path).field('a', 'b').expect(400);
    expect((await apps.as('agent').get(path)).body.items).to.have.lengthOf(1);
  });
});
