import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';

interface Running {
  child: ChildProcess;
  /** What it has printed up to now. */
  said: { out: string; err: string };
  /** Its exit code, once it has ended by itself. */
  ended: Promise<number | null>;
}

describe('The command line', function () {
  this.timeout(180_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'saksflyt-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function start(args: string[], env: Record<string, string> = {}): Running {
    const cli = join(PROJECT_ROOT, 'src', 'cli.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
      cwd: PROJECT_ROOT,
      env: { PATH: process.env['PATH'], DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
    return { child, said, ended: once(child, 'close').then(() => child.exitCode) };
  }

  async function run(args: string[], env?: Record<string, string>) {
    const { said, ended } = start(args, env);
    const code = await ended;
    return { code, ...said };
  }

  /** The address that a served product prints. */
  async function addressOf({ child, said, ended }: Running): Promise<string> {
    const printed = async () => {
      while (!/Start page +\S+/.test(said.out)) await once(child.stdout!, 'data');
    };
    await Promise.race([printed(), ended]);
    const address = /Start page +(\S+)\//.exec(said.out)?.[1];
    if (address === undefined) throw new Error(`it did not serve:\n${said.err}`);
    return address;
  }

  it('says how it is used, and every setting', async () => {
    for (const word of ['--help', 'help']) {
      const { code, out } = await run([word]);
      expect(code).to.equal(0);
      expect(out)
        .to.match(/serve +Serve/)
        .and.match(/DATABASE_URL=\(embedded\)/);
    }
    const unknown = await run(['fly']);
    expect(unknown).to.include({ code: 1, out: '', err: 'There is no command fly; see --help.\n' });
  });

  it('serves, says where to go, and when told to stop ends with nothing left running', async () => {
    const serving = start(['serve']);
    const address = await addressOf(serving);
    expect(serving.said.out).to.contain(
      'agent, caseworker, manager, clerk, chief, owner, admin, password demo',
    );
    expect((await fetch(`${address}/readyz`)).status).to.equal(200);
    serving.child.kill('SIGTERM');
    // Nobody ends the process: it does when no timer, connection or worker is left.
    expect(await serving.ended).to.equal(0);
    expect(serving.said.out)
      .to.contain('SIGTERM')
      .and.match(/Stopped\.\n$/);
    expect(serving.said.err).to.equal('');
  });

  it('refuses a folder that another one serves from, in one sentence', async () => {
    const serving = start(['serve']);
    await addressOf(serving);
    const { code, err } = await run(['migrate']);
    serving.child.kill('SIGINT');
    expect(code).to.equal(1);
    expect(err).to.match(/^The data folder .* is in use by another process\..*\n$/);
    expect(await serving.ended).to.equal(0);
  });

  it('says which port is taken and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, err } = await run(['serve'], { PORT: String(port) });
    other.close();
    expect(code).to.equal(1);
    expect(err).to.equal(
      `Port ${port} on 127.0.0.1 is in use. Stop what uses it, or choose another: PORT=${port + 1} npm start\n`,
    );
  });

  it('brings a database up to date, publishes files and refuses wrong ones', async () => {
    expect(await run(['migrate'])).to.include({ code: 0, out: 'The database is up to date.\n' });
    const model = join(PROJECT_ROOT, 'processes', 'general', 'after.bpmn');
    const deployed = await run(['deploy', '--tenant', 'bispevik', model]);
    expect(deployed.code, deployed.err).to.equal(0);
    expect(deployed.out).to.contain('general-after');
    const broken = join(folder, 'broken.bpmn');
    await writeFile(broken, '<definitions');
    const refused = await run(['deploy', broken]);
    expect(refused.code).to.equal(1);
    expect(refused.err).to.contain('not readable BPMN').and.not.contain('    at ');
    const missing = await run(['deploy', join(folder, 'missing.bpmn')]);
    expect(missing.code).to.equal(1);
    expect(missing.err).to.match(/^ENOENT.*missing\.bpmn'\n$/);
    expect(await run(['deploy'])).to.include({ code: 1, err: 'Which files?\n' });
    expect(await run(['deploy', '--force'])).to.include({ code: 1, out: '' });
  });

  it('works alone only beside a database that others can reach', async () => {
    const { code, err } = await run(['work']);
    expect(code).to.equal(1);
    expect(err).to.contain('set DATABASE_URL');
  });
});
