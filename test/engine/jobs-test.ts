import { expect } from 'chai';
import { RetryLater } from '../../src/engine/handler.js';
import type { HandlerDeclaration, JobHandlerContext } from '../../src/engine/handler.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { boundary, bpmn, end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench, HOUR, MINUTE } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { rejection } from '../helpers/rejection.js';

const title = { nb: 'Test', en: 'Test' };

describe('jobs', () => {
  let bench: EngineBench;
  let keys: string[];
  let run: (input: JsonObject, context: JobHandlerContext) => Promise<JsonObject>;

  const effect: HandlerDeclaration = {
    name: 'effect',
    title,
    runs: 'as-job',
    inputs: [{ name: 'inquiryId', type: 'string', title, required: true }],
    outputs: [],
    run: (input, context) => {
      keys.push(context.idempotencyKey);
      return run(input, context);
    },
  };

  beforeEach(async () => {
    keys = [];
    run = () => Promise.resolve({ delivered: true });
    bench = engineBench(await testDatabase(), [effect]);
    const body = start + serviceTask('send', 'effect') + userTask('after') + end;
    await bench.deploy(['job.bpmn', bpmn('jobs', body + flows('start send after end'))]);
  });

  it('run outside the step and hand their result on', async () => {
    const { instanceId } = await bench.start('jobs', { inquiryId: '7' });
    expect(keys).to.have.length(1);
    expect((await bench.instance(instanceId)).variables).to.include({ delivered: true });
    expect(await bench.task('after')).to.be.a('string');
  });

  it('are tried again later and later, under the same key', async () => {
    let failures = 2;
    run = () => (failures-- > 0 ? Promise.reject(new Error('away')) : Promise.resolve({}));
    await bench.start('jobs', { inquiryId: '7' });
    expect(keys).to.have.length(1);
    await bench.pass(999);
    expect(keys).to.have.length(1);
    await bench.pass(1);
    expect(keys).to.have.length(2);
    await bench.pass(2000);
    expect(keys).to.have.length(3);
    expect(new Set(keys).size).to.equal(1);
    expect(await bench.task('after')).to.be.a('string');
  });

  it('become an incident after the last retry, which a person retries or skips', async () => {
    run = () => Promise.reject(new Error('no such address'));
    await bench.start('jobs', { inquiryId: '7' });
    await bench.start('jobs', { inquiryId: '8' });
    await bench.pass(HOUR);
    await bench.pass(HOUR);
    const incidents = await bench.incidents();
    expect(incidents.map(({ kind, message }) => [kind, message])).to.deep.equal([
      ['job_no_retries', 'no such address'],
      ['job_no_retries', 'no such address'],
    ]);
    const [first, second] = incidents.map(({ id }) => id);
    expect(keys).to.have.length(6);

    run = () => Promise.resolve({});
    const retry = { incidentId: first ?? '', by: 'admin' };
    await bench.db.inTransaction((tx) => bench.engine().resolveIncident(tx, bench.tenant, retry));
    await bench.settle();
    const skip = { incidentId: second ?? '', by: 'admin', reason: 'told by phone' };
    await bench.db.inTransaction((tx) => bench.engine().skipIncident(tx, bench.tenant, skip));

    expect(keys).to.have.length(7);
    expect(await bench.incidents()).to.deep.equal([]);
    const open = await bench.db.query(`SELECT id FROM user_task WHERE state = 'created'`);
    expect(open).to.have.length(2);
    const kept = await bench.db.query('SELECT resolution, reason FROM incident ORDER BY id');
    expect(kept).to.deep.equal([
      { resolution: 'retried', reason: null },
      { resolution: 'skipped', reason: 'told by phone' },
    ]);
  });

  it('may ask for a time of their own', async () => {
    let asked = false;
    run = (_, { now }) => {
      if (asked) return Promise.resolve({});
      asked = true;
      return Promise.reject(new RetryLater(new Date(now.getTime() + HOUR), 'closed until nine'));
    };
    await bench.start('jobs', { inquiryId: '7' });
    await bench.pass(59 * MINUTE);
    expect(keys).to.have.length(1);
    await bench.pass(MINUTE);
    expect(keys).to.have.length(2);
    expect(await bench.db.query('SELECT retries FROM job')).to.deep.equal([]);
  });

  it('of a node that died fall due again when its lease ends', async () => {
    const request = { processId: 'jobs', variables: { inquiryId: '7' }, by: 'agent' };
    await bench.db.inTransaction((tx) => bench.engine().start(tx, bench.tenant, request));
    await bench.db.query(`UPDATE job SET owner = 'node-9', attempts = 1, available_at = $1`, [
      new Date(bench.clock().getTime() + MINUTE),
    ]);
    run = () => Promise.resolve({});
    await bench.pass(MINUTE - 1);
    expect(keys).to.have.length(0);
    await bench.pass(1);
    expect(keys).to.have.length(1);
  });

  it('without a required input are an incident before anything is done', async () => {
    await bench.start('jobs');
    const [incident] = await bench.incidents();
    expect(incident?.message).to.contain('lacks its input "inquiryId"');
    expect(keys).to.deep.equal([]);
  });

  it('of unknown types wait for an external worker', async () => {
    const body =
      start +
      serviceTask(
        'outside',
        'print-letter',
        '<zeebe:taskHeaders><zeebe:header key="paper" value="A4"/></zeebe:taskHeaders>',
      ) +
      boundary('jam', 'outside', '<bpmn:errorEventDefinition errorRef="e"/>') +
      userTask('by-hand') +
      end +
      '<bpmn:endEvent id="written"/>' +
      flows('start outside end', 'jam by-hand written');
    const jam = '<bpmn:error id="e" name="Jam" errorCode="JAM"/>';
    await bench.deploy(['out.bpmn', bpmn('outside-work', body, jam)]);
    await bench.start('outside-work', { inquiryId: '7' });
    await bench.start('outside-work', { inquiryId: '8' });
    const ask = { type: 'print-letter', worker: 'printer', maxJobs: 5, timeoutMs: MINUTE };
    const activate = () =>
      bench.db.inTransaction((tx) => bench.engine().activateJobs(tx, bench.tenant, ask));

    const [one, two, ...more] = await activate();
    expect(more).to.deep.equal([]);
    expect(one).to.deep.include({ headers: { paper: 'A4' }, variables: { inquiryId: '7' } });
    expect(await activate()).to.deep.equal([]);

    const done = { jobId: one?.id ?? '', variables: { pages: 2 }, by: 'printer' };
    const { status, variables } = await bench.db.inTransaction((tx) =>
      bench.engine().completeJob(tx, bench.tenant, done),
    );
    expect(status).to.equal('completed');
    expect(variables).to.include({ pages: 2 });

    const again = bench.db.inTransaction((tx) =>
      bench.engine().completeJob(tx, bench.tenant, done),
    );
    expect(await rejection(again)).to.include({ code: 'job_not_found' });

    const jammed = { jobId: two?.id ?? '', errorCode: 'JAM', by: 'printer' };
    await bench.db.inTransaction((tx) => bench.engine().throwJobError(tx, bench.tenant, jammed));
    expect(await bench.task('by-hand')).to.be.a('string');
  });
});
