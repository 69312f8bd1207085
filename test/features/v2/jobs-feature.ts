import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { expect } from 'chai';
import { startCamunda } from '../../helpers/camunda.js';
import type { Camunda } from '../../helpers/camunda.js';
import { CHOICE, WEIGH } from './models.js';

const now = { consistency: { waitUpToMs: 0 } };
const A_MINUTE = 60_000;

describe('Feature: a worker outside does jobs with a Camunda client', () => {
  let camunda: Camunda;
  let owner: CamundaClient;
  let worker: CamundaClient;
  before(async function () {
    this.timeout(120_000);
    camunda = await startCamunda();
    owner = camunda.client('owner');
    worker = camunda.client('admin');
    await camunda.deploy(['weigh.bpmn', WEIGH], ['choice.bpmn', CHOICE]);
  });
  after(() => camunda.stop());

  async function start(processDefinitionId: string, variables = {}) {
    const started = await owner.createProcessInstance({
      processDefinitionId: processDefinitionId as never,
      variables,
    });
    return started.processInstanceKey;
  }

  async function takeJob() {
    const { jobs } = await worker.activateJobs({
      type: 'weigh',
      worker: 'scales',
      timeout: A_MINUTE,
      maxJobsToActivate: 1,
      requestTimeout: -1,
    });
    expect(jobs).to.have.length(1);
    return jobs[0]!;
  }

  it('works through the client’s own job worker, which waits until there is something', async () => {
    const done = new Promise<unknown>((resolve, reject) => {
      const polling = worker.createJobWorker({
        jobType: 'weigh',
        maxParallelJobs: 1,
        jobTimeoutMs: A_MINUTE,
        pollTimeoutMs: 20_000,
        jobHandler: async (job) => {
          const receipt = await job.complete({ weight: Number(job.variables['boxes']) * 3 });
          polling.stopGracefully({ waitUpToMs: 1 }).then(() => resolve(job), reject);
          return receipt;
        },
      });
    });
    const processInstanceKey = await start('weigh', { boxes: 4 });
    expect(await done).to.deep.include({
      type: 'weigh',
      processInstanceKey,
      elementId: 'scale',
      customHeaders: { unit: 'kg' },
      variables: { boxes: 4 },
      retries: 3,
      tenantId: '<default>',
    });
    const { items } = await owner.searchVariables(
      { filter: { processInstanceKey, name: 'weight' } },
      now,
    );
    expect(items.map(({ value }) => value)).to.deep.equal(['12']);
    const ended = await owner.getProcessInstance({ processInstanceKey }, now);
    expect(ended.state).to.equal('COMPLETED');
  });

  it('gives only the variables asked for, and leases a job to one worker at a time', async () => {
    await start('weigh', { boxes: 1, colour: 'red' });
    const request = {
      type: 'weigh',
      timeout: String(A_MINUTE),
      maxJobsToActivate: 5,
      requestTimeout: -1,
      fetchVariable: ['colour'],
    };
    const ask = async () =>
      (await camunda.as('admin').post('/v2/jobs/activation', request)).body.jobs;
    const both = await Promise.all([ask(), ask()]);
    expect(both.flat()).to.have.length(1);
    const [job] = both.flat();
    expect(job.variables).to.deep.equal({ colour: 'red' });
    expect(job.worker).to.equal('default');
    expect(job.deadline).to.equal(camunda.clock().getTime() + A_MINUTE);

    await worker.updateJob({ jobKey: job.jobKey, changeset: { timeout: 5 * A_MINUTE } });
    camunda.clock.advance(2 * A_MINUTE);
    expect(await ask()).to.deep.equal([]);
    camunda.clock.advance(4 * A_MINUTE);
    const [again] = await ask();
    expect(again.jobKey).to.equal(job.jobKey);
    await worker.completeJob({ jobKey: job.jobKey });
    const repeated = await worker
      .completeJob({ jobKey: job.jobKey })
      .catch((error: unknown) => error);
    expect(repeated).to.include({ status: 404 });
  });

  it('tries again after a failure, and asks for a person when no retries are left', async () => {
    const processInstanceKey = await start('weigh');
    const first = await takeJob();
    await worker.failJob({ jobKey: first.jobKey, retries: 1, errorMessage: 'the scales are off' });
    const waiting = await owner.searchJobs(
      { filter: { processInstanceKey, hasFailedWithRetriesLeft: true } },
      now,
    );
    expect(waiting.items).to.have.length(1);
    expect(waiting.items[0]).to.include({
      jobKey: first.jobKey,
      state: 'FAILED',
      worker: '',
      errorMessage: 'the scales are off',
    });
    const second = await takeJob();
    expect(second).to.include({ jobKey: first.jobKey, retries: 1 });
    await worker.failJob({ jobKey: first.jobKey, retries: 0, errorMessage: 'still off' });

    const stuck = await owner.searchProcessInstances(
      { filter: { hasIncident: true, processDefinitionId: 'weigh' } },
      now,
    );
    expect(stuck.items.map((one) => one.processInstanceKey)).to.deep.equal([processInstanceKey]);
    const open = () =>
      owner.searchIncidents({ filter: { state: 'ACTIVE', processInstanceKey } }, now);
    const [incident] = (await open()).items!;
    expect(incident).to.deep.include({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: 'still off',
      jobKey: first.jobKey,
      elementId: 'scale',
      processDefinitionId: 'weigh',
    });

    await owner.resolveIncident({ incidentKey: incident!.incidentKey! });
    expect((await open()).items).to.deep.equal([]);
    const third = await takeJob();
    expect(third.jobKey).to.equal(first.jobKey);
    await worker.completeJob({ jobKey: third.jobKey, variables: { weight: 1 } });
    const { state } = await owner.getProcessInstance({ processInstanceKey }, now);
    expect(state).to.equal('COMPLETED');
    const twice = await owner
      .resolveIncident({ incidentKey: incident!.incidentKey! })
      .catch((error: unknown) => error);
    expect(twice).to.include({ status: 409, title: 'INVALID_STATE' });
  });

  it('answers with an error that the process handles', async () => {
    const processInstanceKey = await start('weigh');
    const { jobKey } = await takeJob();
    await worker.throwJobError({ jobKey, errorCode: 'HEAVY', variables: { weight: 900 } });
    const { items } = await worker.searchUserTasks({ filter: { processInstanceKey } }, now);
    expect(items.map(({ elementId }) => elementId)).to.deep.equal(['lift']);
  });

  it('mends the variables of a process that stands still, and lets it go on', async () => {
    const processInstanceKey = await start('choice');
    const { items } = await owner.searchIncidents(
      { filter: { processInstanceKey, elementId: 'large' as never } },
      now,
    );
    expect(items).to.have.length(1);
    await owner.createElementInstanceVariables({
      elementInstanceKey: processInstanceKey as never,
      variables: { weight: 11 },
    });
    await owner.resolveIncident({ incidentKey: items![0]!.incidentKey! });
    const tasks = await worker.searchUserTasks({ filter: { processInstanceKey } }, now);
    expect(tasks.items.map(({ elementId }) => elementId)).to.deep.equal(['big']);
  });

  it('is not given the jobs of another municipality', async () => {
    await start('weigh');
    const request = { type: 'weigh', timeout: 1000, maxJobsToActivate: 5, requestTimeout: -1 };
    const other = camunda.as('admin@bispevik');
    expect((await other.post('/v2/jobs/activation', request)).body).to.deep.equal({ jobs: [] });
    const named = await other.post('/v2/jobs/activation', { ...request, tenantIds: ['<default>'] });
    expect(named.body).to.include({ status: 403, code: 'tenant_forbidden' });
    const { jobKey } = await takeJob();
    expect((await other.post(`/v2/jobs/${jobKey}/completion`, {})).status).to.equal(404);
    expect((await other.post(`/v2/jobs/${jobKey}/failure`, {})).status).to.equal(404);
  });
});
