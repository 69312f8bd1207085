import { expect } from 'chai';
import { isInstalled, nodeVersionProblem } from '../../scripts/setup.mjs';

describe('the version of Node', () => {
  it('may be the oldest allowed or any newer one', () => {
    for (const version of ['20.19.0', '20.20.2', '22.1.0', '100.0.0']) {
      expect(nodeVersionProblem(version, '>=20.19'), version).to.be.undefined;
    }
  });

  it('that is too old is answered with a sentence that names both', () => {
    for (const version of ['18.20.4', '20.18.3']) {
      expect(nodeVersionProblem(version, '>=20.19'), version)
        .to.contain('Node 20.19')
        .and.contain(version);
    }
  });
});

describe('the installed dependencies', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/pg': { version: '8.23.1' },
      'node_modules/only-on-mac': { version: '1.0.0', optional: true },
    },
  };

  it('are complete without what is only for other platforms', () => {
    const installed = { packages: { 'node_modules/pg': { version: '8.23.1' } } };
    expect(isInstalled(wanted, installed)).to.be.true;
  });

  it('are not complete where one is missing or of another version', () => {
    expect(isInstalled(wanted, { packages: {} })).to.be.false;
    const older = { packages: { 'node_modules/pg': { version: '8.22.0' } } };
    expect(isInstalled(wanted, older)).to.be.false;
  });
});
