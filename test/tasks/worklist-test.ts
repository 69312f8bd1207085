import { expect } from 'chai';
import type { Principal } from '../../src/access/principal.js';
import { InvalidError } from '../../src/kernel/errors.js';
import { claimTask } from '../../src/tasks/work.js';
import type { WorklistFilter } from '../../src/tasks/worklist.js';
import { readWorklist } from '../../src/tasks/worklist.js';
import { callActivity, end, flows, start, userTask, bpmn } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, openCases, principal } from '../helpers/cases.js';
import { rejection } from '../helpers/rejection.js';

const ola = principal('ola');
const roads = principal('roads', { units: ['VEI'] });
const desk = principal('desk', { roles: ['agent'], units: ['SERV'] });
const admin = principal('admin', { roles: ['admin'], units: [] });

describe('the work list', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
    const group = (name: string) => `<zeebe:assignmentDefinition candidateGroups="${name}"/>`;
    const child =
      start +
      userTask('child', `${group('VAR')}<zeebe:taskSchedule dueDate="=expectedBy"/>`) +
      end +
      flows('start child end');
    await cases.deploy(
      ['called.bpmn', bpmn('called', child)],
      caseProcess(
        start +
          '<bpmn:parallelGateway id="fork"/>' +
          userTask('agents', group('agent')) +
          callActivity('call', 'called') +
          userTask('anybody') +
          end +
          flows('start fork agents end', 'fork call end', 'fork anybody end'),
      ),
    );
    for (let count = 0; count < 3; count += 1) {
      cases.clock.advance(1000);
      await cases.register(count === 1 ? { expectedBy: '2026-03-01T00:00:00Z' } : {});
    }
  });

  after(() => cases.stop());

  const list = (who: Principal, filter: WorklistFilter = {}) =>
    readWorklist(cases.db, who, filter, cases.clock());
  const names = async (who: Principal, filter: WorklistFilter = {}) =>
    (await list(who, filter)).items.map(({ elementId }) => elementId);
  const counts = async (who: Principal) => {
    const all = await names(who);
    return Object.fromEntries(
      [...new Set(all)].sort().map((id) => [id, all.filter((one) => one === id).length]),
    );
  };

  it("shows each the tasks of its units and roles, and those that are anybody's", async () => {
    expect(await counts(ola)).to.deep.equal({ anybody: 3, child: 3 });
    expect(await counts(roads)).to.deep.equal({ anybody: 3 });
    expect(await counts(desk)).to.deep.equal({ agents: 3, anybody: 3 });
    expect(await counts(admin)).to.deep.equal({ agents: 3, anybody: 3, child: 3 });
    expect(await counts(principal('ola', { tenant: 'bispevik' }))).to.deep.equal({});
  });

  it('knows the inquiry, also from inside a called process', async () => {
    const { items } = await list(ola);
    for (const { reference, service } of items) {
      expect(reference).to.match(/^26-/);
      expect(service).to.equal('DUNK');
    }
    const [{ reference }] = items as [(typeof items)[0]];
    expect(await names(ola, { reference: String(reference) })).to.have.members([
      'child',
      'anybody',
    ]);
    expect(await names(ola, { service: 'TILBAKEM' })).to.be.empty;
  });

  it('puts what was due first on top, and what has no date at the end', async () => {
    const { items } = await list(ola);
    expect(items.map(({ elementId }) => elementId)).to.deep.equal([
      'child',
      'child',
      'child',
      'anybody',
      'anybody',
      'anybody',
    ]);
    expect(items[0]).to.deep.include({ dueAt: '2026-03-01T00:00:00.000Z', overdue: true });
    expect(items[1]?.overdue).to.equal(false);
    await cases.db.query(`UPDATE user_task SET priority = 90 WHERE id = $1`, [items[5]?.id]);
    expect((await list(ola)).items[0]?.id).to.equal(items[5]?.id);
    await cases.db.query(`UPDATE user_task SET priority = 50`);
  });

  it('finds mine, the overdue, the free and those of a group', async () => {
    const [first] = (await list(ola)).items;
    const options = { clock: cases.clock, newId: cases.newId };
    await cases.db.inTransaction((tx) => claimTask(tx, ola, String(first?.id), options));
    expect((await list(ola, { mine: true })).items.map(({ id }) => id)).to.deep.equal([first?.id]);
    expect((await list(ola, { mine: false })).items).to.have.length(5);
    expect((await list(ola, { assigned: true })).items).to.have.length(1);
    expect((await list(ola, { assigned: false })).items).to.have.length(5);
    expect((await list(ola, { overdue: true })).items.map(({ id }) => id)).to.deep.equal([
      first?.id,
    ]);
    expect(await names(ola, { overdue: false })).to.have.length(5);
    expect(await names(admin, { group: 'agent' })).to.deep.equal(['agents', 'agents', 'agents']);
    expect((await list(ola, { mine: true, overdue: false })).items).to.be.empty;
  });

  it('comes in pages, every task once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(admin, { limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).to.have.length(9);
    expect(new Set(seen).size).to.equal(9);
    expect(await rejection(list(admin, { cursor: 'nonsense' }))).to.be.instanceOf(InvalidError);
  });
});
