import { expect } from 'chai';
import { openServiceCase, tellProcess } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

const PLAN = { collectOn: '2026-12-01', crew: 'extra' };

describe('Feature: missed collections', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  /** The front desk cannot solve it at once, and sends it on. */
  const report = async (answers: object, location?: object) => {
    const all = {
      waste: 'paper',
      scope: 'mine',
      binOut: 'yes',
      hindrance: 'none',
      propertyAddress: 'Storgata 1',
      ...answers,
    };
    const draft = {
      channel: 'form',
      service: 'TOMMING',
      answers: all,
      ...(location && { location }),
    };
    const one = await openServiceCase(apps, draft, ['agent', 'caseworker']);
    const open = await one.open();
    if (open.includes('g12_svar1')) await one.complete('g12_svar1', { firstLineResult: 'forward' });
    return one;
  };

  it('Given a bin that was out, when the vehicle has collected it, then the citizen is told', async () => {
    const one = await report({});
    expect(await one.open()).to.deep.equal(['tom_plan']);
    await one.complete('tom_plan', PLAN);
    await tellProcess(apps, one.reference, 'missed-collection.done');
    await one.close('completed');
    expect(one.told().join()).to.contain('Her er svaret.');
  });

  it('Given food waste that is not collected, when its working days are over, then it is escalated, and still collected', async () => {
    const one = await report({ waste: 'food' });
    await one.complete('tom_plan', PLAN);
    expect(await one.escalations()).to.equal(0);
    await apps.pass(5 * DAY);
    expect(await one.escalations()).to.equal(1);
    await tellProcess(apps, one.reference, 'missed-collection.done');
    await one.close('completed');
  });

  it('Given a bin that was not out, when it is reported, then it is taken at the next ordinary round', async () => {
    const one = await report({ binOut: 'no' });
    await one.close('answered');
  });

  it('Given a whole street, when a neighbour reports it too, then the neighbour follows the main case', async () => {
    const spot = { latitude: 59.22, longitude: 10.95 };
    const first = await report({ scope: 'street' }, spot);
    const second = await report({ scope: 'street' }, { ...spot, latitude: 59.2205 });
    await second.close('linked');
    expect(second.told().join()).to.contain(first.reference);
  });
});
