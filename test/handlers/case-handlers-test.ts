import { expect } from 'chai';
import { readEvents } from '../../src/db/events.js';
import type { Tx } from '../../src/db/tx.js';
import { createHandlers } from '../../src/handlers/registry.js';
import { latestAnswer } from '../../src/inquiries/content.js';
import { setStatus } from '../../src/inquiries/lifecycle.js';
import { end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, inputs, openCases } from '../helpers/cases.js';
import { emptyTables } from '../helpers/database.js';
import { seedDomain } from '../helpers/domain.js';

const hold = userTask('hold');

describe('the handlers that work on a case', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
  });

  after(() => cases.stop());

  beforeEach(async () => {
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
  });

  /** A case whose process runs these service tasks in a row, then waits. */
  async function run(...tasks: string[]) {
    const ids = tasks.map((task) => /id="(\w+)"/.exec(task)?.[1] ?? '');
    const body = start + tasks.join('') + hold + end + flows(`start ${ids.join(' ')} hold end`);
    await cases.deploy(caseProcess(body));
    return cases.register();
  }

  const events = async (id: string) =>
    (await readEvents(cases.db, 'fjordvik', { type: 'inquiry', id })).map(({ kind }) => kind);
  const variables = async (instanceId: string | null) =>
    (await cases.instance(String(instanceId))).variables;

  it('are found by the names of the models, each with its titles and fields', () => {
    const handlers = createHandlers(cases.dependencies);
    expect(handlers.map(({ name }) => name)).to.have.members([
      'route',
      'notify',
      'escalate',
      'remind',
      'close',
      'archive',
      'deidentify',
      'find-duplicate',
      'set-status',
      'suggest-service',
      'write-answer',
      'choose-service',
      'find-decision',
      'send-message',
      'select-disposal',
      'list-disposal',
      'sign-disposal',
      'find-repeats',
      'measure-effect',
      'pause',
      'resume',
      'extend',
      'promise',
      'next-deadline',
      'check-objectives',
      'notify-objective',
      'recalculate-deadlines',
      'reopen',
      'tell-followers',
      'assign-beat',
      'crisis-status',
      'crisis-notice',
      'suspend-guarantees',
      'resume-guarantees',
      'watch-crisis',
      'end-crisis',
      'evaluate-crisis',
      'publish-notice',
      'withdraw-notice',
    ]);
    for (const { name, title, inputs: declared, outputs } of handlers) {
      for (const one of [{ title }, ...declared, ...outputs]) {
        expect(one.title.nb && one.title.en, name)
          .to.be.a('string')
          .and.not.equal('');
      }
    }
    const jobs = handlers.filter(({ runs }) => runs === 'as-job').map(({ name }) => name);
    expect(jobs).to.have.members([
      'send-message',
      'suspend-guarantees',
      'tell-followers',
      'resume-guarantees',
      'recalculate-deadlines',
      'notify',
      'notify-objective',
      'remind',
      'archive',
    ]);
  });

  it('set the status, once', async () => {
    const inquiry = await run(
      serviceTask('one', 'set-status', inputs({ status: 'inProgress' })),
      serviceTask('two', 'set-status', inputs({ status: 'inProgress' })),
    );
    expect(inquiry.status).to.equal('inProgress');
    expect((await events(inquiry.id)).filter((kind) => kind === 'inquiry.status')).to.have.length(
      1,
    );
  });

  it('write what a rule answers into the case, and nothing that a mail would not look for', async () => {
    const text = 'Du trenger ikke å søke.';
    const inquiry = await run(serviceTask('one', 'write-answer', inputs({ key: 'notice', text })));
    const { id } = inquiry;
    expect(await latestAnswer(cases.db, 'fjordvik', id, 'notice')).to.equal(text);
    await run(serviceTask('one', 'write-answer', inputs({ key: 'name', text })));
    const [incident] = await cases.incidents();
    expect(incident?.message).to.include('key must be one of');
  });

  it('raise an incident for a status that is none, or not allowed, and change nothing', async () => {
    const odd = await run(serviceTask('one', 'set-status', inputs({ status: 'lost' })));
    expect(odd.status).to.equal('received');
    const [incident] = await cases.incidents();
    expect(incident?.message).to.include('status must be one of');
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
    const closed = await run(
      serviceTask('one', 'close', inputs({ outcome: 'answered' })),
      serviceTask('two', 'set-status', inputs({ status: 'inProgress' })),
    );
    expect(closed.status).to.equal('closed');
    expect(await cases.incidents()).to.have.length(1);
  });

  it('close a case, which then stays as it ended', async () => {
    const inquiry = await run(
      serviceTask('one', 'close', inputs({ outcome: 'completed' })),
      serviceTask('two', 'close', inputs({ outcome: 'withdrawn' })),
    );
    expect(inquiry).to.deep.include({ status: 'closed', outcome: 'completed' });
    expect(inquiry.closedAt).to.deep.equal(cases.clock());
    expect((await variables(inquiry.instanceId))['closedAt']).to.equal(cases.clock().toISOString());
    expect((await events(inquiry.id)).filter((kind) => kind === 'inquiry.closed')).to.have.length(
      1,
    );
  });

  it('end a withdrawn case as withdrawn', async () => {
    const inquiry = await run(serviceTask('one', 'close', inputs({ outcome: 'withdrawn' })));
    expect(inquiry).to.deep.include({ status: 'withdrawn', outcome: 'withdrawn' });
  });

  it('escalate: a breach for each deadline and level, and the case comes before others', async () => {
    const inquiry = await run(
      serviceTask('one', 'escalate', inputs({ deadline: 'guarantee' })),
      serviceTask('two', 'escalate', inputs({ deadline: 'guarantee', level: 1 })),
      serviceTask('three', 'escalate', inputs({ deadline: 'statutory', level: 2 })),
    );
    const breaches = await cases.db.query(
      `SELECT deadline, level, due_at AS "dueAt", at FROM breach WHERE inquiry_id = $1 ORDER BY id`,
      [inquiry.id],
    );
    expect(breaches).to.deep.equal([
      { deadline: 'guarantee', level: 1, dueAt: inquiry.expectedBy, at: cases.clock() },
      { deadline: 'statutory', level: 2, dueAt: inquiry.statutoryBy, at: cases.clock() },
    ]);
    expect(inquiry.priority).to.equal(90);
    expect((await variables(inquiry.instanceId))['escalated']).to.equal(true);
  });

  it('escalate: open tasks rise with their case', async () => {
    const inquiry = await run();
    const priority = async () => {
      const [task] = await cases.db.query<{ priority: number }>('SELECT priority FROM user_task');
      return task?.priority;
    };
    expect(await priority()).to.equal(50);
    const escalate = createHandlers(cases.dependencies).find(({ name }) => name === 'escalate');
    if (escalate?.runs !== 'in-step') throw new Error('escalate runs in the step');
    await cases.db.inTransaction((tx) =>
      escalate.run({ inquiryId: inquiry.id, deadline: 'internal', level: 1 }, stepContext(tx)),
    );
    expect(await priority()).to.equal(70);
    expect((await cases.read(inquiry.id)).priority).to.equal(70);
  });

  it('refuse a case that does not exist', async () => {
    const failure: unknown = await setStatus(
      cases.db,
      { tenant: 'bispevik', by: 'x', now: cases.clock(), newId: cases.newId },
      (await run()).id,
      'registered',
    ).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'inquiry_not_found');
  });

  function stepContext(tx: Tx) {
    return {
      tx,
      tenant: 'fjordvik',
      now: cases.clock(),
      instanceId: '1',
      processId: 'case',
      definitionId: '1',
      elementId: 'one',
      actor: 'timer',
      headers: {},
      decide: () => Promise.reject(new Error('not asked')),
    };
  }
});
