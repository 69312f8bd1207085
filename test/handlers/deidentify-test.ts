import { expect } from 'chai';
import { saveService } from '../../src/catalogue/services.js';
import { storeAttachment } from '../../src/inquiries/attachments.js';
import type { InquiryDraft } from '../../src/inquiries/draft.js';
import { completeTask } from '../../src/tasks/complete.js';
import { claimTask } from '../../src/tasks/work.js';
import { catchEvent, end, flows, serviceTask, start, timer, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, inputs, openCases, principal } from '../helpers/cases.js';
import { emptyTables } from '../helpers/database.js';
import { saveForm, seedDomain, servicePackage } from '../helpers/domain.js';
import { DAY } from '../helpers/engine.js';
import { PNG } from '../helpers/files.js';
import { takeReply } from '../helpers/mail-reply.js';

/** Planted in every field that takes text; none may be left anywhere. */
const canary = (field: string) => `canary-${field}`;

const draft: Partial<InquiryDraft> = {
  party: {
    name: canary('name'),
    phone: '+4791827364',
    email: 'canary-mail@example.no',
  },
  subject: canary('subject'),
  text: canary('text'),
  location: { address: canary('address'), latitude: 59.123456, longitude: 10.654321 },
  answers: { property: canary('property') },
};
/** Also as the bytes of a file or a mail are shown. */
const PLANTED = /canary|63616e617279|91827364|59\.123456|10\.654321/i;

describe('de-identification', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
  });

  after(() => cases.stop());

  beforeEach(async () => {
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
    const own = servicePackage({ form: 'intake' });
    await saveService(cases.db, 'fjordvik', { folder: 'x', package: own, now: cases.clock() });
    const personal = { personal: 'true' };
    await saveForm(cases.db, 'fjordvik', {
      id: 'intake',
      components: [{ type: 'textfield', key: 'property', properties: personal }],
    });
    await saveForm(cases.db, 'fjordvik', {
      id: 'handle',
      components: [
        { type: 'textarea', key: 'answer' },
        { type: 'textfield', key: 'partyName', properties: personal },
        { type: 'textfield', key: 'partyEmail', properties: personal },
        { type: 'select', key: 'result', values: [{ value: 'done' }] },
      ],
    });
    await cases.deploy(caseProcess(LIFE));
  });

  const LIFE =
    start +
    serviceTask('ack', 'notify', inputs({ template: 'acknowledgement', recipient: 'party' })) +
    userTask('handle', '<zeebe:formDefinition formId="handle"/>') +
    serviceTask('reply', 'notify', inputs({ template: 'answered', recipient: 'party' })) +
    serviceTask('close', 'close', inputs({ outcome: 'answered' })) +
    catchEvent('keep', timer('=duration(retention)')) +
    serviceTask('forget', 'deidentify') +
    end +
    flows('start ack handle reply close keep forget end');

  async function live(change: Partial<InquiryDraft> = {}) {
    const inquiry = await cases.register({ ...draft, ...change });
    const file = {
      inquiryId: inquiry.id,
      filename: `${canary('file')}.png`,
      bytes: PNG,
      by: 'agent',
    };
    const now = cases.clock();
    await cases.db.inTransaction((tx) =>
      storeAttachment(tx, 'fjordvik', file, { newId: cases.newId, now }),
    );
    await takeReply(cases, inquiry, canary);
    const taskId = await cases.task('handle');
    const worker = principal('caseworker');
    const options = { clock: cases.clock, newId: cases.newId };
    const answers = {
      answer: canary('answer'),
      partyName: canary('other'),
      partyEmail: 'canary-other@example.no',
      result: 'done',
    };
    await cases.db.inTransaction((tx) => claimTask(tx, worker, taskId, options));
    await cases.db.inTransaction((tx) =>
      completeTask(tx, worker, taskId, answers, {
        ...options,
        engine: cases.engine(),
        surface: 'desk',
      }),
    );
    await cases.settle();
    return inquiry;
  }

  async function dump(): Promise<Record<string, string>> {
    const tables = await cases.db.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const dumped: Record<string, string> = {};
    for (const { name } of tables) {
      const rows = await cases.db.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      dumped[name] = rows.map(({ row }) => row).join('\n');
    }
    return dumped;
  }

  const tablesWith = async (pattern: RegExp) =>
    Object.entries(await dump())
      .filter(([, text]) => pattern.test(text))
      .map(([name]) => name)
      .sort();

  it('leaves no word of it in any table, and keeps the facts', async () => {
    const inquiry = await live();
    expect(cases.sink.received.at(-1)?.mail.text).to.include(canary('answer'));
    expect(await tablesWith(PLANTED), 'while it lives, only its own stores have it').to.deep.equal([
      'attachment',
      'inbound_mail',
      'inquiry_answer',
      'inquiry_content',
      'inquiry_message',
      'party',
    ]);
    await cases.pass(732 * DAY);
    expect(await tablesWith(PLANTED)).to.deep.equal([]);
    expect((await cases.instance(String(inquiry.instanceId))).status).to.equal('completed');
    const kept = await cases.read(inquiry.id);
    expect(kept).to.deep.include({
      status: 'deidentified',
      outcome: 'answered',
      channel: 'phone',
      reference: inquiry.reference,
      receivedAt: inquiry.receivedAt,
      answers: { result: 'done' },
      gridCell: null,
    });
    expect(kept.deidentifiedAt).to.not.equal(null);
    const stores = await cases.db.query(
      `SELECT (SELECT count(*)::int FROM party) AS parties,
         (SELECT count(*)::int FROM inquiry_party) AS links,
         (SELECT count(*)::int FROM attachment_content) AS files,
         (SELECT count(*)::int FROM inquiry_message) AS messages`,
    );
    expect(stores, 'that something was sent and came, and when, stays').to.deep.equal([
      { parties: 0, links: 0, files: 0, messages: 3 },
    ]);
  });

  it('keeps the party while another inquiry needs it', async () => {
    await live();
    cases.clock.advance(30 * DAY);
    const second = await live({ text: 'Ny sak' });
    await cases.pass(715 * DAY);
    expect((await cases.read(second.id)).status).to.equal('closed');
    expect(await tablesWith(/91827364/)).to.deep.equal(['party']);
    await cases.pass(30 * DAY);
    expect(await tablesWith(PLANTED)).to.deep.equal([]);
  });

  it('keeps a grid cell that many cases share', async () => {
    const all = [];
    for (let count = 0; count < 5; count += 1) all.push(await live());
    await cases.pass(732 * DAY);
    for (const { id, gridCell } of all) {
      expect((await cases.read(id)).gridCell)
        .to.equal(gridCell)
        .and.not.equal(null);
    }
    expect(await tablesWith(PLANTED)).to.deep.equal([]);
  });

  it('is refused while the case is open', async () => {
    const body = start + serviceTask('forget', 'deidentify') + end + flows('start forget end');
    await cases.deploy(caseProcess(body));
    const inquiry = await cases.register(draft);
    const [incident] = await cases.incidents();
    expect(incident?.message).to.include('cannot go from received to deidentified');
    expect((await cases.read(inquiry.id)).status).to.equal('received');
    expect(await tablesWith(/canary-text/)).to.deep.equal(['inquiry_content']);
  });
});
