import { expect } from 'chai';
import { progressDisplay } from '../../src/cli/replay-progress.js';

const at = new Date('2024-02-03T04:05:06Z');

function shown(isTTY: boolean, cases: number, dones: readonly number[]): string {
  let text = '';
  const display = progressDisplay({ isTTY, write: (part) => (text += part) });
  for (const done of dones) display.show({ done, cases, at });
  display.end();
  return text;
}

describe('The progress of a replay', () => {
  it('is one line that moves, on a terminal', () => {
    expect(shown(true, 4, [0, 4])).to.equal(
      '\r0 of 4 cases, 2024-02-03\u001b[K\r4 of 4 cases, 2024-02-03\u001b[K\n',
    );
  });

  it('is redrawn on a terminal no more often than it can be seen', () => {
    const redrawn = shown(
      true,
      100_000,
      Array.from({ length: 1000 }, (_, done) => done),
    );
    expect(redrawn.split('\r').length).to.be.lessThan(100);
  });

  it('is a plain line for each tenth, elsewhere', () => {
    const dones = Array.from({ length: 26 }, (_, index) => Math.min(index, 25));
    const lines = shown(false, 25, [...dones, 25])
      .trimEnd()
      .split('\n');
    expect(lines).to.have.length(10);
    expect(lines[0]).to.equal('3 of 25 cases, 2024-02-03');
    expect(lines[9]).to.equal('25 of 25 cases, 2024-02-03');
  });

  it('is nothing where nothing happened', () => {
    expect(shown(true, 4, [])).to.equal('');
    expect(shown(false, 4, [0, 0])).to.equal('');
  });
});
