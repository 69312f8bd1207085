import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { writePackage } from '../../src/handlers/archive-package.js';
import { end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, inputs, openCases } from '../helpers/cases.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('archiving', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
  });

  after(() => cases.stop());

  async function archive(rule: string) {
    const task = (id: string) => serviceTask(id, 'archive', inputs({ rule }));
    const body = start + task('one') + task('two') + userTask('hold') + end;
    await cases.deploy(caseProcess(body + flows('start one two hold end')));
    const inquiry = await cases.register({
      party: { name: 'Test Person', email: 'test@example.no' },
      text: 'Dunken er knust',
    });
    const { variables } = await cases.instance(String(inquiry.instanceId));
    return { inquiry, archived: variables['archived'], reference: variables['archiveReference'] };
  }

  it('writes a package of its own for each case, with checksums that hold', async () => {
    const { inquiry, archived, reference } = await archive('journal');
    expect(archived).to.equal(true);
    expect(reference).to.equal(`fjordvik/${inquiry.reference}`);
    expect(inquiry).to.deep.include({ archiveReference: reference, archivedAt: cases.clock() });
    const folder = join(cases.folder, 'archive', 'fjordvik', inquiry.reference);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const manifest = JSON.parse(await read('manifest.json'));
    expect(manifest).to.deep.include({
      format: 'saksflyt-archive-1',
      tenant: 'fjordvik',
      reference: inquiry.reference,
      rule: 'journal',
    });
    expect(manifest.files.map(({ name }: { name: string }) => name)).to.deep.equal([
      'content.json',
      'history.json',
    ]);
    for (const { name, bytes, sha256 } of manifest.files) {
      const content = await read(name);
      expect(createHash('sha256').update(content).digest('hex')).to.equal(sha256);
      expect(Buffer.byteLength(content)).to.equal(bytes);
    }
    const content = JSON.parse(await read('content.json'));
    expect(content.party.name).to.equal('Test Person');
    expect(content.content.text).to.equal('Dunken er knust');
    const history = JSON.parse(await read('history.json'));
    expect(history.events[0].kind).to.equal('inquiry.registered');
    expect(JSON.stringify(history.steps)).to.include('"enter"');
  });

  it('keeps nothing of what is not to be kept', async () => {
    const { inquiry, archived, reference } = await archive('none');
    expect({ archived, reference }).to.deep.equal({ archived: false, reference: null });
    expect(inquiry.archiveReference).to.equal(null);
    const kept = await readdir(join(cases.folder, 'archive', 'fjordvik'));
    expect(kept).to.not.include(inquiry.reference);
  });

  it('begins again after a crash, and leaves a finished package alone', async () => {
    const folder = join(temporaryFolder(), 'fjordvik', '26-0000-0000');
    await mkdir(`${folder}.part`, { recursive: true });
    await writeFile(join(`${folder}.part`, 'half.json'), '{');
    await writePackage(folder, { manifest: { rule: 'assess' }, files: { 'a.json': '1' } });
    expect((await readdir(folder)).sort()).to.deep.equal(['a.json', 'manifest.json']);
    await writePackage(folder, { manifest: { rule: 'journal' }, files: { 'b.json': '2' } });
    expect((await readdir(folder)).sort()).to.deep.equal(['a.json', 'manifest.json']);
    expect(await readdir(join(folder, '..'))).to.deep.equal(['26-0000-0000']);
  });
});
