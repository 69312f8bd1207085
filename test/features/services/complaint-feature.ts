import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { followServiceCase, openServiceCase } from '../../helpers/service-case.js';
import type { ServiceCase } from '../../helpers/service-case.js';
import { DAY, FEATURE_TIMEOUT_MS, startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';

const WHY = 'Jeg mener at avslaget bygger på feil faktum';
const REQUEST = { subjectArea: 'building', documentKind: 'case', text: 'Byggesaken' };

describe('Feature: appeals and complaints', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const refused = async (): Promise<ServiceCase> => {
    const one = await openServiceCase(apps, {
      channel: 'form',
      service: 'INNSYN',
      answers: REQUEST,
    });
    await one.complete('innsynv_finn', { found: 'identified' });
    await one.complete('innsynv_vurder', {
      access: 'refused',
      legalBasis: '13',
      reasons: 'Taushetsplikt.',
      complaintInfo: true,
    });
    await one.close('rejected');
    return one;
  };
  const file = async (about: ServiceCase, kind: string) => {
    const body = { kind, channel: 'letter', text: WHY };
    const path = `/api/inquiries/${about.reference}/complaints`;
    const { body: filed } = await apps.as('agent').post(path, body).expect(201);
    await apps.runDue();
    return { filed, one: followServiceCase(apps, filed.reference) };
  };

  it('Given a refusal, when it is appealed against, then the unit that decided reconsiders, and changes it', async () => {
    const about = await refused();
    const { filed, one } = await file(about, 'appeal');
    expect(filed.service).to.equal('KLAGE');
    await one.complete('klage_vurder', { reconsidered: 'changed', reasons: 'Vi tok feil.' });
    await one.close('completed');
    const { body } = await apps.as('agent').get(`/api/inquiries/${about.reference}`).expect(200);
    const words = body.history.map(({ nb }: { nb: string }) => nb);
    expect(words).to.include('Vedtaket er påklaget i en egen sak');
    expect(body.status).to.equal('closed');
  });

  it('Given a decision that is upheld, when everybody is slow, then they are reminded, the appeal body confirms it, and all is in a shielded journal', async () => {
    const { one } = await file(await refused(), 'appeal');
    await apps.pass(15 * DAY);
    expect(one.reminders()).to.be.greaterThan(0);
    await one.complete('klage_vurder', { reconsidered: 'upheld', reasons: 'Vi står ved det.' });
    await one.complete('klage_send', {
      documentsComplete: true,
      forwardedOn: '2026-03-20',
      caseNote: 'Oversendes.',
    });
    const told = apps.mail.received.filter(({ mail }) => mail.subject?.includes(one.reference));
    expect(told.at(-1)?.mail.subject).to.match(/klage/i);
    const before = one.reminders();
    await apps.pass(57 * DAY);
    expect(one.reminders()).to.be.greaterThan(before);
    await decide(apps, one.reference, 'upheld');
    await one.close('rejected');
    const folder = join(apps.folder, 'archive', 'fjordvik', one.reference);
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest).to.include({ rule: 'journal', shielding: 'offentleglova § 13' });
    for (const table of ['process_instance', 'step_log', 'job', 'user_task', 'event']) {
      const found = await apps.db.query(
        `SELECT 1 FROM ${table} AS t WHERE to_jsonb(t)::text LIKE $1`,
        [`%${WHY}%`],
      );
      expect(found, table).to.deep.equal([]);
    }
  });

  it('Given an appeal that comes after three weeks, then whether to hear it is a question of its own', async () => {
    const about = await refused();
    await apps.pass(30 * DAY);
    const { one } = await file(about, 'appeal');
    await one.complete('klage_frist', { lateAccepted: 'no', reasons: 'Ingen særlige grunner.' });
    await one.close('rejected');
  });

  it('Given a citizen who fills in the form and mistypes the case number, then somebody finds the decision', async () => {
    const one = await openServiceCase(apps, {
      channel: 'form',
      service: 'KLAGE',
      text: WHY,
      answers: { appealOf: '26-0000-0000', text: WHY },
    });
    const decidedOn = new Date(apps.clock().getTime() - 3 * DAY).toISOString().slice(0, 10);
    await one.complete('klage_let', { decisionService: 'PARKHC', decidedOn });
    await one.complete('klage_vurder', { reconsidered: 'changed', reasons: 'Vi tok feil.' });
    await one.close('completed');
  });

  it('and a complaint about the service is no appeal: the service centre looks into it', async () => {
    const { filed } = await file(await refused(), 'complaint');
    expect(filed).to.include({ service: 'TILBAKEM', unit: 'SERV' });
    const { body } = await apps
      .as('clerk')
      .get(`/api/tasks?inquiry=${filed.reference}`)
      .expect(200);
    const ids = body.items.map(({ elementId }: { elementId: string }) => elementId);
    expect(ids).to.deep.equal(['ris_utred']);
  });
});

/** The appeal body's answer, which comes from outside. */
async function decide(apps: TwoApps, reference: string, appealOutcome: string): Promise<void> {
  const [row] = await apps.db.query<{ id: string }>('SELECT id FROM inquiry WHERE reference = $1', [
    reference,
  ]);
  const message = { name: 'complaint.done', correlationKey: row?.id, variables: { appealOutcome } };
  await apps.as('admin').post('/v2/messages/correlation', message).expect(200);
  await apps.runDue();
}
