import type { Db } from '../db/database.js';
import type { Tx } from '../db/tx.js';
import type { Work } from '../jobs/worker.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import { completeKept } from './advance-kept.js';
import { advance } from './advance.js';
import type { AdvanceContext, Outcome } from './advance.js';
import { cancelTopInstance } from './cancel-instance.js';
import { catchesAbove } from './catches-above.js';
import { DecisionStore } from './definitions/decide.js';
import { DefinitionStore, findDefinition } from './definitions/definition-store.js';
import { deploy } from './definitions/deploy.js';
import type { Deployment, DeployRequest } from './definitions/deploy.js';
import { createDueWork } from './due-work.js';
import type { EngineOptions } from './engine-options.js';
import { activateJobs, failJob, updateJob } from './external-jobs.js';
import type { ActivatedJob, ActivateRequest, FailRequest } from './external-jobs.js';
import type { Decided } from './handler.js';
import { LiveCache } from './live/live-cache.js';
import { broadcastSignal } from './messages/broadcast.js';
import type { SignalToBroadcast } from './messages/broadcast.js';
import { correlate } from './messages/correlate.js';
import type { MessageToCorrelate } from './messages/correlate.js';
import { publish } from './messages/publish.js';
import type { MessageToPublish } from './messages/publish.js';
import type { ProcessModel } from './model/process-model.js';
import { moveTask } from './move-task.js';
import { nestingOf } from './nesting.js';
import { recordFault } from './record-fault.js';
import { resolveIncident, skipIncident } from './resolve-incident.js';
import { startInstance } from './start-instance.js';
import type { StartRequest } from './start-instance.js';
import { LIMITS } from './step/budget.js';
import type { Command } from './step/commands.js';
import type { Locator } from './step/load-instance.js';
import type { StepFault } from './step/step-fault.js';
import { tune, TUNING_NAMES } from './tuning/tune.js';

const DEFAULT_CACHE_SIZE = 200;

/**
 * Everything that moves process instances. Each method takes part in the caller's transaction, which
 * is about one tenant and one instance.
 */
export class ProcessEngine {
  readonly #context: AdvanceContext;
  readonly #options: EngineOptions;
  readonly #decisions = new DecisionStore();

  constructor(options: EngineOptions) {
    const { clock, newId, handlers, cacheSize = DEFAULT_CACHE_SIZE, tuned = true } = options;
    const { tunings, reason } = tune(tuned ? TUNING_NAMES : []);
    if (!tunings.length) options.log.warn('bpmn-engine runs untuned', { reason });
    const byName = new Map(handlers.map((handler) => [handler.name, handler]));
    this.#options = options;
    const definitions = new DefinitionStore();
    const limits = { ...LIMITS, ...options.limits };
    this.#context = {
      clock,
      cache: new LiveCache(cacheSize),
      definitions,
      limits,
      ports: {
        newId,
        handlers: (type) => byName.get(type),
        decide: (...asked) => this.#decisions.decide(...asked),
        catchesAbove: (...asked) => catchesAbove(definitions, ...asked),
        nesting: (...asked) => nestingOf(...asked, limits),
        latestDefinition: (tx, tenant, processId) => findDefinition(tx, tenant, processId),
      },
    };
  }

  /** What a worker runs for this engine. */
  dueWork(db: Db): Work {
    const { handlers, log } = this.#options;
    return createDueWork({ context: this.#context, db, handlers, log: log.child('engine') });
  }

  /** Throws InvalidError `model_refused` with all problems at once. */
  async deploy(tx: Tx, tenant: string, request: DeployRequest): Promise<Deployment> {
    const { clock, newId } = this.#options;
    this.#context.definitions.forgetNewest();
    return deploy(tx, tenant, request, { now: clock(), newId });
  }

  /** The parsed model of a version. Throws NotFoundError `definition_not_found`. */
  async model(tx: Tx, tenant: string, definitionId: Id): Promise<ProcessModel> {
    return (await this.#context.definitions.load(tx, tenant, definitionId)).drawn;
  }

  /** Throws NotFoundError `decision_not_found`, FeelError or InvalidError. */
  decide(tx: Tx, tenant: string, decisionId: string, context: JsonObject): Promise<Decided> {
    return this.#decisions.decide(tx, tenant, decisionId, context, this.#options.clock());
  }

  /** Throws NotFoundError `definition_not_found`. */
  start(tx: Tx, tenant: string, request: StartRequest): Promise<Outcome> {
    return startInstance(this.#context, tx, tenant, request);
  }

  /** Throws NotFoundError `task_not_found` or ConflictError `task_not_open`. */
  completeTask(
    tx: Tx,
    tenant: string,
    { taskId, variables, by }: { taskId: Id; variables: JsonObject; by: string },
  ): Promise<Outcome> {
    const command = { kind: 'complete-task' as const, taskId, variables };
    return moveTask(
      async () =>
        (await completeKept(this.#context, tx, { tenant, actor: by, command })) ??
        this.#move(tx, tenant, { taskId }, by, command),
    );
  }

  /** Answers a task with a BPMN error. Throws InvalidError `error_not_caught` when nothing catches it. */
  throwTaskError(
    tx: Tx,
    tenant: string,
    error: { taskId: Id; errorCode: string; variables?: JsonObject; by: string },
  ): Promise<Outcome> {
    const { taskId, errorCode: code, variables = {}, by } = error;
    const command = { kind: 'fail-task' as const, taskId, code, variables };
    return moveTask(() => this.#move(tx, tenant, { taskId }, by, command));
  }

  /** Throws NotFoundError `message_not_expected`. */
  correlate(tx: Tx, tenant: string, message: MessageToCorrelate): Promise<Outcome> {
    return correlate(this.#context, tx, tenant, message);
  }

  /** Throws ConflictError `message_published_before`. */
  publish(tx: Tx, tenant: string, message: MessageToPublish): Promise<Id> {
    return publish(this.#context, tx, tenant, message);
  }

  /**
   * Tells everybody who waits for a signal, and starts what begins with it: each instance by a
   * command of its own. A signal nobody waits for is gone. Resolves to the signal's key.
   */
  broadcastSignal(tx: Tx, tenant: string, signal: SignalToBroadcast): Promise<Id> {
    return broadcastSignal(this.#context, tx, tenant, signal);
  }

  /** Throws NotFoundError `instance_not_found`, ConflictError `instance_ended` or `instance_called`. */
  async cancel(tx: Tx, tenant: string, request: { instanceId: Id; by: string }): Promise<void> {
    const { clock, newId } = this.#options;
    await cancelTopInstance(tx, request.instanceId, {
      tenant,
      actor: request.by,
      now: clock(),
      newId,
    });
  }

  setVariables(
    tx: Tx,
    tenant: string,
    { instanceId, variables, by }: { instanceId: Id; variables: JsonObject; by: string },
  ): Promise<Outcome> {
    return this.#move(tx, tenant, { instanceId }, by, { kind: 'set-variables', variables });
  }

  activateJobs(tx: Tx, tenant: string, request: ActivateRequest): Promise<ActivatedJob[]> {
    return activateJobs(this.#context, tx, tenant, request);
  }

  /** Throws NotFoundError `job_not_found`. */
  completeJob(
    tx: Tx,
    tenant: string,
    { jobId, variables, by }: { jobId: Id; variables: JsonObject; by: string },
  ): Promise<Outcome> {
    return this.#move(tx, tenant, { jobId }, by, { kind: 'job-done', jobId, variables });
  }

  /** Throws NotFoundError `job_not_found` or ConflictError `job_has_incident`. */
  failJob(tx: Tx, tenant: string, request: FailRequest): Promise<void> {
    return failJob(this.#context, tx, tenant, request);
  }

  /** Throws NotFoundError `job_not_found`. */
  throwJobError(
    tx: Tx,
    tenant: string,
    error: {
      jobId: Id;
      errorCode: string;
      errorMessage?: string;
      variables?: JsonObject;
      by: string;
    },
  ): Promise<Outcome> {
    const { jobId, errorCode: code, errorMessage: message = '', variables = {}, by } = error;
    return this.#move(tx, tenant, { jobId }, by, {
      kind: 'job-error',
      jobId,
      code,
      message,
      variables,
    });
  }

  /** Throws NotFoundError `job_not_found`. */
  updateJob(
    tx: Tx,
    tenant: string,
    change: { jobId: Id; retries?: number; timeoutMs?: number },
  ): Promise<void> {
    return updateJob(this.#context, tx, tenant, change);
  }

  /** Tries again. Throws NotFoundError `incident_not_found`, ConflictError `incident_resolved`. */
  async resolveIncident(
    tx: Tx,
    tenant: string,
    request: { incidentId: Id; by: string },
  ): Promise<void> {
    await resolveIncident(this.#context, tx, tenant, request);
  }

  /** Goes on without the work. Throws InvalidError `reason_missing`. */
  skipIncident(
    tx: Tx,
    tenant: string,
    request: { incidentId: Id; by: string; reason: string; variables?: JsonObject },
  ): Promise<Outcome> {
    return skipIncident(this.#context, tx, tenant, request);
  }

  /** Leaves an incident for a step that was undone, once its transaction is rolled back. */
  recordFault(db: Pick<Db, 'inTransaction'>, fault: StepFault): Promise<void> {
    return recordFault(this.#context, db, fault, this.#options.log.child('engine'));
  }

  async #move(
    tx: Tx,
    tenant: string,
    locator: Locator,
    by: string,
    command: Command,
  ): Promise<Outcome> {
    const outcome = await advance(this.#context, tx, locator, { tenant, actor: by, command });
    if (!outcome) throw new TypeError('only a worker may pass over a locked instance');
    return outcome;
  }
}
