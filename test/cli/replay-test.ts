import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';
import { SAMPLE_LOG } from '../helpers/replay.js';

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

describe('The command replay', function () {
  this.timeout(180_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'saksflyt-test-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  /** Runs it with its temporary files in `folder`; `stopOn` is what it is stopped at. */
  async function run(args: string[], stopOn?: RegExp): Promise<Ran> {
    const cli = join(PROJECT_ROOT, 'src', 'cli.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', cli, 'replay', ...args], {
      cwd: PROJECT_ROOT,
      env: { ...process.env, TMPDIR: folder, DATABASE_URL: '', LOG_LEVEL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ran: Ran = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      ran.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      ran.stderr += text;
      if (stopOn?.test(ran.stderr)) child.kill('SIGINT');
    });
    await once(child, 'close');
    return { ...ran, code: child.exitCode };
  }

  it('prints the report as JSON, its progress beside it, and leaves no file behind', async () => {
    const { code, stdout, stderr } = await run(['--json', SAMPLE_LOG]);
    expect(code, stderr).to.equal(0);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(report).to.include({ cases: 28, tasks: 158, closed: 23, closedLate: 5, stillOpen: 5 });
    expect(report['deviations']).to.have.length(13);
    expect(stderr).to.match(/^3 of 28 cases, 2024-02-09\n[^]*28 of 28 cases, 2024-04-22\n$/);
    expect(await leftBehind()).to.deep.equal([]);
  });

  it('stops cleanly on Ctrl-C', async () => {
    const { code, stdout, stderr } = await run([SAMPLE_LOG], / of 28 cases/);
    expect(code).to.equal(130);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/\nSIGINT: stopped on 2024-02-\d\d, after \d+ of 28 cases\.\n$/);
    expect(await leftBehind()).to.deep.equal([]);
  });

  it('says which lines of a file are at fault', async () => {
    const file = join(folder, 'wrong.csv');
    await writeFile(file, 'case,activity\n1,T02\n');
    const { code, stdout, stderr } = await run([file]);
    expect(code).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr).to.match(
      /^The log cannot be read\.\n {2}- line 1 the header lacks case_id, .+\n$/,
    );
    await rm(file);
  });

  it('writes into a database only when that is confirmed', async () => {
    const url = 'postgres://nobody@localhost:1/none';
    const unconfirmed = await run(['--database-url', url, SAMPLE_LOG]);
    expect(unconfirmed).to.include({ code: 1, stdout: '' });
    expect(unconfirmed.stderr).to.contain('confirm by --into-database');
    const nowhere = await run(['--into-database', SAMPLE_LOG]);
    expect(nowhere).to.include({ code: 1, stdout: '' });
    expect(nowhere.stderr).to.contain('Into which database?');
    const unreachable = await run(['--into-database', '--database-url', url, SAMPLE_LOG]);
    expect(unreachable).to.include({ code: 1, stdout: '' });
    expect(unreachable.stderr).to.contain('database');
    expect(await leftBehind()).to.deep.equal([]);
  });

  /** Folders of replays that have ended; tsx keeps its cache beside them. */
  async function leftBehind(): Promise<string[]> {
    return (await readdir(folder)).filter((name) => name.startsWith('saksflyt-'));
  }
});
