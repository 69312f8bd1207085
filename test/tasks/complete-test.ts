import { expect } from 'chai';
import type { Principal } from '../../src/access/principal.js';
import { readPersonalAnswers } from '../../src/inquiries/content.js';
import { InvalidError } from '../../src/kernel/errors.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { partyOfInquiry } from '../../src/people/parties.js';
import { completeTask, rejectTask } from '../../src/tasks/complete.js';
import { claimTask } from '../../src/tasks/work.js';
import { boundary, end, flow, flows, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, openCases, principal } from '../helpers/cases.js';
import { saveForm } from '../helpers/domain.js';
import { rejection } from '../helpers/rejection.js';

const ola = principal('ola');
const kari = principal('kari');
const admin = principal('admin', { roles: ['admin'], units: [] });
const personal = { personal: 'true' };

describe('completing a task', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
    await saveForm(cases.db, 'fjordvik', {
      id: 'handle',
      components: [
        {
          type: 'select',
          key: 'result',
          values: [{ value: 'fixed' }],
          validate: { required: true },
        },
        { type: 'number', key: 'minutes' },
        { type: 'textarea', key: 'note' },
        { type: 'textfield', key: 'partyName', properties: personal },
        { type: 'textfield', key: 'partyPhone', properties: personal },
        { type: 'checkbox', key: 'identified' },
        { type: 'select', key: 'service', valuesKey: 'services' },
        { type: 'textarea', key: 'text' },
        {
          type: 'textfield',
          key: 'depth',
          validate: { required: true },
          conditional: { hide: '=service != "DUNK" or result != "deep"' },
        },
      ],
    });
    const failed = boundary('wrong', 'work', '<bpmn:errorEventDefinition errorRef="e"/>');
    await cases.deploy(
      caseProcess(
        start +
          userTask(
            'work',
            '<zeebe:formDefinition formId="handle"/><zeebe:assignmentDefinition candidateGroups="VAR"/>',
          ) +
          failed +
          userTask('next') +
          userTask('again') +
          end +
          flows('start work next end', 'wrong again') +
          flow('again', 'end'),
        '<bpmn:error id="e" name="wrong unit" errorCode="wrong_unit"/>',
      ),
    );
  });

  after(() => cases.stop());

  beforeEach(() => cases.db.query('DELETE FROM user_task'));

  const options = (surface: 'desk' | 'engine') => ({
    clock: cases.clock,
    newId: cases.newId,
    engine: cases.engine(),
    surface,
  });

  async function complete(
    answers: JsonObject,
    { who = ola, surface = 'desk', element = 'work' }: Options = {},
  ) {
    const taskId = await cases.task(element);
    const outcome = await cases.db.inTransaction((tx) =>
      completeTask(tx, who, taskId, answers, options(surface)),
    );
    await cases.settle();
    return outcome;
  }

  interface Options {
    who?: Principal;
    surface?: 'desk' | 'engine';
    element?: string;
  }

  async function claimed(who = ola) {
    const inquiry = await cases.register({ party: null, text: '' });
    const taskId = await cases.task('work');
    await cases.db.inTransaction((tx) => claimTask(tx, who, taskId, options('desk')));
    return inquiry;
  }

  const failure = async (promise: Promise<unknown>) =>
    (await rejection(promise)) as InvalidError & { code: string };
  const variablesOf = async (id: string | null) => (await cases.instance(String(id))).variables;

  it('moves the process on, with personal answers kept in the case alone', async () => {
    const { id, instanceId } = await claimed();
    await complete({ result: 'fixed', minutes: 12, note: 'Naboen Per så det' });
    await cases.task('next');
    const variables = await variablesOf(instanceId);
    expect(variables).to.deep.include({ result: 'fixed', minutes: 12 });
    expect(JSON.stringify(variables)).to.not.include('Per');
    expect((await cases.read(id)).answers).to.deep.include({ result: 'fixed', minutes: 12 });
    const [kept] = await readPersonalAnswers(cases.db, 'fjordvik', id);
    expect(kept).to.deep.include({
      formId: 'handle',
      answers: { note: 'Naboen Per så det' },
      answeredBy: 'ola',
    });
  });

  it('attaches who it is from, whatever the box says', async () => {
    const { id, instanceId } = await claimed();
    await complete({
      result: 'fixed',
      partyName: 'Per',
      partyPhone: '444 44 444',
      identified: false,
    });
    expect(await partyOfInquiry(cases.db, 'fjordvik', id)).to.deep.include({
      name: 'Per',
      phone: '+4744444444',
    });
    expect((await cases.read(id)).identified).to.equal(true);
    expect(await variablesOf(instanceId)).to.have.property('identified', true);
    const anonymous = await claimed();
    await complete({ result: 'fixed', identified: true });
    expect(await variablesOf(anonymous.instanceId)).to.have.property('identified', false);
  });

  it('chooses another service, with its own deadlines and rules', async () => {
    const { id, instanceId } = await claimed();
    await complete({ result: 'fixed', service: 'TILBAKEM', text: 'Det gjaldt noe annet' });
    const inquiry = await cases.read(id);
    expect(inquiry).to.deep.include({ service: 'TILBAKEM', statutoryBy: null });
    expect(await variablesOf(instanceId)).to.deep.include({
      service: 'TILBAKEM',
      firstLine: true,
      statutoryBy: null,
      expectedBy: inquiry.expectedBy.toISOString(),
    });
  });

  it('refuses wrong answers with every reason, and changes nothing', async () => {
    const { id } = await claimed();
    const refused = await failure(complete({ minutes: 'many', stranger: 1, note: 'SECRET' }));
    expect(refused).to.be.instanceOf(InvalidError).with.property('code', 'answers_invalid');
    expect(refused.details.map(({ path }) => path)).to.have.members([
      'result',
      'minutes',
      'stranger',
    ]);
    const phone = await failure(complete({ result: 'fixed', partyPhone: '12', note: 'SECRET' }));
    expect(phone.details.map(({ path }) => path)).to.deep.equal(['partyPhone']);
    const service = await failure(complete({ result: 'fixed', service: 'UFO' }));
    expect(service.details.map(({ path }) => path)).to.deep.equal(['service']);
    expect(await readPersonalAnswers(cases.db, 'fjordvik', id)).to.be.empty;
    await cases.task('work');
  });

  it('is for who has taken it', async () => {
    await cases.register();
    expect(await failure(complete({ result: 'fixed' }))).to.have.property(
      'code',
      'task_not_claimed',
    );
    await cases.db.query('DELETE FROM user_task');
    await claimed();
    for (const who of [kari, admin]) {
      expect(await failure(complete({ result: 'fixed' }, { who }))).to.have.property(
        'code',
        'task_not_yours',
      );
    }
    expect(
      await failure(complete({ result: 'fixed' }, { who: kari, surface: 'engine' })),
    ).to.have.property('code', 'task_not_yours');
    await complete({ result: 'fixed' }, { who: admin, surface: 'engine' });
    await cases.task('next');
  });

  it('is won by one of two clients at the same moment', async () => {
    await claimed();
    const taskId = await cases.task('work');
    const both = [options('desk'), options('desk')].map((given) =>
      cases.db.inTransaction((tx) => completeTask(tx, ola, taskId, { result: 'fixed' }, given)),
    );
    const results = await Promise.allSettled(both);
    const lost = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost).to.have.length(1);
    expect(lost[0]).to.have.property('code', 'task_not_open');
  });

  it('takes variables of an engine client where there is no form, and none at the desk', async () => {
    const { instanceId } = await claimed();
    await complete({ result: 'fixed' });
    const taskId = await cases.task('next');
    await cases.db.inTransaction((tx) => claimTask(tx, ola, taskId, options('desk')));
    const refused = await failure(complete({ free: 1 }, { element: 'next' }));
    expect(refused).to.have.property('code', 'answers_invalid');
    await complete({ free: 1 }, { element: 'next', surface: 'engine' });
    expect(await variablesOf(instanceId)).to.have.property('free', 1);
  });

  it('keeps personal answers out of a process that has no case', async () => {
    await cases.start('case');
    const refused = await failure(
      complete({ result: 'fixed', note: 'SECRET' }, { who: admin, surface: 'engine' }),
    );
    expect(refused.details.map(({ path }) => path)).to.deep.equal(['note']);
    await complete({ result: 'fixed' }, { who: admin, surface: 'engine' });
  });

  it('can be turned down with an error that the process handles', async () => {
    await claimed();
    const taskId = await cases.task('work');
    const reject = (errorCode: string) =>
      cases.db.inTransaction((tx) => rejectTask(tx, ola, { taskId, errorCode }, options('desk')));
    expect(await failure(reject('nobody_knows'))).to.have.property('code', 'error_not_caught');
    await reject('wrong_unit');
    await cases.task('again');
  });
});
