import { expect } from 'chai';
import type { ServiceCase } from '../../helpers/service-case.js';
import { openServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

describe('Feature: a venue for an association', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const ask = (youth: string, more: object = {}) => {
    const eventFrom = new Date(apps.clock().getTime() + 40 * DAY).toISOString();
    const answers = { renter: 'association', venue: 'hall', youth, eventFrom, ...more };
    return openServiceCase(apps, { channel: 'form', service: 'LOKALE', answers });
  };
  const offer = { agreedPrice: 600, notice: 'Idrettshallen lørdag kl. 18, 600 kroner.' };
  const message = async (name: string, { reference }: ServiceCase) => {
    const [row] = await apps.db.query<{ id: string }>(
      'SELECT id FROM inquiry WHERE reference = $1',
      [reference],
    );
    await apps
      .as('admin')
      .post('/v2/messages/correlation', { name, correlationKey: row?.id })
      .expect(200);
    await apps.runDue();
  };
  const reply = async ({ reference }: ServiceCase) => {
    await apps
      .as('agent')
      .post(`/api/inquiries/${reference}/messages`, {
        kind: 'received',
        channel: 'phone',
        text: 'Det vil vi.',
      })
      .expect(201);
    await apps.runDue();
  };

  it('Given a club of grown-ups, when everything is late, then each deadline is answered and the booking agreed', async () => {
    const one = await ask('no');
    await apps.pass(4 * DAY);
    expect(one.reminders()).to.equal(1);
    await one.complete('lok_ledig', { available: 'yes', associationFound: true });
    await apps.pass(6 * DAY);
    expect(await one.escalations()).to.equal(1);
    await one.complete('lok_tilbud', offer);
    expect(one.told().some((text) => text.includes('600 kroner'))).to.equal(true);
    await reply(one);
    await one.complete('lok_svar', { reply: 'accepted' });
    await apps.pass(10 * DAY);
    expect(one.told().filter((text) => text.includes('600 kroner'))).to.have.length(2);
    await message('venue.paid', one);
    await apps.pass(19 * DAY);
    // Two of the service's own, and one of the promise that comes near.
    expect(one.reminders()).to.equal(3);
    await one.complete('lok_nokkel', { access: 'code' });
    await one.close('completed');
  });

  it('Given an offer, when nobody answers within seven days, then it is open no longer', async () => {
    const one = await ask('yes');
    await one.complete('lok_ledig', { available: 'yes' });
    await one.complete('lok_tilbud', offer);
    await apps.pass(8 * DAY);
    await one.close('withdrawn');
  });

  it('Given an accepted offer, when nobody pays within fourteen days, then the venue is free again', async () => {
    const one = await ask('no');
    await one.complete('lok_ledig', { available: 'yes' });
    await one.complete('lok_tilbud', offer);
    await reply(one);
    await one.complete('lok_svar', { reply: 'accepted' });
    await apps.pass(14 * DAY);
    await one.close('withdrawn');
  });

  it('Given an accepted offer, when the renter cancels, then the venue is free again', async () => {
    const one = await ask('no');
    await one.complete('lok_ledig', { available: 'yes' });
    await one.complete('lok_tilbud', offer);
    await reply(one);
    await one.complete('lok_svar', { reply: 'accepted' });
    await message('venue.cancelled', one);
    await one.close('withdrawn');
  });

  it('Given a venue that is taken, when there is no other time, then the wish is refused', async () => {
    const one = await ask('yes');
    await one.complete('lok_ledig', { available: 'conflict' });
    await one.complete('lok_los', { alternative: 'no' });
    await one.close('rejected');
  });
});
