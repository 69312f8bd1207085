import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const PROGRAM = fileURLToPath(new URL('exchange.ts', import.meta.url));

/** What a node prints; `given` is its input. */
async function node(mode: 'begin' | 'go-on', tuning: string, given = ''): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, mode, tuning]);
  child.stdin.end(given);
  const [printed, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!printed) throw new Error(complaint);
  return printed;
}

describe('a tuned node and an untuned one', () => {
  it('go on with each other’s cases, to the same end', async function () {
    this.timeout(120_000);
    const [tuned, untuned] = await Promise.all([node('begin', 'tuned'), node('begin', 'untuned')]);
    expect(JSON.parse(tuned)).to.have.length.greaterThan(45);
    const ends = await Promise.all([
      node('go-on', 'untuned', untuned),
      node('go-on', 'untuned', tuned),
      node('go-on', 'tuned', untuned),
      node('go-on', 'tuned', tuned),
    ]);
    const [asItComes, ...others] = ends.map((end) => JSON.parse(end) as Record<string, unknown>);
    for (const other of others) expect(other).to.deep.equal(asItComes);
  });
});
