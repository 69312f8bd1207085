import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { describeUnless } from '../helpers/needs.js';
import { serve, type Served } from '../helpers/served-product.js';
import { markedExamples, readdress } from './readme-examples.js';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
/** Starting the server included, on a machine that has much else to do. */
const LIMIT_MS = 300_000;

const examples = existsSync(README) ? markedExamples(readFileSync(README, 'utf8')) : [];
const lack = examples.length === 0 ? 'README.md has no example marked <!-- run -->' : undefined;

const runProgram = promisify(execFile);

/** What one example sets, the next one sees, as in the terminal of a reader who follows them. */
async function runExample(script: string, { address, folder }: Served): Promise<void> {
  const state = join(folder, 'shell-state');
  const story = [
    `set -a; [ ! -f ${state} ] || . ${state}`,
    // An answer that is an error would otherwise count as a success of curl.
    'curl() { command curl --fail-with-body --silent --show-error "$@"; }',
    readdress(script, address),
    `export -p > ${state}`,
  ];
  const arguments_ = ['-e', '-o', 'pipefail', '-c', story.join('\n')];
  await runProgram('bash', arguments_, { cwd: folder }).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`it failed, saying:\n${stdout}\n${stderr}`);
  });
}

describeUnless(lack, 'the examples of README.md', function () {
  this.timeout(LIMIT_MS);
  let served: Served | undefined;

  before('start the server', async () => {
    served = await serve();
  });

  after('stop the server', () => served?.stop());

  it('are there to be run', () => {
    expect(examples).to.not.be.empty;
  });

  for (const { line, script } of examples) {
    it(`line ${line}: ${script.split('\n')[0] ?? ''}`, () => runExample(script, served!));
  }
});
