import { expect } from 'chai';
import { readChaserFigures, recordChaser } from '../../src/inquiries/chasers.js';
import type { Inquiry } from '../../src/inquiries/inquiries.js';
import {
  bpmn,
  boundary,
  callActivity,
  catchEvent,
  end,
  flow,
  flows,
  message,
  messageTrigger,
  start,
  timer,
  userTask,
} from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, openCases } from '../helpers/cases.js';
import { emptyTables } from '../helpers/database.js';
import { seedDomain } from '../helpers/domain.js';
import { DAY } from '../helpers/engine.js';

/** A case that is looked after while a called process works on it. */
const CASE =
  start +
  callActivity('work', 'inner') +
  boundary('chased', 'work', messageTrigger('m'), false) +
  boundary('late', 'work', timer('P5D'), false) +
  userTask('hurry') +
  end +
  flows('start work end') +
  flow('chased', 'hurry');

const INNER =
  start + catchEvent('order', timer('P9D')) + userTask('dig') + end + flows('start order dig end');

describe('chasers', () => {
  let cases: CaseBench;
  before(async () => {
    cases = await openCases();
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
    await cases.deploy(
      ['inner.bpmn', bpmn('inner', INNER)],
      caseProcess(
        CASE + '<bpmn:endEvent id="e2"/>' + flow('late', 'e2'),
        message('m', 'inquiry.chased', '=inquiryId'),
      ),
    );
  });
  after(() => cases.stop());

  const chase = async ({ id }: Inquiry) => {
    const { clock, newId } = cases;
    const change = { tenant: 'fjordvik', by: 'agent', now: clock(), newId };
    const ports = {
      publish: (...said: Parameters<ReturnType<CaseBench['engine']>['publish']>) =>
        cases.engine().publish(...said),
      readModel: (...asked: Parameters<ReturnType<CaseBench['engine']>['model']>) =>
        cases.engine().model(...asked),
    };
    const found = await cases.db.inTransaction((tx) =>
      recordChaser(tx, change, { inquiryId: id, channel: 'phone' }, ports),
    );
    await cases.settle();
    return found;
  };

  it('are counted against the element where the work stands, and tell the process', async () => {
    const inquiry = await cases.register();
    expect(await chase(inquiry)).to.deep.include({
      count: 1,
      places: [{ processId: 'inner', elementId: 'order', name: null }],
    });
    expect(await cases.openTasks()).to.deep.equal(['hurry']);
    await cases.complete('hurry');
    await cases.pass(20 * DAY);
    expect(await chase(inquiry)).to.deep.include({
      count: 2,
      places: [{ processId: 'inner', elementId: 'dig', name: null }],
    });
  });

  it('give figures that name nobody', async () => {
    const from = new Date(0);
    const before = new Date(cases.clock().getTime() + 1);
    const figures = await readChaserFigures(cases.db, 'fjordvik', {
      from,
      before,
      service: 'DUNK',
    });
    expect(figures).to.deep.equal([
      { processId: 'inner', elementId: 'dig', chasers: 1, cases: 1, overdue: 1 },
      { processId: 'inner', elementId: 'order', chasers: 1, cases: 1, overdue: 0 },
    ]);
    const none = await readChaserFigures(cases.db, 'bispevik', {
      from,
      before,
      service: undefined,
    });
    expect(none).to.deep.equal([]);
  });
});
