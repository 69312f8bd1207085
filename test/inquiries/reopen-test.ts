import { expect } from 'chai';
import { pauseClock } from '../../src/inquiries/case-clock.js';
import { explainDeadlines } from '../../src/inquiries/explain-deadlines.js';
import { closeInquiry } from '../../src/inquiries/lifecycle.js';
import { reopenInquiry } from '../../src/inquiries/reopen.js';
import { end, flows, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, openCases } from '../helpers/cases.js';
import { emptyTables } from '../helpers/database.js';
import { seedDomain } from '../helpers/domain.js';
import { DAY } from '../helpers/engine.js';

describe('a case that is opened again', () => {
  let cases: CaseBench;
  before(async () => {
    cases = await openCases();
  });
  after(() => cases.stop());

  beforeEach(async () => {
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
    await cases.deploy(caseProcess(start + userTask('work') + end + flows('start work end')));
  });

  const change = () => ({
    tenant: 'fjordvik',
    by: 'caseworker',
    now: cases.clock(),
    newId: cases.newId,
  });

  it('has its deadlines counted from then, with a clock that goes on, and can say why', async () => {
    const { id } = await cases.register();
    await cases.db.inTransaction(async (tx) => {
      await pauseClock(tx, change(), id, 'awaitingCitizen');
      await closeInquiry(tx, change(), id, 'answered');
    });
    cases.clock.advance(60 * DAY);
    const reopened = await cases.db.inTransaction((tx) =>
      reopenInquiry(tx, change(), id, 'citizenReplied'),
    );
    expect(reopened).to.include({ status: 'reopened', pausedAt: null, closedAt: null });
    expect(reopened.expectedBy > cases.clock()).to.equal(true);
    const told = await explainDeadlines(cases.db, 'fjordvik', id, cases.clock());
    expect(told.events.map(({ kind }) => kind).slice(0, 4)).to.deep.equal([
      'START',
      'PAUSE',
      'RESUME',
      'EXTEND',
    ]);
    expect(told.events[3]).to.include({ deadline: 'guarantee', reason: 'reopened' });
    const [guarantee] = told.deadlines;
    expect(guarantee?.dueAt).to.equal(reopened.expectedBy.toISOString());
    expect(guarantee?.extendedTo).to.equal(guarantee?.dueAt);
    for (const { at } of told.watch) expect(new Date(at) > cases.clock(), at).to.equal(true);
  });
});
