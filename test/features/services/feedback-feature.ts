import { expect } from 'chai';
import supertest from 'supertest';
import type { ServiceCase } from '../../helpers/service-case.js';
import { expectNoTraceOf, followServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

describe('Feature: praise, complaints about service, and what nobody knows where to put', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  /** Fills in the web form, and follows the case by the number on the citizen's page. */
  async function write(
    answers: object,
    email = '',
    text = 'Takk skal dere ha',
  ): Promise<ServiceCase> {
    const opened = new Date(apps.clock().getTime() - HOUR).toISOString();
    const party = email ? { partyName: 'Ros Ellerris', partyEmail: email } : {};
    const sent = supertest(apps.next()).post('/fjordvik/form/TILBAKEM');
    for (const [name, value] of Object.entries({ ...answers, ...party, text, opened })) {
      void sent.field(name, value);
    }
    const { headers } = await sent.expect(303);
    const page = await supertest(apps.next()).get(String(headers['location'])).expect(200);
    await apps.runDue();
    const reference = /<dd[^>]*>\s*<strong[^>]*>([^<]+)</.exec(page.text)?.[1] ?? '';
    return followServiceCase(apps, reference, ['clerk', 'caseworker', 'agent'], email);
  }
  const considered = { finding: 'upheld', caseNote: 'Køen var lang den dagen.' };

  it('Given praise for the library, when it is sent, then those it is about hear it and the service centre thanks', async () => {
    const one = await write({ kind: 'praise', aboutUnit: 'KULT' }, 'ros@example.no');
    expect(await one.open()).to.deep.equal(['ris_del']);
    await one.complete('ris_del', { praiseShared: true });
    await one.close('answered');
    expect(one.told().join()).to.contain('Her er svaret.');
  });

  it('Given a complaint about service, when the unit is slow, then an interim reply goes out a working day before the promise, and what was found leads to a change', async () => {
    const about = { kind: 'complaint', aboutUnit: 'VEI' };
    const one = await write(about, 'ris@example.no', 'Brøytemannen Olfert ropte til meg');
    expect(await one.open()).to.deep.equal(['ris_utred']);
    // Four working days are promised from Monday: the process asks on Thursday at the latest.
    await apps.pass(4 * DAY);
    expect(await one.open()).to.deep.equal(['ris_forelopig', 'ris_utred']);
    const delayReason = 'Olfert er på ferie.';
    const promisedBy = new Date(apps.clock().getTime() + 14 * DAY).toISOString().slice(0, 10);
    await one.complete('ris_forelopig', { interimReply: true, delayReason, promisedBy });
    expect(one.told().at(-1)).to.contain(delayReason);
    await one.complete('ris_utred', { ...considered, improve: true });
    await one.complete('ris_forbedre', { improvement: 'training', improvementBy: '2026-05-01' });
    await one.close('answered');
    await expectNoTraceOf(apps, ['Olfert', 'ris@example.no', 'Ellerris', 'Køen var lang']);
  });

  it('Given the answer is at hand, when the interim reply is clearly unnecessary, then none is sent', async () => {
    const one = await write({ kind: 'suggestion', aboutUnit: 'BYGG' }, 'forslag@example.no');
    await apps.pass(6 * DAY);
    const told = one.told().length;
    await one.complete('ris_forelopig', { interimReply: false });
    expect(one.told()).to.have.length(told);
    await one.complete('ris_utred', { finding: 'notUpheld', caseNote: 'Allerede gjort.' });
    await one.close('answered');
  });

  it('Given that the answer comes first, when the unit is done, then nobody has to write the interim reply', async () => {
    const one = await write({ kind: 'complaint', aboutUnit: 'OKO' }, 'forst@example.no');
    await apps.pass(6 * DAY);
    expect(await one.open()).to.include('ris_forelopig');
    await one.complete('ris_utred', considered);
    expect(await one.open()).not.to.include('ris_forelopig');
    await one.close('answered');
  });

  it('Given something unclear, when nobody sorts it within four hours, then it is escalated, and it goes to whom it is about', async () => {
    const one = await write({ kind: 'unclear' }, 'uklar@example.no', 'Hvem eier bekken?');
    expect(await one.open()).to.deep.equal(['ris_sorter']);
    await apps.pass(3 * HOUR);
    expect(await one.escalations()).to.equal(0);
    await apps.pass(2 * HOUR);
    expect(await one.escalations()).to.equal(1);
    await one.complete('ris_sorter', { kind: 'suggestion', aboutUnit: 'VAR' });
    expect(await one.open()).to.deep.equal(['ris_utred']);
    await one.complete('ris_utred', { finding: 'partly', caseNote: 'Kommunen eier den.' });
    await one.close('answered');
  });

  it('Given a complaint without a name, when it is considered, then it ends without a mail to anybody', async () => {
    const one = await write({ kind: 'complaint', aboutUnit: 'SERV' });
    await one.complete('ris_utred', considered);
    await one.close('answered');
    const named = apps.mail.received.filter(({ mail }) => mail.subject?.includes(one.reference));
    expect(named.every(({ to }) => to.every((address) => address.endsWith('.example')))).to.equal(
      true,
    );
  });
});
