import { addDuration, parseDuration } from '../../../src/calendar/duration.js';
import type { Tx } from '../../../src/db/tx.js';
import type { ProcessEngine } from '../../../src/engine/engine.js';
import { NotFoundError } from '../../../src/kernel/errors.js';
import type { Id } from '../../../src/kernel/ids.js';
import type { JsonObject } from '../../../src/kernel/json.js';
import type { CaseStep } from './case.js';
import type { Stage } from './stage.js';

const BY = 'tester';

/** Does what a step says, and all that follows from it at once. */
export async function play(stage: Stage, step: CaseStep): Promise<void> {
  if ('time' in step) {
    const now = stage.clock();
    const then = addDuration(now, parseDuration(step.time));
    stage.clock.advance(then.getTime() - now.getTime());
  } else {
    const engine = stage.engine();
    await stage.db.inTransaction((tx) => carryOut(stage, tx, engine, step));
  }
  await stage.settle();
}

async function carryOut(
  stage: Stage,
  tx: Tx,
  engine: ProcessEngine,
  step: Exclude<CaseStep, { time: string }>,
): Promise<void> {
  const { tenant } = stage;
  const { variables = {} } = step;
  const by = BY;
  if ('start' in step) {
    await engine.start(tx, tenant, { processId: step.start, variables, by });
  } else if ('complete' in step) {
    const taskId = await openTask(stage, tx, step.complete);
    await engine.completeTask(tx, tenant, { taskId, variables, by });
  } else if ('error' in step) {
    const taskId = await openTask(stage, tx, step.error);
    await engine.throwTaskError(tx, tenant, { taskId, errorCode: step.code, variables, by });
  } else if ('message' in step) {
    await sendMessage(stage, tx, engine, step);
  } else if ('signal' in step) {
    await engine.broadcastSignal(tx, tenant, { name: step.signal, variables, by });
  } else if ('set' in step) {
    const instanceId = await activeInstance(stage, tx, step.set);
    await engine.setVariables(tx, tenant, { instanceId, variables, by });
  } else {
    await doJob(stage, tx, engine, step);
  }
}

async function sendMessage(
  { tenant }: Stage,
  tx: Tx,
  engine: ProcessEngine,
  step: Extract<CaseStep, { message: string }>,
): Promise<void> {
  const { message: name, key: correlationKey = '7', variables = {} } = step;
  try {
    await engine.correlate(tx, tenant, { name, correlationKey, variables, by: BY });
  } catch (error) {
    if (step.expected === false && error instanceof NotFoundError) return;
    throw error;
  }
  if (step.expected === false) throw new Error(`something waits for the message ${name}`);
}

async function doJob(
  { tenant }: Stage,
  tx: Tx,
  engine: ProcessEngine,
  step: { variables?: JsonObject } & ({ job: string } | { jobError: string; code: string }),
): Promise<void> {
  const type = 'job' in step ? step.job : step.jobError;
  const request = { type, worker: BY, maxJobs: 1, timeoutMs: 60_000 };
  const [job] = await engine.activateJobs(tx, tenant, request);
  if (!job) throw new Error(`no job of type ${type}`);
  const done = { jobId: job.id, variables: step.variables ?? {}, by: BY };
  if ('job' in step) await engine.completeJob(tx, tenant, done);
  else await engine.throwJobError(tx, tenant, { ...done, errorCode: step.code });
}

async function openTask({ tenant }: Stage, tx: Tx, elementId: string): Promise<Id> {
  const [task] = await tx.query<{ id: Id }>(
    `SELECT id FROM user_task WHERE tenant_id = $1 AND element_id = $2 AND state = 'created'
     ORDER BY id LIMIT 1`,
    [tenant, elementId],
  );
  if (!task) throw new Error(`no open task at ${elementId}`);
  return task.id;
}

async function activeInstance({ tenant }: Stage, tx: Tx, processId: string): Promise<Id> {
  const [instance] = await tx.query<{ id: Id }>(
    `SELECT id FROM process_instance WHERE tenant_id = $1 AND process_id = $2 AND status = 'active'
     ORDER BY id LIMIT 1`,
    [tenant, processId],
  );
  if (!instance) throw new Error(`no active instance of ${processId}`);
  return instance.id;
}
