import { expect } from 'chai';
import { updateInquiry } from '../../src/inquiries/inquiries.js';
import type { Inquiry } from '../../src/inquiries/inquiries.js';
import { closeInquiry, setStatus } from '../../src/inquiries/lifecycle.js';
import {
  dropStatusKeys,
  findByStatusKey,
  issueStatusKey,
} from '../../src/inquiries/status-keys.js';
import { statusFor } from '../../src/inquiries/status.js';
import { bpmn, callActivity, end, flows, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, openCases } from '../helpers/cases.js';
import { emptyTables } from '../helpers/database.js';
import { seedDomain } from '../helpers/domain.js';
import { DAY, HOUR } from '../helpers/engine.js';

const property = (name: string, value: string) =>
  `<zeebe:properties><zeebe:property name="milestone.nb" value="${value}"/>
   <zeebe:property name="${name}" value="${value} ${name.slice(-2)}"/></zeebe:properties>`;

describe('the status of a case', () => {
  let cases: CaseBench;
  before(async () => {
    cases = await openCases();
  });
  after(() => cases.stop());

  beforeEach(async () => {
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
    await cases.deploy(
      [
        'inner.bpmn',
        bpmn(
          'inner',
          start +
            userTask('dig', property('milestone.nn', 'Vi graver')) +
            end +
            flows('start dig end'),
        ),
      ],
      caseProcess(
        start +
          userTask('look', property('milestone.en', 'Vi ser på saken')) +
          callActivity('work', 'inner') +
          end +
          flows('start look work end'),
      ),
    );
  });

  const change = () => ({ tenant: 'fjordvik', by: 'x', now: cases.clock(), newId: cases.newId });
  const status = async ({ id }: Inquiry, language: 'nb' | 'nn' | 'en' = 'nb') =>
    statusFor(cases.db, 'fjordvik', await cases.read(id), cases.clock(), language, (...asked) =>
      cases.engine().model(...asked),
    );
  const close = (id: string) =>
    cases.db.inTransaction((tx) => closeInquiry(tx, change(), id, 'answered'));

  it('is the last milestone of its process, or of one it has called, and the promise', async () => {
    const inquiry = await cases.register();
    expect(await status(inquiry, 'en')).to.deep.include({
      milestone: { nb: 'Vi ser på saken', nn: 'Vi ser på saken', en: 'Vi ser på saken en' },
      waitingFor: 'municipality',
      expected: { from: inquiry.expectedBy, to: inquiry.expectedBy },
      late: false,
      summary: 'Vi ser på saken en. We expect you to have an answer by 16 March 2026.',
    });
    cases.clock.advance(HOUR);
    await cases.complete('look');
    await cases.settle();
    expect((await status(inquiry, 'nn')).summary).to.equal(
      'Vi graver nn. Vi reknar med at du har svar seinast 16. mars 2026.',
    );
  });

  it('expects what like cases took, when at least twenty that got this old are known', async () => {
    for (let hours = 1; hours <= 30; hours += 1) {
      const { id } = await cases.register();
      await close(id);
      await updateInquiry(cases.db, 'fjordvik', id, {
        closedAt: new Date(cases.clock().getTime() + hours * HOUR),
      });
    }
    const inquiry = await cases.register();
    const after = (hours: number) => new Date(inquiry.receivedAt.getTime() + hours * HOUR);
    expect((await status(inquiry)).expected).to.deep.equal({ from: after(15.5), to: after(27.1) });
    cases.clock.advance(10 * HOUR);
    const older = (await status(inquiry)).expected!;
    expect(older.from).to.deep.equal(after(20.5));
    cases.clock.advance(2 * HOUR);
    expect((await status(inquiry)).expected, 'eighteen are too few').to.deep.equal({
      from: inquiry.expectedBy,
      to: inquiry.expectedBy,
    });
  });

  it('expects nothing of the municipality while it waits for the citizen', async () => {
    const inquiry = await cases.register();
    await cases.db.inTransaction((tx) => setStatus(tx, change(), inquiry.id, 'awaitingCitizen'));
    cases.clock.advance(60 * DAY);
    expect(await status(inquiry)).to.deep.include({
      waitingFor: 'citizen',
      expected: null,
      late: false,
    });
  });

  it('admits that the promise has passed, and says how it ended', async () => {
    const inquiry = await cases.register();
    cases.clock.advance(60 * DAY);
    expect(await status(inquiry)).to.deep.include({ expected: null, late: true });
    await close(inquiry.id);
    expect(await status(inquiry)).to.deep.include({
      waitingFor: null,
      late: false,
      summary: 'Saken er avsluttet: du har fått svar.',
    });
  });

  it('is opened by a key that the database does not hold', async () => {
    const inquiry = await cases.register();
    const { db } = cases;
    const key = await issueStatusKey(db, 'fjordvik', inquiry.id, cases.clock());
    expect((await findByStatusKey(db, key))?.inquiry.reference).to.equal(inquiry.reference);
    const [row] = await db.query<{ digest: string }>('SELECT digest FROM status_key');
    expect(key).not.to.contain(row?.digest);
    const others = [
      key.replace('fjordvik', 'bispevik'),
      key.slice(0, -1),
      `fjordvik.${row?.digest}`,
    ];
    for (const other of [...others, '', 'a.b', `${key}'--`]) {
      expect(await findByStatusKey(db, other), other).to.equal(undefined);
    }
    await dropStatusKeys(db, 'fjordvik', inquiry.id);
    expect(await findByStatusKey(db, key)).to.equal(undefined);
  });
});
