import { expect } from 'chai';
import { serve } from '../helpers/served-product.js';

describe('npm start', function () {
  this.timeout(300_000);

  it('builds what is not built, serves, and ends cleanly when it is told to', async () => {
    const served = await serve(['scripts/start.mjs', 'serve']);
    const answer = await fetch(served.address);
    expect(answer.headers.get('content-type')).to.contain('text/html');
    expect(await served.stop()).to.equal(0);
  });
});
