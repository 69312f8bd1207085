import { expect } from 'chai';
import { runChild } from '../helpers/run-child.js';

describe('a node', () => {
  it('lives on when a promise is rejected that nobody awaits, and logs it with a code', async () => {
    const child = runChild(new URL('rejecting-node.ts', import.meta.url));
    await child.hasWritten(2);
    const [logged = '', last] = child.lines;
    expect(JSON.parse(logged)).to.deep.include({ level: 'error', code: 'unhandled_rejection' });
    expect(last).to.equal('still here');
    await child.ended;
  });
});
