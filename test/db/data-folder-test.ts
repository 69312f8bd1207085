import * as fs from 'node:fs';
import { join } from 'node:path';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { expect } from 'chai';
import { openDataFolder, POSTGRES_MAJOR } from '../../src/db/data-folder.js';
import { DurableFiles } from '../../src/db/durable-files.js';
import { ConflictError } from '../../src/kernel/errors.js';
import { describeWith } from '../helpers/needs.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** As PGlite would be if its internals changed: the fsync that was put in is never called. */
class UnsyncedFiles extends DurableFiles {
  override async init(...[pg, options]: Parameters<NodeFS['init']>) {
    return NodeFS.prototype.init.call(this, pg, options);
  }
}

/** A disk that is said to be broken at some moment. */
class BreakingFiles extends DurableFiles {
  broken = false;

  override sync(fd: number): void {
    if (this.broken) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
    super.sync(fd);
  }
}

describeWith('embedded', 'data folder', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const pristine = join(place, 'pristine');

  const copy = (name: string) => {
    const folder = join(place, name);
    fs.cpSync(pristine, folder, { recursive: true });
    return folder;
  };
  const refused = async (folder: string, files?: (root: string) => DurableFiles) => {
    const error = await openDataFolder(folder, files).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ConflictError);
    return error as ConflictError;
  };

  before('make one, beside the rest of a creation that was cut short', async () => {
    fs.mkdirSync(`${pristine}.new`);
    fs.writeFileSync(join(`${pristine}.new`, 'PG_VERSION'), 'half');
    await (await openDataFolder(pristine)).close();
  });

  it('is made whole and leaves nothing beside it', () => {
    expect(fs.readFileSync(join(pristine, 'PG_VERSION'), 'utf8').trim()).to.equal(POSTGRES_MAJOR);
    expect(fs.readdirSync(place)).to.deep.equal(['pristine']);
  });

  it('of an older PostgreSQL is recognised, and left as it is', async () => {
    const folder = copy('older');
    fs.writeFileSync(join(folder, 'PG_VERSION'), '17\n');
    const before = fs.readdirSync(folder, { recursive: true });
    const error = await refused(folder);
    expect(error.code).to.equal('data_folder_version');
    expect(error.message).to.include(folder).and.include('PostgreSQL 17').and.include('DATA_DIR');
    expect(fs.readdirSync(folder, { recursive: true })).to.deep.equal(before);
  });

  it('that holds something else is refused, and left as it is', async () => {
    const folder = join(place, 'photos');
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, 'summer.jpg'), 'sun');
    expect((await refused(folder)).code).to.equal('data_folder_foreign');
    expect(fs.readdirSync(folder)).to.deep.equal(['summer.jpg']);
  });

  it('is refused when commits do not reach the disk', async () => {
    const error = await refused(copy('unsynced'), (root) => new UnsyncedFiles(root));
    expect(error.code).to.equal('data_folder_not_durable');
  });

  it('acknowledges no commit that the disk has refused', async () => {
    const folder = copy('breaking');
    const disk = new BreakingFiles(folder);
    const database = await openDataFolder(folder, () => disk);
    await database.query('CREATE TABLE entry (number integer)');
    disk.broken = true;
    const commit = database.query('INSERT INTO entry VALUES (1)');
    const outcome = await commit.then(
      () => 'acknowledged',
      () => 'failed',
    );
    expect(outcome).to.equal('failed');
  });
});
