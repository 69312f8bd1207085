import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import {
  MAX_FILE_BYTES,
  getAttachment,
  readAttachments,
  removeAttachments,
  storeAttachment,
  storeOrRefuse,
} from '../../src/inquiries/attachments.js';
import { recogniseFile } from '../../src/inquiries/file-kind.js';
import { safeFileName } from '../../src/inquiries/file-name.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import { testDatabase } from '../helpers/database.js';
import { PDF, PNG, zipOf } from '../helpers/files.js';

describe('the files of a case', () => {
  let db: Db;
  const options = { newId: createIdFactory({ node: 5 }), now: new Date('2026-03-02T09:00:00Z') };
  const store = (bytes: Buffer, filename = 'hull.png', inquiryId = '1', tenant = 'fjordvik') =>
    db.inTransaction((tx) =>
      storeAttachment(tx, tenant, { inquiryId, filename, bytes, by: 'agent' }, options),
    );
  const contents = async () =>
    (await db.query<{ n: number }>('SELECT count(*)::int AS n FROM attachment_content'))[0]?.n;

  before(async () => {
    db = await testDatabase();
  });
  beforeEach(() => db.query('TRUNCATE attachment, attachment_content'));

  it('are given back as they came, under what they are by their bytes', async () => {
    const { id } = await store(PNG, '../../etc/hull i veien.png');
    const found = await getAttachment(db, 'fjordvik', { inquiryId: '1', id });
    expect(found).to.include({ filename: 'hull i veien.png', mediaType: 'image/png' });
    expect(found.bytes.equals(PNG)).to.equal(true);
    for (const elsewhere of [
      getAttachment(db, 'bispevik', { inquiryId: '1', id }),
      getAttachment(db, 'fjordvik', { inquiryId: '2', id }),
    ]) {
      const failure: unknown = await elsewhere.catch((error: unknown) => error);
      expect(failure).to.have.property('code', 'attachment_not_found');
    }
  });

  it('share their bytes within a municipality, until the last case lets go', async () => {
    await store(PNG);
    await store(PNG, 'igjen.png', '2');
    await store(PNG, 'hull.png', '1', 'bispevik');
    expect(await contents()).to.equal(2);
    const remove = (inquiryId: string) =>
      db.inTransaction((tx) => removeAttachments(tx, 'fjordvik', inquiryId));
    expect(await remove('1')).to.equal(1);
    expect(await contents()).to.equal(2);
    expect(await remove('2')).to.equal(1);
    expect(await contents()).to.equal(1);
    expect(await readAttachments(db, 'fjordvik', '2')).to.deep.equal([]);
  });

  it('are refused when empty, too large or of no welcome type, and nothing is kept', async () => {
    const reasons: string[] = [];
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(MAX_FILE_BYTES + 1, 'a'),
      Buffer.from('MZ\x90\x00\x03\0\0\0', 'latin1'),
    ]) {
      const refused = await store(bytes).catch((error: unknown) => error);
      reasons.push((refused as { details: { reason: string }[] }).details[0]!.reason);
    }
    expect(reasons).to.deep.equal(['empty', 'too_large', 'type_not_allowed']);
    expect(await readAttachments(db, 'fjordvik', '1')).to.deep.equal([]);
  });

  it('are noted when they came where nobody can be told', async () => {
    const file = {
      inquiryId: '1',
      filename: 'virus.exe',
      bytes: Buffer.from('MZ\0\0'),
      by: 'mail',
    };
    const noted = await db.inTransaction((tx) => storeOrRefuse(tx, 'fjordvik', file, options));
    expect(noted).to.include({ refusal: 'type_not_allowed', hash: null, filename: 'virus.exe' });
    expect(await readAttachments(db, 'fjordvik', '1')).to.have.lengthOf(1);
    expect(await contents()).to.equal(0);
  });

  const kindOf = async (bytes: Buffer, name = 'fil') =>
    (await recogniseFile(bytes, name))?.mediaType;

  it('are told by their bytes: Office files by their directory, never unpacked', async () => {
    const word = { '[Content_Types].xml': '<a/>', 'word/document.xml': '<a/>' };
    expect(await kindOf(zipOf(word))).to.match(/wordprocessingml/);
    // It says that it unpacks to four gigabytes; nobody looks.
    expect(await kindOf(zipOf(word, 0xffff_fffe))).to.match(/wordprocessingml/);
    expect(await kindOf(zipOf({ ...word, 'word/vbaProject.bin': 'x' }))).to.equal(undefined);
    const odt = 'application/vnd.oasis.opendocument.text';
    expect(await kindOf(zipOf({ mimetype: odt, 'content.xml': '<a/>' }))).to.equal(odt);
    expect(await kindOf(zipOf({ 'bilder/a.png': 'x' }))).to.equal(undefined);
    expect(await kindOf(Buffer.from('PK\x03\x04 and no more'))).to.equal(undefined);
    expect(await kindOf(gzipSync(Buffer.alloc(10_000_000)))).to.equal(undefined);
  });

  it('are text when they read like it, also what would be a page elsewhere', async () => {
    expect(await kindOf(PDF)).to.equal('application/pdf');
    expect(await kindOf(Buffer.from('Hei på deg\r\n'))).to.equal('text/plain');
    expect(await kindOf(Buffer.from('Hei p\xe5 deg', 'latin1'))).to.equal('text/plain');
    expect(await kindOf(Buffer.from('<html><script>alert(1)</script>'))).to.equal('text/plain');
    expect(await kindOf(Buffer.from('Hei\0deg'))).to.equal(undefined);
    const old = Buffer.from('D0CF11E0A1B11AE1', 'hex');
    expect(await kindOf(Buffer.concat([old, Buffer.alloc(600)]), 'brev.DOC')).to.equal(
      'application/msword',
    );
    expect(await kindOf(Buffer.concat([old, Buffer.alloc(600)]), 'setup.msi')).to.equal(undefined);
  });

  it('have names that no machine stumbles over', () => {
    const names: [given: string, extensions: string[], safe: string][] = [
      ['C:\\Users\\ola\\bilde.PNG', ['png'], 'bilde.png'],
      ['../../../etc/passwd', ['txt'], 'passwd.txt'],
      ['faktura.pdf.exe', ['pdf'], 'faktura.pdf.exe.pdf'],
      ['faktura\u202Efdp.exe', ['txt'], 'fakturafdp.exe.txt'],
      ['CON.txt', ['txt'], '_CON.txt'],
      ['a\r\nContent-Type: text/html.txt', ['txt'], 'html.txt'],
      ['', ['png'], 'vedlegg.png'],
      ['.htaccess', ['txt'], 'htaccess.txt'],
      ['Søknad på norsk – æøå.docx', ['docx'], 'Søknad på norsk – æøå.docx'],
      ['x'.repeat(500), ['jpg'], `${'x'.repeat(120)}.jpg`],
    ];
    for (const [given, extensions, safe] of names) {
      expect(safeFileName(given, extensions), given).to.equal(safe);
    }
  });
});
