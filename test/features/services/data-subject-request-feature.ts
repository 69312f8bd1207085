import { expect } from 'chai';
import { openServiceCase } from '../../helpers/service-case.js';
import type { ServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

const ABOUT = 'Alt om meg fra Torggata';

describe('Feature: requests about one’s own data', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const ask = (channel: string, right: string) =>
    openServiceCase(apps, {
      channel,
      service: 'PERSONVERN',
      text: ABOUT,
      answers: { right, text: ABOUT },
    });
  const collect = async (one: ServiceCase, units: string[], archiveDuty: boolean) => {
    await one.complete('pvob_velg', { units });
    for (const unit of units) {
      const holds = unit === 'DOK' ? 'no' : 'yes';
      const collected = holds === 'yes' ? { collected: ABOUT } : {};
      await one.complete('pvob_finn', { holdsData: holds, ...collected });
    }
    await one.complete('pvob_sammenstill', { archiveDuty, summary: ABOUT });
  };
  const say = async ({ reference }: ServiceCase) => {
    const body = { kind: 'received', channel: 'visit', text: 'Her er legitimasjonen.' };
    await apps.as('agent').post(`/api/inquiries/${reference}/messages`, body).expect(201);
    await apps.runDue();
  };

  it('Given a request over the portal, when three units have answered, then a copy is given, and no process knows what they hold', async () => {
    const one = await ask('portal', 'access');
    await collect(one, ['OKO', 'OPPV', 'DOK'], false);
    await one.complete('pvob_avgjor', { measure: 'give' });
    await one.complete('pvob_gi', { copyMade: true });
    await one.close('completed');
    for (const table of ['process_instance', 'step_log', 'job', 'user_task', 'event']) {
      const found = await apps.db.query(
        `SELECT 1 FROM ${table} AS t WHERE to_jsonb(t)::text LIKE $1`,
        [`%${ABOUT}%`],
      );
      expect(found, table).to.deep.equal([]);
    }
  });

  it('Given a letter, when the citizen proves who it is, then the request is heard, and what must be archived is not erased', async () => {
    const one = await ask('letter', 'erasure');
    await one.complete('pvo_be', { missing: 'Legitimasjon i skranken' });
    await say(one);
    await one.complete('pvo_kontroll', { identityConfirmed: 'yes' });
    await collect(one, ['OKO'], true);
    await one.complete('pvob_avgjor', { measure: 'erase' });
    await one.complete('pvob_avgjor', {
      measure: 'refuse',
      reasons: 'Opplysningene må bevares.',
      complaintInfo: true,
    });
    await one.close('rejected');
  });

  it('Given a letter that nobody stands by, when fourteen days pass, then the request is dismissed', async () => {
    const one = await ask('letter', 'access');
    await one.complete('pvo_be', { missing: 'Legitimasjon i skranken' });
    await apps.pass(15 * DAY);
    await one.close('rejected');
  });

  it('and so it is when it was somebody else', async () => {
    const one = await ask('letter', 'access');
    await one.complete('pvo_be', { missing: 'Legitimasjon i skranken' });
    await say(one);
    await one.complete('pvo_kontroll', { identityConfirmed: 'no' });
    await one.close('rejected');
  });

  it('Given slow units, when a month draws near, then the deadline is extended and the citizen told, before the month is out', async () => {
    const one = await ask('portal', 'rectification');
    await one.complete('pvob_velg', { units: ['KULT'] });
    await apps.pass(18 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    await apps.pass(8 * DAY);
    const until = new Date(apps.clock().getTime() + 40 * DAY).toISOString().slice(0, 10);
    await one.complete('pvo_forleng', {
      extendDeadline: 'yes',
      delayReason: 'Mange enheter må lete.',
      extendedTo: until,
    });
    expect(one.told().at(-1)).to.match(/foreløpig svar/i);
    await one.complete('pvob_finn', { holdsData: 'yes', collected: ABOUT });
    await one.complete('pvob_sammenstill', { archiveDuty: false, summary: ABOUT });
    await one.complete('pvob_avgjor', { measure: 'correct' });
    await one.complete('pvob_rett', { corrected: true });
    await one.close('completed');
  });
});
