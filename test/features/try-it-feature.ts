import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { listen } from '../../src/cli/listen.js';
import type { Listening } from '../../src/cli/listen.js';
import { tryItSteps } from '../../src/http/pages/try-it.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const run = promisify(execFile);

describe('Feature: a stranger follows the steps of the start page', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let server: Listening;
  let reference: string;
  before(async () => {
    apps = await startTwoApps();
    server = await listen(apps.nodes[0]!.app, { host: '127.0.0.1', port: 0 });
  });
  after(async () => {
    await server.close();
    await apps.stop();
  });

  /** What the step of this number prints; what it sets, the next one sees. */
  async function follow(number: number): Promise<string> {
    const { command } = tryItSteps(server.url, 'en')[number - 1]!;
    const state = join(apps.folder, 'shell-state');
    const script = [
      `[ ! -f ${state} ] || . ${state}`,
      'set -ae -o pipefail',
      'curl() { command curl --fail-with-body "$@"; }',
      command,
      `export -p > ${state}`,
    ];
    const { stdout } = await run('bash', ['-c', script.join('\n')], { cwd: apps.folder });
    await apps.runDue();
    return stdout;
  }

  it('1: registers an inquiry, and is told which unit has it and why', async () => {
    const said = JSON.parse(await follow(1));
    expect(said).to.include({ unit: 'VAR', status: 'registered' });
    expect(said.routing.explanation.matched).to.have.lengthOf(1);
    ({ reference } = said);
  });

  it('2: finds the task', async () => {
    expect(JSON.parse(await follow(2)).items).to.have.lengthOf(1);
  });

  it('3: takes it and completes it', async () => {
    expect(await follow(3)).to.contain('"state": "completed"');
  });

  it('4: sees the whole story', async () => {
    expect(JSON.parse(await follow(4)).history.length).to.be.greaterThan(5);
  });

  it('5 and 6: lets the deadline pass, and sees the escalation', async () => {
    await follow(5);
    const { items } = JSON.parse(await follow(6));
    expect(items[0]).to.include({ reference, deadline: 'guarantee', level: 1 });
    expect(items[0].escalatedAt).to.equal(items[0].dueAt);
  });
});
