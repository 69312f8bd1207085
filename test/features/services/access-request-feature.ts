import { expect } from 'chai';
import { openServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

const FORM = {
  channel: 'form',
  service: 'INNSYN',
  answers: { subjectArea: 'building', documentKind: 'case', text: 'Byggesaken i Storgata 1' },
};

describe('Feature: access to documents', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  it('Given a request from the web form, when the documents are open, then all is given', async () => {
    const one = await openServiceCase(apps, FORM);
    await one.complete('innsynv_finn', { found: 'identified', archiveCase: '26/1234' });
    await one.complete('innsynv_vurder', { access: 'full' });
    await one.close('answered');
    expect(one.told().some((text) => text.includes('Her er svaret.'))).to.equal(true);
  });

  it('Given somebody who does not say who it is, when health data is asked for, then it is read for secrecy and masked', async () => {
    const answers = { ...FORM.answers, subjectArea: 'health' };
    const one = await openServiceCase(apps, { ...FORM, party: null, answers });
    await one.complete('innsynv_finn', { found: 'identified' });
    await one.complete('innsynv_les', { confidentialFound: true });
    await one.complete('innsynv_vurder', {
      access: 'partial',
      legalBasis: '13',
      reasons: 'Opplysninger om helse er taushetsbelagte.',
      complaintInfo: true,
    });
    await one.complete('innsynv_sladd', { maskedPages: 2, maskChecked: true });
    expect((await one.open()).filter((id) => id.startsWith('innsyn'))).to.deep.equal([]);
  });

  it('and a refusal needs its section, its reasons, wider access considered, and how to appeal', async () => {
    const one = await openServiceCase(apps, FORM);
    await one.complete('innsynv_finn', { found: 'identified' });
    const { body } = await apps.as('clerk').get(`/api/tasks?inquiry=${one.reference}`);
    const { id } = body.items.find((task: { elementId: string }) => /vurder$/.test(task.elementId));
    await apps.as('clerk').post(`/api/tasks/${id}/claim`).expect(200);
    const bare = { answers: { access: 'refused' } };
    const refused = await apps.as('clerk').post(`/api/tasks/${id}/complete`, bare).expect(400);
    const paths = refused.body.errors.map(({ path }: { path: string }) => path);
    expect(paths).to.have.members(['legalBasis', 'extendedAccess', 'reasons', 'complaintInfo']);
    const answers = {
      access: 'refused',
      legalBasis: '14',
      extendedAccess: true,
      reasons: 'Organinternt utkast.',
      complaintInfo: true,
    };
    await apps.as('clerk').post(`/api/tasks/${id}/complete`, { answers }).expect(200);
    await apps.runDue();
    await one.close('rejected');
  });

  it('Given that nobody decides, when 1, 3 and 5 working days pass, then the unit is reminded, the manager told, and the citizen told of the right to appeal', async () => {
    const one = await openServiceCase(apps, FORM);
    await apps.pass(2 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    expect(await one.escalations()).to.equal(0);
    await apps.pass(2 * DAY);
    expect(await one.escalations()).to.equal(1);
    await apps.pass(4 * DAY);
    expect(one.told().join()).to.contain('avslag');
    const { body } = await apps.as('agent').get(`/api/inquiries/${one.reference}`).expect(200);
    const words = body.history.map(({ nb }: { nb: string }) => nb);
    expect(words).to.include('Fristen er ute. Kravet regnes som avslått, og du kan klage');
    await one.complete('innsynv_finn', { found: 'identified' });
    await one.complete('innsynv_vurder', { access: 'full' });
    await one.close('answered');
  });

  it('Given an unclear request, when the citizen is asked, then the days do not count until the answer', async () => {
    const one = await openServiceCase(apps, FORM);
    await one.complete('innsynv_finn', { found: 'unclear' });
    await one.complete('innsyn_sporsmal', { missing: 'Hvilken adresse gjelder det?' });
    expect(one.told().at(-1)).to.contain('Hvilken adresse');
    await apps.pass(10 * DAY);
    expect(await one.escalations()).to.equal(0);
    await say(apps, one.reference);
    await one.complete('innsynv_finn', { found: 'identified' });
    await one.complete('innsynv_vurder', { access: 'full' });
    await one.close('answered');
  });

  it('and without an answer in fourteen days the request is dismissed', async () => {
    const one = await openServiceCase(apps, FORM);
    await one.complete('innsynv_finn', { found: 'unclear' });
    await one.complete('innsyn_sporsmal', { missing: 'Hvilken adresse gjelder det?' });
    await apps.pass(15 * DAY);
    await one.close('rejected');
  });
});

async function say(apps: TwoApps, reference: string): Promise<void> {
  const body = { kind: 'received', channel: 'phone', text: 'Det gjelder Storgata 1.' };
  await apps.as('agent').post(`/api/inquiries/${reference}/messages`, body).expect(201);
  await apps.runDue();
}
