import type { Db } from '../db/database.js';
import type { Tx } from '../db/tx.js';
import { leaseJob, returnJob } from '../jobs/due-jobs.js';
import type { DueJob } from '../jobs/due-jobs.js';
import type { Work } from '../jobs/worker.js';
import { ConflictError, InvalidError, NotFoundError } from '../kernel/errors.js';
import type { JsonObject } from '../kernel/json.js';
import type { Logger } from '../kernel/log.js';
import { Interrupted, watched } from '../kernel/watched.js';
import { advance } from './advance.js';
import type { AdvanceContext } from './advance.js';
import { CLOCKWORK, runDueStep } from './due-step.js';
import { afterFailure, raiseJobIncident } from './external-jobs.js';
import { resultOf, withDeadline } from './handler-result.js';
import { BpmnError, RetryLater } from './handler.js';
import type { HandlerDeclaration, JobHandlerContext } from './handler.js';
import { messageOf } from './record-fault.js';
import type { Limits } from './step/budget.js';
import type { Command } from './step/commands.js';
import { reasonOf } from './step/incidents.js';
import { StepFault } from './step/step-fault.js';

interface DueWorkOptions {
  context: AdvanceContext;
  db: Db;
  /** The handlers that run as jobs here. */
  handlers: readonly HandlerDeclaration[];
  log: Logger;
}

/** Carries out what falls due: timers, commands between instances, handlers' jobs. */
export function createDueWork({ context, db, handlers, log }: DueWorkOptions): Work {
  const jobs = new Map<string, HandlerDeclaration & { runs: 'as-job' }>();
  for (const handler of handlers) if (handler.runs === 'as-job') jobs.set(handler.name, handler);
  return {
    types: [...jobs.keys()],
    run: async (job) => {
      const handler = job.kind === 'handler' ? jobs.get(job.type) : undefined;
      try {
        if (handler) return await runHandler(context, db, handler, job);
        return await db.inTransaction((tx) => runDueStep(context, tx, job));
      } catch (error) {
        if (isOver(error)) {
          await remove(db, job);
          return 'done';
        }
        const { id, kind, type } = job;
        if (error instanceof StepFault)
          log.error('a step was undone', { job: id, kind, type, error });
        else log.warn('due work failed', { job: id, kind, type, error });
        await db.inTransaction((tx) => giveBack(context, tx, job, error));
        return 'failed';
      }
    },
  };
}

/** A handler's effect happens outside any lock; only its result is a step. */
async function runHandler(
  context: AdvanceContext,
  db: Db,
  handler: HandlerDeclaration & { runs: 'as-job' },
  due: DueJob,
): Promise<'done' | 'busy'> {
  const { limits } = context;
  const now = context.clock();
  const lease = { owner: `node-${db.node}`, now, until: new Date(now.getTime() + limits.jobMs) };
  const job = await leaseJob(db, due, lease);
  if (!job?.instanceId || job.elementId === null) return 'busy';
  const { tenant, id, instanceId, elementId, payload } = job;
  const [instance] = await db.query<{ processId: string; definitionId: string }>(
    `SELECT process_id AS "processId", definition_id AS "definitionId" FROM process_instance
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, instanceId],
  );
  if (!instance) return 'busy';
  const { input, headers } = payload as { input: JsonObject; headers: Record<string, string> };
  const where = { tenant, now, instanceId, elementId, headers, ...instance, actor: CLOCKWORK };
  const command = await outcomeOf(id, async () => {
    const answer = beginJob(limits, handler, input, {
      ...where,
      // Never begun where the work may be interrupted.
      inTransaction: async (work) => {
        await Promise.resolve();
        return db.inTransaction(work);
      },
      idempotencyKey: id,
    });
    const late = () => new Error(`"${handler.name}" did not answer in ${limits.jobMs / 1000} s`);
    return resultOf(handler.name, await withDeadline(limits.jobMs, answer, late), limits.variables);
  });
  await db.inTransaction((tx) =>
    advance(context, tx, { instanceId }, { tenant, actor: CLOCKWORK, command }),
  );
  return 'done';
}

/** The synchronous part of a handler cannot be trusted to end. */
async function beginJob(
  { stretchMs }: Limits,
  handler: HandlerDeclaration & { runs: 'as-job' },
  input: JsonObject,
  handlerContext: JobHandlerContext,
): Promise<JsonObject> {
  const begun = await watched(stretchMs, () => handler.run(input, handlerContext));
  return begun.value;
}

async function outcomeOf(jobId: string, run: () => Promise<JsonObject>): Promise<Command> {
  try {
    return { kind: 'job-done', jobId, variables: await run() };
  } catch (error) {
    if (!(error instanceof BpmnError)) throw error;
    const { code, message, variables } = error;
    return { kind: 'job-error', jobId, code, message, variables };
  }
}

/** The wait is over already: another node, a cancel or a boundary event came first. */
function isOver(error: unknown): boolean {
  if (error instanceof ConflictError) {
    return error.code === 'wait_over' || error.code === 'instance_ended';
  }
  return error instanceof NotFoundError && error.code === 'instance_not_found';
}

async function remove(tx: Tx, { tenant, id }: DueJob): Promise<void> {
  await tx.query('DELETE FROM job WHERE tenant_id = $1 AND id = $2', [tenant, id]);
}

async function giveBack(
  context: AdvanceContext,
  tx: Tx,
  due: DueJob,
  error: unknown,
): Promise<void> {
  const [job] = await tx.query<{ retries: number; attempts: number }>(
    'SELECT retries, attempts FROM job WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
    [due.tenant, due.id],
  );
  // Another node has taken the job since, because this one was too slow: it is no longer ours.
  if (!job || (due.kind === 'handler' && job.attempts > due.attempts + 1)) return;
  const reason = reasonOf(error);
  if (error instanceof RetryLater) {
    const again = { retries: job.retries, availableAt: error.at, error: reason };
    return returnJob(tx, due, again);
  }
  // Only a lease counts an attempt of a handler; timers and commands are counted here.
  const attempts = due.kind === 'handler' ? job.attempts : job.attempts + 1;
  const isFinal = isHopeless(error);
  const retries = isFinal ? 1 : job.retries;
  const next = afterFailure({ retries, attempts }, context.clock(), reason);
  await returnJob(tx, due, next);
  if (due.kind !== 'handler') {
    await tx.query('UPDATE job SET attempts = $3 WHERE tenant_id = $1 AND id = $2', [
      due.tenant,
      due.id,
      attempts,
    ]);
  }
  if (next.retries > 0) return;
  if (!(error instanceof StepFault)) {
    return raiseJobIncident(context, tx, due.tenant, due, reason);
  }
  const { instanceId, elementId } = error.place;
  const where = { ...due, instanceId, elementId: elementId ?? due.elementId };
  await raiseJobIncident(context, tx, due.tenant, where, messageOf(error.reason), error.code);
}

/** What fails the same way each time, and at somebody's cost, is not tried again by itself. */
function isHopeless(error: unknown): boolean {
  // An instance that could not even begin has nobody to ask for help: later it may.
  if (error instanceof StepFault) return !error.place.born;
  return (
    error instanceof Interrupted || (error instanceof InvalidError && HOPELESS.has(error.code))
  );
}

const HOPELESS: ReadonlySet<string> = new Set(['result_unusable', 'variables_too_large']);
