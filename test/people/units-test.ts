import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import { InvalidError } from '../../src/kernel/errors.js';
import { findUnit, loadUnits, readUnits } from '../../src/people/units.js';
import { testDatabase } from '../helpers/database.js';

const names = { nb: 'Teknisk', nn: 'Teknisk', en: 'Technical services' };

describe('the units of a municipality', () => {
  let db: Db;

  before(async () => {
    db = await testDatabase();
  });

  it('are loaded as a tree and changed when loaded again', async () => {
    await loadUnits(db, 'fjordvik', [
      { code: 'VEI', names, parent: 'TEK', email: 'vei@fjordvik.example' },
      { code: 'TEK', names, managerEmail: 'leder@fjordvik.example' },
    ]);
    await loadUnits(db, 'fjordvik', [{ code: 'TEK', names: { ...names, en: 'Works' } }]);
    expect((await readUnits(db, 'fjordvik')).map(({ code }) => code)).to.deep.equal(['TEK', 'VEI']);
    expect(await findUnit(db, 'fjordvik', 'VEI')).to.deep.equal({
      code: 'VEI',
      names,
      parent: 'TEK',
      email: 'vei@fjordvik.example',
      managerEmail: null,
      validFrom: null,
      validTo: null,
    });
    expect((await findUnit(db, 'fjordvik', 'TEK'))?.names.en).to.equal('Works');
    expect(await findUnit(db, 'bispevik', 'VEI')).to.equal(undefined);
  });

  it('are refused with every reason at once', async () => {
    const refused = await loadUnits(db, 'fjordvik', [
      { code: 'vei', names },
      { code: 'VAR', names, parent: 'NONE' },
      { code: 'VAR', names, email: 'not an address' },
    ]).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(InvalidError);
    expect((refused as InvalidError).details.map(({ path }) => path)).to.have.members([
      '0.code',
      '1.parent',
      '2.code',
      '2.email',
    ]);
    expect(await findUnit(db, 'fjordvik', 'VAR')).to.equal(undefined);
  });
});
