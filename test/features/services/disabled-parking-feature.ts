import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

/** Said nowhere else, so that it is found wherever it leaks. */
const HEALTH = 'Hoftebrudd-i-2019';

const FORM = {
  channel: 'form',
  service: 'PARKHC',
  text: HEALTH,
  location: { address: `${HEALTH}-veien 1` },
  answers: {
    applicationKind: 'new',
    applicantRole: 'driver',
    hasMedical: true,
    hasPhoto: true,
    text: HEALTH,
  },
};
const LACKING = { ...FORM, answers: { ...FORM.answers, hasMedical: false } };
const ASSESSED = { medicalAssessment: HEALTH, needAssessment: HEALTH };
const REFUSED = { ...ASSESSED, decision: 'refuse', reasons: HEALTH, complaintInfo: true };

describe('Feature: disabled parking permits', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  it('Given a complete application, when it is granted, then the holder is reminded eight weeks before it expires', async () => {
    const one = await openServiceCase(apps, FORM);
    await one.complete('park_vurder', { ...ASSESSED, decision: 'grant' });
    await one.complete('park_utsted', { permitNumber: '26-100', permitYears: 2 });
    await one.close('completed');
    const mails = one.told().length;
    await apps.pass(660 * DAY);
    expect(one.told()).to.have.lengthOf(mails);
    await apps.pass(30 * DAY);
    expect(one.told().length).to.be.greaterThan(mails);
    expect(one.told().at(-1)).to.match(/forny/i);
    await apps.pass(260 * DAY);
    const { body } = await apps.as('agent').get(`/api/inquiries/${one.reference}`).expect(200);
    expect(body.status).to.equal('deidentified');
  });

  it('Given a restricted case, then the front desk sees where it stands, and only its unit what was said', async () => {
    const one = await openServiceCase(apps, FORM);
    const path = `/api/inquiries/${one.reference}`;
    const message = { kind: 'received', channel: 'phone', text: HEALTH };
    await apps.as('agent').post(`${path}/messages`, message).expect(201);
    for (const login of ['agent', 'admin']) {
      const { body } = await apps.as(login).get(path).expect(200);
      expect(body.content, login).to.include({ subject: null, text: null, address: null });
      expect(body.status).to.equal('registered');
      expect(body.unit).to.equal('TILD');
      for (const of of ['', '/messages', '/status']) {
        const { text } = await apps.as(login).get(`${path}${of}`);
        expect(text, `${login} ${of}`).not.to.contain(HEALTH);
      }
      await apps.as(login).get(`${path}/attachments`).expect(403);
    }
    await apps.as('caseworker').get(path).expect(404);
    const { body: read } = await apps.as('clerk').get(path).expect(200);
    expect(read.content.text).to.equal(HEALTH);
    const { text: said } = await apps.as('clerk').get(`${path}/messages`).expect(200);
    expect(said).to.contain(HEALTH);
    await one.complete('park_vurder', REFUSED);
    await one.close('rejected');
    expect(apps.mail.received.map(({ mail }) => mail.text).join()).not.to.contain(HEALTH);
  });

  it('and the journal is shielded, and no process knows what was said', async () => {
    const one = await openServiceCase(apps, FORM);
    await apps.pass(15 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    await one.complete('park_vurder', REFUSED);
    await one.close('rejected');
    const folder = join(apps.folder, 'archive', 'fjordvik', one.reference);
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest).to.include({ rule: 'journal', shielding: 'offentleglova § 13' });
    for (const table of ['process_instance', 'step_log', 'job', 'user_task', 'event', 'message']) {
      const found = await apps.db.query(
        `SELECT 1 FROM ${table} AS t WHERE to_jsonb(t)::text LIKE $1`,
        [`%${HEALTH}%`],
      );
      expect(found, table).to.deep.equal([]);
    }
  });

  it('Given a lacking application, when the applicant sends what is missing, then it is assessed', async () => {
    const one = await openServiceCase(apps, LACKING);
    await one.complete('park_mangler', { missing: 'Legeerklæring' });
    const body = { kind: 'received', channel: 'visit', text: 'Her er den.' };
    await apps.as('agent').post(`/api/inquiries/${one.reference}/messages`, body).expect(201);
    await apps.runDue();
    await one.complete('park_vurder', REFUSED);
    await one.close('rejected');
  });

  it('and when nothing comes, then there is a reminder after three weeks, and after six what exists is decided on', async () => {
    const one = await openServiceCase(apps, LACKING);
    await one.complete('park_mangler', { missing: 'Legeerklæring' });
    const mails = one.told().length;
    await apps.pass(22 * DAY);
    expect(one.told()).to.have.lengthOf(mails + 1);
    expect(await one.open()).not.to.include('park_vurder');
    await apps.pass(22 * DAY);
    await one.complete('park_vurder', REFUSED);
    await one.close('rejected');
  });
});
